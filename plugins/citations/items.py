"""CSL-JSON items: their shape, what is ours in them, and whose words they credit."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any

from plugins.citations import dates
from plugins.citations.balance import MAX_OPEN, most_open
from plugins.citations.kinds import TYPES
from plugins.citations.model import Item
from plugins.shared.suggest import did_you_mean


NAMES = frozenset(
    "author chair collection-editor compiler composer container-author contributor curator director editor "
    "editorial-director editor-translator executive-producer guest host illustrator interviewer narrator "
    "organizer original-author performer producer recipient reviewed-author script-writer "
    "series-creator translator".split()
)
DATES = frozenset("accessed available-date event-date issued original-date submitted".split())
#: Fields that are ours: for the page, not for CSL.
OWN = frozenset(("archive-url", "archive-date", "original", "kind"))
#: Characters of a field: the engine takes a second for this many words.
MAX_LENGTH = 50_000
_SHOWN = 60
_WORDS = frozenset({"dropping-particle", "family", "given", "literal", "non-dropping-particle", "suffix"})
_WEB = re.compile(r"https?://[^\s/?#]+(?![^/?#])", re.I)
_NOTED_KEY = re.compile(r"^Citation Key:\s*(\S+)\s*$", re.I | re.M)
_DOI_ADDRESS = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.I)


def normalised(item: Mapping[Any, Any]) -> dict[str, Any]:
    """Return an item as CSL-JSON: no empty values, names as mappings, dates as date-parts."""
    found: dict[str, Any] = {}
    for name, value in item.items():
        key = str(name)
        if value is None or value in ("", [], {}):
            continue
        if key in DATES:
            value = dates.normal(value)  # noqa: PLW2901
        elif key in NAMES:
            value = [_name(one) for one in (value if isinstance(value, list) else [value])]  # noqa: PLW2901
        elif isinstance(value, str):
            value = _trimmed(key, value)  # noqa: PLW2901
        elif isinstance(value, bool | int | float | dt.date):
            value = str(value)  # noqa: PLW2901
        if value:
            found[key] = value
    if "id" in found:
        found["id"] = " ".join(str(found["id"]).split())
    found.setdefault("type", "document")
    return _with_status(found)


def _with_status(item: dict[str, Any]) -> dict[str, Any]:
    """Return an item that says "in press" where styles look for it: they print no date in words."""
    issued = item.get("issued")
    words = str(issued.get("literal", issued.get("raw", ""))) if isinstance(issued, dict) else ""
    if not words or re.search(r"\d", words) or dates.says_nobody_knows(words):
        return item
    return {"status": words, **{name: value for name, value in item.items() if name != "issued"}}


def keyed(item: dict[str, Any]) -> dict[str, Any]:
    """Return an item under the key that its owner gave it in Zotero, whose own id is an address."""
    note = str(item.get("note", ""))
    found = _NOTED_KEY.search(note)
    key = item.get("citation-key") or (found[1] if found else "")
    if not key or not _WEB.match(item["id"]):
        return item
    rest = _NOTED_KEY.sub("", note).strip()
    others = {name: value for name, value in item.items() if name != "note"}
    return {**others, "id": str(key), **({"note": rest} if rest else {})}


def _trimmed(key: str, value: str) -> str:
    """Return a text without what exports leave around it: white space, the address of the register of DOIs."""
    return _DOI_ADDRESS.sub("", value.strip()) if key == "DOI" else value.strip()


def _name(value: Any) -> Any:
    return {"literal": value} if isinstance(value, str) else value


def faults(item: Item) -> Iterator[tuple[str, str]]:
    """Yield code and message of what is wrong with a normalised item; none of it keeps others from their place."""
    key = item["id"]
    kind = item["type"]
    if not isinstance(kind, str) or kind not in TYPES:
        hint = did_you_mean(str(kind), TYPES) or '; write one of CSL, such as "book"'
        yield "item-type", f'item "{key}": no item type {shown(kind)}{hint}'
    for name in sorted(DATES & item.keys()):
        if message := dates.fault(item[name]):
            yield "item-date", f'item "{key}": {name} {message}'
    for name in sorted(NAMES & item.keys()):
        if not all(_is_name(one) for one in item[name]):
            yield "item-name", f'item "{key}": {name} must be a list of names with "family" and "given", or "literal"'
    yield from _excesses(item)
    for name in sorted({"URL", "archive-url"} & item.keys()):
        if not _WEB.match(str(item[name])):
            yield "item-url", f'item "{key}": {name} "{item[name]}" must start with https:// or http://, and a host'
    for name in sorted(item.keys() - DATES - NAMES - {"type", "custom", "categories", "original"}):
        if not isinstance(item[name], str | int | float):
            yield "item-field", f'item "{key}": {name} must be a text, not {shown(item[name])}'


def shown(value: Any) -> str:
    """Return how a message names a value: a text by its beginning, anything large by its kind."""
    if isinstance(value, str):
        return f'"{value if len(value) <= _SHOWN else value[:_SHOWN] + "…"}"'
    kinds = {"NoneType": "nothing", "bool": "yes or no", "dict": "a mapping", "list": "a list"}
    return kinds.get(type(value).__name__, f'"{value}"')


def _is_name(name: Any) -> bool:
    return (
        isinstance(name, dict)
        and ("family" in name or "literal" in name or "given" in name)
        and all(isinstance(name[part], str) for part in _WORDS & name.keys())
        and all(isinstance(part, str | bool | int) for part in name.values())
    )


def formattable(item: Item) -> dict[str, Any]:
    """Return what CSL shall see of an item: nothing of ours, no web archive as a place, no field of a wrong shape."""
    archived_on_web = _WEB.match(str(item.get("archive_location", "")))
    hidden = OWN | ({"archive", "archive_location"} if archived_on_web else set())
    found = {name: value for name, value in item.items() if name not in hidden and _is_sound(name, value)}
    if found.get("type") not in TYPES:
        found["type"] = "document"
    return found


def _excesses(item: Item) -> Iterator[tuple[str, str]]:
    for name in sorted(name for name, value in item.items() if _is_too_long(value)):
        yield "item-field", f'item "{item["id"]}": {name} is longer than {MAX_LENGTH:,} characters; shorten it'
    for name in sorted(name for name in item if _opens_too_much(item[name])):
        hint = f"{name} leaves more than {MAX_OPEN} quotation marks or tags open; close them, or take them out"
        yield "item-field", f'item "{item["id"]}": {hint}'


def _opens_too_much(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_opens_too_much(part) for part in value.values())
    if isinstance(value, list):
        return any(_opens_too_much(part) for part in value)
    return isinstance(value, str) and most_open(value) > MAX_OPEN


def _is_too_long(value: Any) -> bool:
    if isinstance(value, dict | list):
        return any(map(_is_too_long, value.values() if isinstance(value, dict) else value))
    return isinstance(value, str) and len(value) > MAX_LENGTH


def _is_sound(name: str, value: Any) -> bool:
    if name == "id":
        return True  # it is not read as text
    if _opens_too_much(value) or _is_too_long(value):
        return False
    if name in DATES:
        return dates.fault(value) is None
    if name in NAMES:
        return isinstance(value, list) and all(_is_name(one) for one in value)
    if name == "URL":
        return bool(_WEB.match(str(value)))
    return isinstance(value, str | int | float)
