"""What a page says about itself to machines: OpenGraph for whoever shows a link, Dublin Core for libraries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime


#: The attribute that names it, its name, and its content, in plain text.
Meta = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Subject:
    """What is known of a page; texts are plain. Addresses are whole."""

    kind: str  # OpenGraph's: "article" or "website"
    address: str
    title: str
    site: str
    language: str
    summary: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    date: datetime | None = None
    modified: datetime | None = None
    image: str = ""
    image_alt: str = ""
    item_type: str = ""  # what Zotero makes of it; without it a web page


def page_metadata(subject: Subject) -> tuple[Meta, ...]:
    """Return the page's metadata; what is not known is left out."""
    return tuple((attribute, name, content) for attribute, name, content in _all(subject) if content)


def _all(subject: Subject) -> Iterator[Meta]:
    published, modified = _day(subject.date), _day(subject.modified)
    yield "property", "og:type", subject.kind
    yield "property", "og:title", subject.title
    yield "property", "og:description", subject.summary
    yield "property", "og:url", subject.address
    yield "property", "og:site_name", subject.site
    yield "property", "og:image", subject.image
    yield "property", "og:image:alt", subject.image_alt if subject.image else ""
    if subject.kind == "article":
        yield "property", "article:published_time", published
        yield "property", "article:modified_time", modified
        yield from (("property", "article:tag", tag) for tag in subject.tags)
    yield "name", "DC.type", subject.item_type
    yield "name", "DC.title", subject.title
    yield from (("name", "DC.creator", author) for author in subject.authors)
    yield "name", "DC.date", published
    yield "name", "DC.description", subject.summary
    yield "name", "DC.publisher", subject.site
    yield "name", "DC.language", subject.language
    yield "name", "DC.identifier", subject.address
    yield from (("name", "DC.subject", tag) for tag in subject.tags)


def _day(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
