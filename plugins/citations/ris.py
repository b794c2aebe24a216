"""RIS, which every reference manager reads: items written as it has them, and read from what people paste."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from plugins.citations.model import Item
from plugins.citations.rich_text import plain


_KINDS = {
    "article": "UNPB", "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS",
    "bill": "BILL", "book": "BOOK", "broadcast": "VIDEO", "chapter": "CHAP", "classic": "CLSWK", "collection": "BOOK",
    "dataset": "DATA", "entry": "ENCYC", "entry-dictionary": "DICT", "entry-encyclopedia": "ENCYC",
    "figure": "FIGURE", "graphic": "ART", "hearing": "HEAR", "legal_case": "CASE", "legislation": "STAT",
    "manuscript": "MANSCPT", "map": "MAP", "motion_picture": "MPCT", "musical_score": "MUSIC", "pamphlet": "PAMP",
    "paper-conference": "CPAPER", "patent": "PAT", "periodical": "JFULL", "personal_communication": "PCOMM",
    "post": "ELEC", "post-weblog": "BLOG", "regulation": "STAT", "report": "RPRT", "review": "JOUR",
    "review-book": "JOUR", "software": "COMP", "song": "SOUND", "speech": "SLIDE", "standard": "STAND",
    "thesis": "THES", "treaty": "STAT", "webpage": "ELEC",
}  # fmt: skip
_TYPES = {
    **{kind: name for name, kind in reversed(_KINDS.items())}, "STAT": "legislation", "JOUR": "article-journal",
    "BOOK": "book", "ELEC": "webpage", "ENCYC": "entry-encyclopedia", "EJOUR": "article-journal", "EBOOK": "book",
    "ECHAP": "chapter", "EDBOOK": "book", "CONF": "paper-conference", "WEB": "webpage", "MGZN": "article-magazine",
    "UNPB": "manuscript", "GOVDOC": "report", "ABST": "article-journal", "INPR": "article-journal",
}  # fmt: skip
_FIELDS = {
    "container-title": "T2", "container-title-short": "J2", "collection-title": "T3", "title-short": "ST",
    "volume": "VL", "publisher": "PB", "publisher-place": "CY", "edition": "ET", "DOI": "DO", "URL": "UR",
    "language": "LA", "genre": "M3", "abstract": "AB", "note": "N1", "number-of-volumes": "NV", "section": "SE",
    "archive": "DB", "call-number": "CN",
}  # fmt: skip
_ROLES = {"author": "AU", "editor": "ED", "translator": "A4"}
_MAKERS = ("director", "composer", "performer", "script-writer", "interviewer", "host", "curator", "compiler", "chair")
_READ = {tag: field for field, tag in _FIELDS.items()} | {
    "JO": "container-title", "JF": "container-title", "JA": "container-title-short", "BT": "container-title",
    "N2": "abstract", "IS": "issue", "SN": "ISSN", "L3": "DOI", "M1": "number",
}  # fmt: skip
_READ_ROLES = {
    "AU": "author",
    "A1": "author",
    "ED": "editor",
    "A2": "editor",
    "A4": "translator",
    "A3": "collection-editor",
}
_LINE = re.compile(r"^([A-Z][A-Z0-9])  ?-(?: |$)(.*)$")
_BOOKS = frozenset("book chapter collection paper-conference thesis report".split())
_NUMBERED = frozenset("article-journal article-magazine article-newspaper".split())
_PARTS = ("family", "given", "suffix")


class RisError(ValueError):
    """A text is no RIS; the message says what is amiss."""


def ris(items: Iterable[Item]) -> str:
    """Return the items as records, in their order, lines ending as the format asks."""
    return "".join(f"{tag}  - {value}\r\n" for item in items for tag, value in _record(item))


def _record(item: Item) -> Iterator[tuple[str, str]]:
    yield "TY", _KINDS.get(str(item.get("type")), "GEN")
    yield "ID", plain(item["id"])
    yield from ((tag, value) for tag, value in _values(item) if value)
    yield "ER", ""


def _values(item: Item) -> Iterator[tuple[str, str]]:
    yield from ((tag, _name(name)) for role, tag in _ROLES.items() for name in item.get(role, ()))
    if "author" not in item:
        yield from (("AU", _name(name)) for role in _MAKERS for name in item.get(role, ()))
    yield "TI", plain(item.get("title", ""))
    yield from ((tag, plain(item[field])) for field, tag in _FIELDS.items() if field in item)
    yield "IS", plain(item.get("issue", item.get("number", "")))
    start, _, end = re.sub(r"\s*[-–—]+\s*", "-", plain(item.get("page", ""))).partition("-")
    yield from (("SP", start), ("EP", end))
    yield "SN", plain(item.get("ISBN", item.get("ISSN", "")))
    issued = _date(item.get("issued"))
    yield from (("PY", issued[:4]), ("DA", issued[4:] and issued), ("Y2", _date(item.get("accessed"))))
    yield "PB", plain(item.get("authority", "")) if "publisher" not in item else ""
    yield from (("KW", word.strip()) for word in plain(item.get("keyword", "")).split(","))


def _name(name: Mapping[str, Any]) -> str:
    """Return a name as "Family, Given, Suffix"; one of an institution as it stands."""
    if "family" not in name:
        return plain(name.get("literal", name.get("given", "")))
    particles = (name.get("dropping-particle", ""), name.get("non-dropping-particle", ""))
    family = plain(" ".join(filter(None, (*map(str, particles), str(name["family"])))))
    given, suffix = plain(name.get("given", "")), plain(name.get("suffix", ""))
    return ", ".join((family, given, suffix) if suffix else filter(None, (family, given)))


def _date(date: Any) -> str:
    """Return the first day of a date as YYYY/MM/DD, as much of it as is known."""
    parts = date.get("date-parts") if isinstance(date, Mapping) else None
    year, month, day = (*(parts[0] if parts else ()), 0, 0, 0)[:3]
    if year <= 0:
        return ""
    known = 1 <= month <= len("JFMAMJJASOND")
    return f"{year:04}" + (f"/{month:02}" if known else "") + (f"/{day:02}" if known and day else "")


def read_ris(text: str) -> list[dict[str, Any]]:
    """Return the items of RIS records, without keys where the records have none."""
    found, lines = [], list[tuple[str, str]]()
    for line in text.splitlines():
        match = _LINE.match(line.strip("\ufeff"))
        if match and match[1] == "TY":
            lines = [("TY", match[2].strip())]
        elif match and match[1] == "ER" and lines:
            found.append(_item(lines))
            lines = []
        elif match and lines:
            lines.append((match[1], match[2].strip()))
        elif line.strip() and lines:  # a long value goes on
            lines[-1] = (lines[-1][0], f"{lines[-1][1]} {line.strip()}".strip())
    if lines:
        raise RisError('no line "ER  -" ends the last record; add it')
    if not found:
        raise RisError('no line "TY  - …" begins a record')
    return found


def _item(lines: list[tuple[str, str]]) -> dict[str, Any]:
    kind = _TYPES.get(lines[0][1].upper(), "document")
    item: dict[str, Any] = {"type": kind}
    for tag, value in filter(lambda line: line[1], lines[1:]):
        if tag in _READ_ROLES:
            item.setdefault(_READ_ROLES[tag], []).append(_person(value))
        elif tag in _READ:
            item.setdefault(_field(tag, kind), value)
    values = dict(reversed(lines))
    item |= {name: value for name, value in _rest(values, lines).items() if value}
    return item


def _field(tag: str, kind: str) -> str:
    """Return where a tag's value goes, which for two depends on the type."""
    if tag == "SN":
        return "ISBN" if kind in _BOOKS else "ISSN"
    if tag == "IS":
        return "issue" if kind in _NUMBERED else "number"
    return _READ[tag]


def _rest(values: Mapping[str, str], lines: list[tuple[str, str]]) -> dict[str, Any]:
    pages = "-".join(filter(None, (values.get("SP", ""), values.get("EP", ""))))
    return {
        "id": values.get("ID", ""),
        "title": values.get("TI", values.get("T1", values.get("CT", ""))),
        "page": pages,
        "issued": _read_date(values.get("DA") or values.get("PY") or values.get("Y1") or ""),
        "accessed": _read_date(values.get("Y2", "")),
        "keyword": ", ".join(value for tag, value in lines if tag == "KW"),
    }


def _person(value: str) -> dict[str, str]:
    parts = [part.strip() for part in value.split(",")]
    if len(parts) not in {2, 3}:
        return {"literal": value}
    return {name: part for name, part in zip(_PARTS, parts, strict=False) if part}


def _read_date(value: str) -> str:
    """Return YYYY/MM/DD/words as ISO 8601, or the words."""
    numbers = [part for part in value.split("/")[:3] if part.strip().isdigit()]
    return "-".join(part.strip() for part in numbers) if numbers else value.strip("/ ")
