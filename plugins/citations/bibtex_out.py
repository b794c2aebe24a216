"""Write items as BibTeX that BibLaTeX reads as well: where they differ, names as in the one, dates as in both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from plugins.citations.model import Item
from plugins.citations.rich_text import latex, plain


_KINDS = {
    "article": "misc", "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "bill": "legislation", "book": "book", "broadcast": "video", "chapter": "incollection", "classic": "book",
    "collection": "collection", "dataset": "dataset", "entry": "inreference", "entry-dictionary": "inreference",
    "entry-encyclopedia": "inreference", "figure": "artwork", "graphic": "artwork", "legal_case": "jurisdiction",
    "legislation": "legislation", "manuscript": "unpublished", "motion_picture": "movie", "pamphlet": "booklet",
    "paper-conference": "inproceedings", "patent": "patent", "performance": "performance",
    "personal_communication": "letter", "post": "online", "post-weblog": "online", "regulation": "legislation",
    "report": "techreport", "review": "review", "review-book": "review", "software": "software", "song": "audio",
    "speech": "unpublished", "standard": "standard", "thesis": "phdthesis", "treaty": "legal", "webpage": "online",
}  # fmt: skip
_SUBTYPES = {"article-magazine": "magazine", "article-newspaper": "newspaper"}
_HOUSES = {"techreport": "institution", "phdthesis": "school", "mastersthesis": "school", "online": "organization"}
_IN_A_BOOK = frozenset(("incollection", "inproceedings", "inreference"))
_ROLES = {"author": "author", "editor": "editor", "translator": "translator", "container-author": "bookauthor"}
# Whoever made a work that has no author.
_MAKERS = ("composer", "performer", "script-writer", "interviewer", "host", "organizer", "curator", "compiler", "chair")
_TEXTS = {
    "title-short": "shorttitle", "collection-title": "series", "original-title": "origtitle",
    "event-title": "eventtitle", "event": "eventtitle",
}  # fmt: skip
_FIELDS = {
    "publisher-place": "address", "event-place": "venue", "volume": "volume", "edition": "edition",
    "version": "version", "chapter-number": "chapter", "section": "chapter", "number-of-pages": "pagetotal",
    "number-of-volumes": "volumes", "original-publisher": "origpublisher", "original-publisher-place": "origlocation",
    "status": "pubstate", "container-title-short": "shortjournal", "keyword": "keywords", "note": "note",
    "annote": "annotation", "abstract": "abstract",
}  # fmt: skip
_VERBATIM = {"DOI": "doi", "URL": "url", "ISBN": "isbn", "ISSN": "issn"}
_DATES = {"accessed": "urldate", "original-date": "origdate", "event-date": "eventdate"}
# Names that babel has for languages, for BibLaTeX.
_LANGUAGES = {
    "en-us": "american", "en-gb": "british", "en": "english", "de": "ngerman", "fr": "french", "es": "spanish",
    "it": "italian", "pt-br": "brazilian", "pt": "portuguese", "nl": "dutch", "sv": "swedish", "da": "danish",
    "fi": "finnish", "pl": "polish", "cs": "czech", "ru": "russian", "el": "greek", "tr": "turkish",
    "hu": "hungarian", "ja": "japanese", "ar": "arabic", "he": "hebrew", "zh": "chinese",
}  # fmt: skip
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
#: What no key of BibTeX can hold.
UNFIT = re.compile(r"[\s,{}()\"#%~\\'=@]+")


def bibtex(items: Iterable[Item]) -> str:
    """Return the items as entries, in their order, under their keys."""
    return "\n".join(_entry(item, key) for item, key in _keyed(items))


def _keyed(items: Iterable[Item]) -> Iterator[tuple[Item, str]]:
    """Yield items with their keys; what no key of BibTeX can hold becomes `_`, and never another's key."""
    items = list(items)
    used = {str(item["id"]) for item in items}
    for item in items:
        key = UNFIT.sub("_", str(item["id"]))
        while key != item["id"] and key in used:
            key += "_"
        used.add(key)
        yield item, key


def _entry(item: Item, key: str) -> str:
    fields = {name: value for name, value in _fields(item) if value}
    lines = "".join(f"  {name} = {value},\n" for name, value in fields.items())
    return f"@{_kind(item)}{{{key},\n{lines}}}\n"


def _kind(item: Item) -> str:
    kind = _KINDS.get(str(item.get("type")), "misc")
    return "mastersthesis" if kind == "phdthesis" and "master" in str(item.get("genre", "")).lower() else kind


def _fields(item: Item) -> Iterator[tuple[str, str]]:
    """Yield fields with their values as written: in braces, but for months."""
    kind = _kind(item)
    yield from _names(item)
    yield "title", _kept(item.get("title", ""))
    yield "booktitle" if kind in _IN_A_BOOK else "journal", _container(item, kind)
    yield from ((name, _kept(item[csl])) for csl, name in _TEXTS.items() if csl in item)
    yield from _issued(item.get("issued"))
    yield _HOUSES.get(kind, "publisher"), _braced(latex(item.get("publisher", item.get("authority", ""))))
    yield from _numbers(item)
    yield "pages", _braced(re.sub(r"(?<=\w)\s*[-–—]+\s*(?=\w)", "--", plain(item.get("page", ""))))
    yield from ((name, _braced(latex(item[csl]))) for csl, name in _FIELDS.items() if csl in item)
    yield from ((name, _braced(_address(item[csl]))) for csl, name in _VERBATIM.items() if csl in item)
    yield from ((name, _braced(_date(item[csl]))) for csl, name in _DATES.items() if csl in item)
    yield "type", _braced(latex(item.get("genre", "")))
    yield "langid", _braced(_langid(str(item.get("language", ""))))
    yield "entrysubtype", _braced(_SUBTYPES.get(str(item.get("type")), ""))


def _braced(value: str) -> str:
    return f"{{{value}}}" if value else ""


def _kept(text: Any) -> str:
    """Return a text whose capitals no style may change."""
    written = latex(text)
    return f"{{{{{written}}}}}" if written else ""


def _container(item: Item, kind: str) -> str:
    title = item.get("container-title", "")
    return _kept(title) if kind in _IN_A_BOOK else _braced(latex(title))


def _numbers(item: Item) -> Iterator[tuple[str, str]]:
    for csl in ("issue", "number", "collection-number"):
        if csl in item:
            yield "number", _braced(latex(item[csl]))
            return


def _names(item: Item) -> Iterator[tuple[str, str]]:
    for role, name in _ROLES.items():
        yield name, _people(item.get(role, ()))
    if "director" in item and "editor" not in item:
        yield "editor", _people(item["director"])
        yield "editortype", "{director}"
    if not any(role in item for role in ("author", "editor", "director")):
        yield "author", next((_people(item[role]) for role in _MAKERS if role in item), "")


def _people(names: Iterable[Mapping[str, Any]]) -> str:
    return _braced(" and ".join(filter(None, map(_person, names))))


def _person(name: Mapping[str, Any]) -> str:
    """Return a name so that its parts are found again: what is one part stands in braces where it must."""
    if "family" not in name:
        literal = latex(name.get("literal", name.get("given", "")))
        return literal if literal == "others" else _braced(literal)
    family = latex(name["family"])
    kept = f"{latex(name.get('non-dropping-particle', ''))} {family}".strip()
    if kept != family or re.search(r"\band\b|,|(?:^|\s)[^\W\d_A-Z]", kept):
        kept = _braced(kept) if _has_cases(kept) else kept
    particle, suffix, given = (latex(name.get(part, "")) for part in ("dropping-particle", "suffix", "given"))
    family = f"{particle} {kept}".strip()
    return ", ".join(filter(None, (family, suffix, given if not re.search(r"\band\b|,", given) else _braced(given))))


def _has_cases(text: str) -> bool:
    return text.upper() != text.lower()


def _issued(date: Any) -> Iterator[tuple[str, str]]:
    """Yield year and month for BibTeX, and the date as BibLaTeX writes it if it says more."""
    parts = date.get("date-parts") if isinstance(date, Mapping) else None
    if not parts or not parts[0]:
        return
    year, month = (*parts[0], 0)[:2]
    yield "year", _braced(str(year)) if year > 0 else ""
    yield "month", _MONTHS[month - 1] if 1 <= month <= len(_MONTHS) else ""
    if (
        len(parts) > 1
        or len(parts[0]) > len(("year", "month"))
        or date.get("circa")
        or month > len(_MONTHS)
        or year < 0
    ):
        yield "date", _braced(_date(date))


def _date(date: Any) -> str:
    parts = date.get("date-parts", ()) if isinstance(date, Mapping) else ()
    about = "~" if isinstance(date, Mapping) and date.get("circa") else ""
    ends = [_iso(part) + (about if _iso(part) else "") for part in parts if part]
    return "/".join(ends)


def _iso(parts: list[int]) -> str:
    """Return a date of ISO 8601, in which 44 BC is -0043; nothing for the open end of a range."""
    year, rest = parts[0], parts[1:]
    if year == 0:
        return ""
    written = f"{year:04}" if year > 0 else f"-{-year - 1:04}"
    return "-".join((written, *(f"{part:02}" for part in rest)))


def _address(value: Any) -> str:
    """Return an address, which BibTeX takes as it is; what could end its field is encoded."""
    return "".join(str(value).split()).replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _langid(tag: str) -> str:
    tag = tag.lower()
    return _LANGUAGES.get(tag) or _LANGUAGES.get(tag.partition("-")[0], "")
