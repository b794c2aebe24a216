"""COinS: an item as an OpenURL ContextObject, which Zotero finds in the `title` of a `span.Z3988`.

Sources: ANSI/NISO Z39.88-2004 and its key/encoded-value formats for journals, books, dissertations and patents, and
Dublin Core for all else; what Zotero makes of each key (zotero/utilities, openurl.js).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote_plus

from plugins.citations.items import formattable
from plugins.citations.model import Item
from plugins.citations.rich_text import plain


_FORMATS = {
    kind: form
    for form, kinds in {
        ("journal", "article"): "article-journal review review-book",
        ("book", "book"): "book classic collection",
        ("book", "bookitem"): "chapter entry-dictionary entry-encyclopedia",
        ("book", "proceeding"): "paper-conference",
        ("book", "report"): "report",
        ("book", "document"): "pamphlet",
        ("dissertation", ""): "thesis",
        ("patent", ""): "patent",
    }.items()
    for kind in kinds.split()
}
#: What Zotero calls the types that have no format of their own.
_KINDS = {
    "webpage": "webpage", "post": "forumPost", "post-weblog": "blogPost", "legal_case": "case",
    "legislation": "statute", "bill": "bill", "hearing": "hearing", "map": "map", "motion_picture": "film",
    "broadcast": "tvBroadcast", "song": "audioRecording", "speech": "presentation", "interview": "interview",
    "manuscript": "manuscript", "personal_communication": "letter", "graphic": "artwork",
    "software": "computerProgram", "dataset": "dataset", "standard": "standard", "article": "preprint",
    "article-magazine": "magazineArticle", "article-newspaper": "newspaperArticle",
}  # fmt: skip
_FIELDS = {
    "volume": "volume", "issue": "issue", "pages": "page", "edition": "edition", "place": "publisher-place",
    "isbn": "ISBN", "issn": "ISSN", "language": "language",
}  # fmt: skip
_ROLES = ("author", "director", "composer", "performer", "editor")
_READABLE = "/:,;@!*()$?~"  # signs that may stand in a value as they are, and cost a page less so


def coins(item: Item, *, with_abstract: bool = False) -> str:
    """Return the ContextObject of a library's item; escape it as any text when it becomes an attribute.

    A page has one for each work that it cites, so that they say what Zotero reads and no more.
    """
    shown = formattable(item)
    pairs = [("ctx_ver", "Z39.88-2004"), *_context(shown)]
    if with_abstract:
        pairs.append(("rft.description", plain(item.get("abstract", ""))))
    return "&".join(f"{name}={quote_plus(value, safe=_READABLE)}" for name, value in pairs if value)


def zotero_type(kind: str) -> str:
    """Return what Zotero calls a type of CSL, if that is one of those that no format of OpenURL has."""
    return _KINDS.get(kind, "")


def _context(item: Item) -> Iterator[tuple[str, str]]:
    form, genre = _FORMATS.get(str(item["type"]), ("dc", ""))
    yield "rft_val_fmt", f"info:ofi/fmt:kev:mtx:{form}"
    yield "rft_id", f"info:doi/{plain(item['DOI'])}" if "DOI" in item else ""
    yield "rft_id", plain(item.get("URL", ""))
    yield "rft.genre", genre
    yield from _dublin_core(item) if form == "dc" else _titles(item, form, genre)
    yield from _people(item, form)
    yield "rft.appldate" if form == "patent" else "rft.date", _date(item.get("issued"))
    yield from ((f"rft.{name}", plain(item.get(field, ""))) for name, field in _FIELDS.items())
    yield "rft.number" if form == "patent" else "", plain(item.get("number", ""))
    yield {"dissertation": "rft.inst", "patent": "rft.assignee"}.get(form, "rft.pub"), _publisher(item)


def _titles(item: Item, form: str, genre: str) -> Iterator[tuple[str, str]]:
    title, container = plain(item.get("title", "")), plain(item.get("container-title", ""))
    if form == "journal" or genre in {"bookitem", "proceeding"}:
        yield "rft.atitle", title
        yield "rft.jtitle" if form == "journal" else "rft.btitle", container
        yield "rft.stitle", plain(item.get("container-title-short", ""))
    else:
        yield "rft.btitle" if genre in {"book", "report"} else "rft.title", title
    yield "rft.series", plain(item.get("collection-title", ""))
    yield "rft.degree", plain(item.get("genre", "")) if form == "dissertation" else ""


def _dublin_core(item: Item) -> Iterator[tuple[str, str]]:
    yield "rft.type", _KINDS.get(str(item["type"]), "document")
    yield "rft.title", plain(item.get("title", ""))
    yield "rft.source", plain(item.get("container-title", ""))


def _people(item: Item, form: str) -> Iterator[tuple[str, str]]:
    """Yield persons as "Family, Given", which Zotero splits where it should, and institutions as such."""
    role = {"dc": "rft.creator", "patent": "rft.inventor"}.get(form, "rft.au")
    names = next((list(item[role]) for role in _ROLES if role in item), [])
    for number, name in enumerate(names):
        if "family" not in name:
            yield "rft.aucorp", plain(name.get("literal", name.get("given", "")))
        elif number == 0 and role == "rft.au":
            yield "rft.aulast", _family(name)
            yield "rft.aufirst", _given(name)
        else:
            yield role, f"{_family(name)}, {_given(name)}"


def _publisher(item: Item) -> str:
    return plain(item.get("publisher", item.get("authority", "")))


def _given(name: Any) -> str:
    return plain(f"{name.get('given', '')} {name.get('suffix', '')}")


def _family(name: Any) -> str:
    parts = (name.get("dropping-particle", ""), name.get("non-dropping-particle", ""), name["family"])
    return plain(" ".join(filter(None, map(str, parts))))


def _date(date: Any) -> str:
    """Return the first day of a date as ISO 8601, as much of it as is known."""
    parts = date.get("date-parts") if isinstance(date, dict) else None
    if not parts or not parts[0] or parts[0][0] <= 0:
        return ""
    known = parts[0] if len(parts[0]) == 1 or parts[0][1] <= len("JFMAMJJASOND") else parts[0][:1]
    return "-".join((f"{known[0]:04}", *(f"{part:02}" for part in known[1:])))
