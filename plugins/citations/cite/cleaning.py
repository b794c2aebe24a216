"""An item out of what strangers say: known fields in their right form, no control characters, no markup but CSL's."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from plugins.citations.items import DATES, NAMES, OWN, faults, normalised
from plugins.citations.kinds import TYPES
from plugins.citations.variables import TEXTS, ordered
from plugins.shared.characters import all_printable, printable


_MOST = 1_000  # characters of a field
_MOST_ABSTRACT = 20_000
_MOST_NAMES = 200
_NAME_PARTS = ("family", "given", "suffix", "dropping-particle", "non-dropping-particle", "literal")
# What registers call types, and the types of CSL.
_TYPES = {
    "journal-article": "article-journal", "book-chapter": "chapter", "book-section": "chapter",
    "book-part": "chapter", "proceedings-article": "paper-conference", "monograph": "book", "edited-book": "book",
    "reference-book": "book", "posted-content": "article", "dissertation": "thesis",
    "reference-entry": "entry-encyclopedia", "database": "dataset", "peer-review": "review",
    "report-component": "report", "report-series": "report", "proceedings": "book", "journal": "periodical",
    "journal-issue": "periodical", "legal-case": "legal_case", "motion-picture": "motion_picture",
}  # fmt: skip
_TAGS = {"em": "i", "italic": "i", "strong": "b", "bold": "b", "scp": "sc"}
_MARKUP = re.compile(r"<(/?)\s*(?:jats:|mml:)?([a-zA-Z][\w:-]*)(?=[\s/>])[^<>]*>")
_UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")  # they turn what follows round
_KEPT = frozenset(("i", "b", "sup", "sub", "sc"))
_BLOCKS = frozenset("br p div li title sec".split())
#: Fields that are the register's business, or too long for a bibliography.
_NOT_FROM_STRANGERS = frozenset(
    "abstract annote note keyword references citation-key citation-label source license year-suffix locator".split()
)


def cleaned(raw: Mapping[Any, Any], *, trusted: bool = False) -> dict[str, Any]:
    """Return an item without its key; what cannot be right is left out. A trusted one may hold a note and the like."""
    wanted = TEXTS | NAMES | DATES
    wanted = wanted | OWN if trusted else wanted - _NOT_FROM_STRANGERS
    found: dict[str, Any] = {"type": _type(raw.get("type"))}
    for name in sorted(wanted & {str(key) for key in raw}):
        if value := _value(name, raw[name]):
            found[name] = value
    item = normalised({"id": "x", **found})
    return ordered({name: value for name, value in item.items() if name != "id" and _is_sound(name, value)})


def _is_sound(name: str, value: Any) -> bool:
    return not any(faults({"id": "x", "type": "document", name: value}))


def _type(value: Any) -> str:
    written = str(value).strip().lower()
    kind = _TYPES.get(written, written)
    return kind if kind in TYPES else "document"


def _value(name: str, value: Any) -> Any:
    if name in NAMES:
        return _names(value)
    if name in DATES:
        return all_printable(value) if isinstance(value, dict | str | int) else None
    if isinstance(value, list):  # registers give several titles and numbers; the first is the one
        value = next((one for one in value if one), "")
    if not isinstance(value, str | int | float):
        return None
    text = text_of(value)
    return text[: _MOST_ABSTRACT if name == "abstract" else _MOST].rstrip()


def text_of(value: Any) -> str:
    """Return a text on one line, with no markup but what CSL has."""
    text = html.unescape(printable(str(value)))
    text = _MARKUP.sub(_tag, text)
    return " ".join(_UNSEEN.sub("", printable(text)).split())


def _tag(match: re.Match[str]) -> str:
    name = match[2].lower()
    kept = _TAGS.get(name, name)
    if kept in _KEPT:
        return f"<{match[1]}{kept}>"
    return " " if name in _BLOCKS else ""


def _names(value: Any) -> list[dict[str, str]]:
    names = value if isinstance(value, list) else [value]
    return [name for name in map(_name, names[:_MOST_NAMES]) if name]


def _name(value: Any) -> dict[str, str]:
    if isinstance(value, str):
        return {"literal": text_of(value)}
    if not isinstance(value, Mapping):
        return {}
    if isinstance(value.get("name"), str) and "family" not in value:
        return {"literal": text_of(value["name"])}
    found = {part: text_of(value[part]) for part in _NAME_PARTS if isinstance(value.get(part), str)}
    return {part: text for part, text in found.items() if text}
