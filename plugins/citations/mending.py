"""What the engine loses of an entry, or takes for something else: mended where that can be known, and else said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from plugins.citations import dates, latex
from plugins.citations.documents import Report
from plugins.citations.entries import CODE, BibEntry
from plugins.citations.model import Item


# Fields of BibLaTeX that are dates, and those of BibTeX for the same.
_DATES = {"issued": "", "accessed": "url", "original-date": "orig", "event-date": "event"}
# Where the words of a field may have gone, and what else must be for it to be read at all.
_TEXTS = {
    "title": ("title", "container-title", "title-short"),
    "journaltitle": ("container-title", "title"),
    "journal": ("container-title", "title"),
    "booktitle": ("container-title", "title", "volume-title", "event"),
}
_WITH_JOURNAL = frozenset("article periodical suppperiodical review".split())
_WITH_BOOK = frozenset("inbook incollection inproceedings conference inreference suppbook suppcollection".split())
_NAMES = {
    "author": ("author", "composer", "director", "reviewed-author"),
    "editor": ("editor", "director", "author", "container-author"),
    "translator": ("translator",),
}
# Languages of babel and polyglossia that the engine leaves by their names.
_LANGUAGES = {
    "bengali": "bn", "chinese": "zh", "hindi": "hi", "japanese": "ja", "kannada": "kn", "khmer": "km", "korean": "ko",
    "lao": "lo", "malayalam": "ml", "marathi": "mr", "mongolian": "mn", "punjabi": "pa", "sanskrit": "sa",
    "swahili": "sw", "tamil": "ta", "telugu": "te", "thai": "th", "tibetan": "bo", "tigrinya": "ti", "urdu": "ur",
    "uyghur": "ug",
}  # fmt: skip
_URL_COMMAND = re.compile(r"\s*\\url\s*\{(.*)\}\s*\Z|\s*(https?://\S+)\s*\Z", re.S)
_ESCAPED = re.compile(r"\\([_#%&~{}$])")
_FORMULA = re.compile(r"\$[^$\\]*\\[^$]*\$")
_AND = re.compile(r"\s+and\s+", re.I)
_SUFFIX = re.compile(r"(?:jr|sr|snr|jnr|[ivx]+|\d+(?:st|nd|rd|th)|esq|ph\.?d|m\.?d)\.?", re.I)
_COMMAS = 2  # von Last, Jr, First


def mended(item: Item, entry: BibEntry, report: Report) -> dict[str, Any]:
    """Return an entry's item under its own key, with what was lost of it."""
    found: dict[str, Any] = {**item, "id": entry.key}
    _set_dates(found, entry, report)
    _set_address(found, entry.fields)
    _set_language(found, entry.fields)
    _keep_texts(found, entry, report)
    _keep_names(found, entry, report)
    return found


def _set_dates(found: dict[str, Any], entry: BibEntry, report: Report) -> None:
    for name, prefix in _DATES.items():
        if found.get(name) in ({"date-parts": []}, {"date-parts": [[0]]}):
            del found[name]
        written = _date_of(entry.fields, prefix)
        if written:
            found[name] = dates.normal(written)
    month = entry.fields.get("month", "")
    if month and "date" not in entry.fields and not _month(month):
        hint = f'item "{entry.key}": "{latex.plain(month)}" is no month; write one such as month = jan'
        report(entry.lines.get("month", entry.line), "item-date", hint)


def _date_of(fields: Mapping[str, str], prefix: str) -> str:
    """Return the date as ISO 8601 writes it, or as it stands."""
    if date := latex.plain(fields.get(f"{prefix}date", "")):
        return date
    year = latex.plain(fields.get(f"{prefix}year", ""))
    if not re.fullmatch(r"\d{4}", year):
        return year
    month = _month(fields.get(f"{prefix}month", ""))
    day = re.search(r"\d\d?", fields.get(f"{prefix}day", "") or re.sub(r"^\W*\d+", "", fields.get("month", "")))
    return "-".join(filter(None, (year, month, day[0] if month and day else "")))


def _month(text: str) -> str:
    """Return the number of a month; a season is one beyond 20."""
    plain = latex.plain(text).lower()
    names = [*latex.MONTHS, *("",) * 8, "spr", "sum", "aut", "win"]
    if found := re.match(r"\d{1,2}\b", plain):
        return found[0].zfill(2) if 1 <= int(found[0]) <= len(latex.MONTHS) else ""
    start = plain.replace("fall", "autumn")[:3]
    return f"{names.index(start) + 1:02}" if start in names and start else ""


def _set_address(found: dict[str, Any], fields: Mapping[str, str]) -> None:
    """Take an address out of a command, or out of what says how it was published."""
    if command := _URL_COMMAND.match(fields.get("url", "")):
        found["URL"] = command[1] or command[2]
    published = _URL_COMMAND.match(fields.get("howpublished", ""))
    if published and "URL" not in found:
        found["URL"] = published[1] or published[2]
        if str(found.get("publisher", "")).strip() == found["URL"]:
            del found["publisher"]
    for name in ("URL", "DOI"):
        if name in found:
            found[name] = _ESCAPED.sub(r"\1", str(found[name]))


def _set_language(found: dict[str, Any], fields: Mapping[str, str]) -> None:
    written = str(found.get("language", "") or latex.plain(fields.get("language", ""))).lower()
    if written in _LANGUAGES:
        found["language"] = _LANGUAGES[written]


def _keep_texts(found: dict[str, Any], entry: BibEntry, report: Report) -> None:
    for name, places in _TEXTS.items():
        written = entry.fields.get(name, "")
        if written and _is_read(name, entry.kind):
            texts = [str(found[place]) for place in places if found.get(place)]
            if lost := _lost(written, texts):
                hint = f'item "{entry.key}": the {name} loses "{" ".join(lost)[:60]}" to TeX; write it without commands'
                report(entry.lines.get(name, entry.line), CODE, hint)
                found[places[0]] = latex.plain(written)
            elif formula := _FORMULA.search(" ".join(texts)):
                hint = f'item "{entry.key}": the {name} prints "{formula[0][:60]}" as it stands; write it in characters'
                report(entry.lines.get(name, entry.line), CODE, hint)


def _is_read(name: str, kind: str) -> bool:
    if name == "booktitle":
        return kind in _WITH_BOOK
    return name == "title" or kind in _WITH_JOURNAL


def _lost(written: str, texts: list[str]) -> list[str]:
    if not texts:
        return latex.plain(written).split()
    together = " ".join(texts).casefold()
    return [word for word in latex.words(written) if word.casefold() not in together]


def _keep_names(found: dict[str, Any], entry: BibEntry, report: Report) -> None:
    for role, places in _NAMES.items():
        written = entry.fields.get(role, "")
        if not written:
            continue
        line = entry.lines.get(role, entry.line)
        for message in _name_faults(written):
            report(line, "item-name", f'item "{entry.key}": the {role} {message}')
        if not any(found.get(place) for place in places):
            found[role] = [{"literal": latex.plain(name)} for name in _AND.split(written)]


def _name_faults(written: str) -> Iterator[str]:
    """Yield what is wrong with a list of names; what stands in braces is one name, whatever it holds."""
    names = _AND.split(f" {latex.outside_braces(written)} ")
    if any(not name.strip(" ,") for name in names):
        yield f'"{" ".join(written.split())[:60]}" has an "and" too many; delete it'
    for name in filter(lambda name: "=" not in name, names):  # BibLaTeX's "family=Roe, given=Ann"
        parts = [part.strip() for part in name.split(",")]
        wrong_suffix = len(parts) > _COMMAS and not _SUFFIX.fullmatch(parts[1])
        if ";" in name or wrong_suffix:
            yield f'"{" ".join(name.split())[:60]}" holds several names; put "and" between them'
