"""CSL-JSON items: their shape, what is ours in them, and whose words they credit."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any

from plugins.citations.model import Item
from plugins.shared.suggest import did_you_mean


#: Item types of CSL 1.0.2.
TYPES = frozenset(
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection "
    "dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview "
    "legal_case legislation manuscript map motion_picture musical_score pamphlet paper-conference patent "
    "performance periodical personal_communication post post-weblog regulation report review review-book "
    "software song speech standard thesis treaty webpage".split()
)
NAMES = frozenset(
    "author chair collection-editor compiler composer container-author contributor curator director editor "
    "editorial-director editor-translator executive-producer guest host illustrator interviewer narrator "
    "organizer original-author performer producer recipient reviewed-author script-writer series-creator translator".split()
)
DATES = frozenset("accessed available-date event-date issued original-date submitted".split())
#: Fields that are ours: for the page, not for CSL.
OWN = frozenset(("archive-url", "archive-date", "original", "kind"))
_WEB = re.compile(r"https?://", re.I)
_ISO = re.compile(r"-?\d{1,4}(?:-\d{1,2}(?:-\d{1,2})?)?")
_MONTHS = range(1, 25)  # 13 to 24 are seasons and parts of years
_DAYS = range(1, 32)


def normalised(item: Mapping[Any, Any]) -> dict[str, Any]:
    """Return an item as CSL-JSON: no empty values, names as mappings, dates as date-parts."""
    found: dict[str, Any] = {}
    for name, value in item.items():
        key = str(name)
        if value is None or value in ("", [], {}):
            continue
        if key in DATES:
            value = _date(value)  # noqa: PLW2901
        elif key in NAMES:
            value = [_name(one) for one in (value if isinstance(value, list) else [value])]  # noqa: PLW2901
        elif isinstance(value, bool | datetime.date):
            value = str(value)  # noqa: PLW2901
        found[key] = value
    if "id" in found:
        found["id"] = str(found["id"])
    found.setdefault("type", "document")
    return found


def _name(value: Any) -> Any:
    return {"literal": value} if isinstance(value, str) else value


def _date(value: Any) -> Any:
    """Return a date as CSL writes it: date-parts, or a literal where it is none."""
    if isinstance(value, datetime.date):
        return {"date-parts": [[value.year, value.month, value.day]]}
    if isinstance(value, int):
        return {"date-parts": [[value]]}
    if isinstance(value, str):
        ends = value.split("/")
        if all(_ISO.fullmatch(end) for end in ends):
            return {"date-parts": [[int(part) for part in end.split("-")] for end in ends if not end.startswith("-")]}
        return {"literal": value}
    if isinstance(value, list):
        parts = [_parts_of(one) for one in value]
        return {"date-parts": parts} if all(parts) else value
    if isinstance(value, dict) and "year" in value:
        return {"date-parts": [_parts_of(value)]}
    if isinstance(value, dict) and isinstance(value.get("date-parts"), list):
        return {**value, "date-parts": [_numbers(parts) for parts in value["date-parts"]]}
    return value


def _parts_of(value: Any) -> list[Any]:
    if not isinstance(value, dict) or "year" not in value:
        return []
    return _numbers([value[name] for name in ("year", "month", "day") if name in value])


def _numbers(parts: Any) -> Any:
    if not isinstance(parts, list):
        return parts
    return [int(part) if isinstance(part, str) and re.fullmatch(r"-?\d+", part) else part for part in parts]


def faults(item: Item) -> Iterator[tuple[str, str]]:
    """Yield code and message of what is wrong with a normalised item; none of it keeps others from their place."""
    key = item["id"]
    kind = item["type"]
    if kind not in TYPES:
        yield "item-type", f'item "{key}": no item type "{kind}"{did_you_mean(str(kind), TYPES)}'
    for name in sorted(DATES & item.keys()):
        if message := _date_fault(item[name]):
            yield "item-date", f'item "{key}": {name} {message}'
    for name in sorted(NAMES & item.keys()):
        if not all(_is_name(one) for one in item[name]):
            yield "item-name", f'item "{key}": {name} must be a list of names with "family" and "given", or "literal"'
    for name in sorted({"URL", "archive-url"} & item.keys()):
        if not _WEB.match(str(item[name])):
            yield "item-url", f'item "{key}": {name} "{item[name]}" must start with https:// or http://'
    for name in sorted(item.keys() - DATES - NAMES - {"custom", "categories", "original"}):
        if not isinstance(item[name], str | int | float):
            yield "item-field", f'item "{key}": {name} must be a text, not {_kind(item[name])}'


def _kind(value: Any) -> str:
    return {"list": "a list", "dict": "a mapping"}.get(type(value).__name__, type(value).__name__)


def _is_name(name: Any) -> bool:
    return (
        isinstance(name, dict)
        and ("family" in name or "literal" in name or "given" in name)
        and all(isinstance(part, str | bool | int) for part in name.values())
    )


def _date_fault(date: Any) -> str | None:
    if not isinstance(date, dict):
        return 'must be a date like "2020-03-05" or {"date-parts": [[2020, 3, 5]]}'
    parts = date.get("date-parts")
    if parts is None:
        return None
    if not isinstance(parts, list) or not parts or len(parts) > len(("from", "to")):
        return "must have one or two dates in date-parts"
    for one in parts:
        if not isinstance(one, list) or not one or not all(type(part) is int for part in one):
            return f'"{one}" must be [year], [year, month] or [year, month, day] in numbers'
        if not _exists(one):
            return f'"{"-".join(map(str, one))}" is no date'
    return None


def _exists(parts: list[int]) -> bool:
    """Tell whether year, month and day make a date; months beyond 12 are seasons."""
    year, month, day = (*parts, 1, 1)[:3]
    if len(parts) > len(("year", "month", "day")) or month not in _MONTHS or day not in _DAYS:
        return False
    if month <= len("JFMAMJJASOND") and 1 <= year <= datetime.MAXYEAR:
        try:
            datetime.date(year, month, day)
        except ValueError:
            return False
    return True


def formattable(item: Item) -> dict[str, Any]:
    """Return what CSL shall see of an item: nothing of ours, no web archive as a place, no field of a wrong shape."""
    archived_on_web = _WEB.match(str(item.get("archive_location", "")))
    hidden = OWN | ({"archive", "archive_location"} if archived_on_web else set())
    shown = {name: value for name, value in item.items() if name not in hidden and _is_sound(name, value)}
    if shown.get("type") not in TYPES:
        shown["type"] = "document"
    return shown


def _is_sound(name: str, value: Any) -> bool:
    if name in DATES:
        return _date_fault(value) is None
    if name in NAMES:
        return isinstance(value, list) and all(_is_name(one) for one in value)
    if name == "URL":
        return bool(_WEB.match(str(value)))
    return isinstance(value, str | int | float)
