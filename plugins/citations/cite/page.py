"""What a web page says of itself: Highwire's and Dublin Core's tags, JSON-LD, OpenGraph, and its own title."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from plugins.citations.cite.linked_data import linked_data, named, text_of, type_of
from plugins.citations.cite.model import Answer
from plugins.citations.own_item import name_of


Tags = Mapping[str, list[str]]

# What a page calls itself, and the type of CSL.
_KINDS = {
    "scholarlyarticle": "article-journal", "newsarticle": "article-newspaper",
    "reportagenewsarticle": "article-newspaper", "opinionnewsarticle": "article-newspaper",
    "analysisnewsarticle": "article-newspaper", "blogposting": "post-weblog", "blogpost": "post-weblog",
    "liveblogposting": "post-weblog", "report": "report", "dataset": "dataset", "book": "book", "chapter": "chapter",
    "thesis": "thesis", "legislation": "legislation", "socialmediaposting": "post", "discussionforumposting": "post",
    "videoobject": "motion_picture", "softwaresourcecode": "software", "softwareapplication": "software",
    "webpage": "webpage", "article": "webpage",
}  # fmt: skip
# Highwire's tag that says what a work is in, and the type of work that this makes it.
_CONTAINERS = {
    "citation_journal_title": "article-journal",
    "citation_conference_title": "paper-conference",
    "citation_inbook_title": "chapter",
    "citation_book_title": "chapter",
}
_HOUSES = {"citation_dissertation_institution": "thesis", "citation_technical_report_institution": "report"}
_FIELDS = {
    "volume": ("citation_volume", "prism.volume"),
    "issue": ("citation_issue", "prism.number"),
    "number": ("citation_technical_report_number",),
    "ISSN": ("citation_issn", "prism.issn"),
    "ISBN": ("citation_isbn",),
    "publisher": (*_HOUSES, "citation_publisher", "dc.publisher", "dcterms.publisher"),
}
_DATES = (
    "citation_publication_date", "citation_date", "citation_cover_date", "citation_online_date", "dcterms.issued",
    "dc.date.issued", "dc.date", "dcterms.created", "dcterms.date", "article:published_time", "article:published",
    "datepublished", "date", "pubdate",
)  # fmt: skip
_AUTHORS = ("citation_author", "dc.creator", "dcterms.creator")


def item_of_page(answer: Answer) -> dict[str, Any]:
    """Return what a page says of itself as fields of CSL, not yet cleaned."""
    root = _parsed(answer)
    if root is None:
        return {}
    tags, ld = _tags(root), linked_data(root, _KINDS)
    item: dict[str, Any] = {
        "type": _kind(tags, ld),
        "title": _first(tags, "citation_title", "dc.title", "dcterms.title")
        or text_of(ld.get("headline"))
        or _first(tags, "og:title", "twitter:title")
        or text_of(ld.get("name"))
        or _title(root),
        "author": _authors(tags, ld),
        "container-title": _container(tags, ld),
        "issued": _date(tags, ld),
        "page": _pages(tags),
        "DOI": _doi(tags),
        "URL": _address(root, tags, answer.url),
        "language": _language(root, tags),
    }
    item |= {field: _first(tags, *names) for field, names in _FIELDS.items()}
    if item["publisher"] == item["container-title"]:
        del item["publisher"]
    return {name: value for name, value in item.items() if value}


def _parsed(answer: Answer) -> Any:
    parser = html.HTMLParser(encoding=answer.charset or None, no_network=True, huge_tree=False)
    for one in (parser, html.HTMLParser(encoding="utf-8", no_network=True)):  # a charset may be no charset
        try:
            return html.document_fromstring(answer.data, parser=one)
        except (etree.LxmlError, LookupError, ValueError):
            continue
    return None


def _tags(root: Any) -> Tags:
    """Return the contents of `meta` by name in lower case, in their order."""
    found: dict[str, list[str]] = {}
    for tag in root.iter("meta"):
        content = tag.get("content", "").strip()
        for name in {tag.get("name", ""), tag.get("property", ""), tag.get("itemprop", "")}:
            if name and content:
                found.setdefault(name.lower().replace("dc:", "dc.").replace("dcterms:", "dcterms."), []).append(content)
    return found


def _first(tags: Tags, *names: str) -> str:
    return next((tags[name][0] for name in names if name in tags), "")


def _title(root: Any) -> str:
    title = root.find(".//title")
    return "" if title is None else str(title.text_content()).strip()


def _kind(tags: Tags, ld: Mapping[str, Any]) -> str:
    for table in (_CONTAINERS, _HOUSES):
        for name, kind in table.items():
            if name in tags:
                return kind
    for written in (_first(tags, "dc.type", "dcterms.type"), type_of(ld)):
        if (known := re.sub(r"\W|_", "", written.lower())) in _KINDS and known not in {"article", "webpage"}:
            return _KINDS[known]
    return "webpage"


def _authors(tags: Tags, ld: Mapping[str, Any]) -> list[dict[str, str]]:
    for name in _AUTHORS:
        if name in tags:
            return [name_of(author) for author in tags[name]]
    if "citation_authors" in tags:
        return [name_of(author) for author in tags["citation_authors"][0].split(";")]
    author = ld.get("author")
    if found := [named(one) for one in (author if isinstance(author, list) else [author]) if one]:
        return [name for name in found if name]
    written = (*tags.get("author", ()), *tags.get("article:author", ()))
    return [name_of(name) for name in written if "://" not in name][:1]


def _container(tags: Tags, ld: Mapping[str, Any]) -> str:
    found = _first(tags, *_CONTAINERS, "prism.publicationname")
    part, publisher = ld.get("isPartOf"), ld.get("publisher")
    names = [text_of(one.get("name")) for one in (part, publisher) if isinstance(one, dict)]
    return found or _first(tags, "og:site_name") or next(filter(None, names), "")


def _date(tags: Tags, ld: Mapping[str, Any]) -> str:
    """Return the date as ISO 8601; Highwire writes 2020/03/05."""
    written = _first(tags, *_DATES[:9]) or text_of(ld.get("datePublished")) or _first(tags, *_DATES[9:])
    return re.sub(r"(?<=\d)/(?=\d)", "-", written.strip())


def _pages(tags: Tags) -> str:
    start, end = _first(tags, "citation_firstpage"), _first(tags, "citation_lastpage")
    return "-".join(dict.fromkeys(filter(None, (start, end))))


def _doi(tags: Tags) -> str:
    written = (_first(tags, "citation_doi"), _first(tags, "prism.doi"), *tags.get("dc.identifier", ()))
    found = (re.search(r"\b10\.\d{4,9}/\S+", text) for text in written)
    return next((match[0] for match in found if match), "")


def _address(root: Any, tags: Tags, url: str) -> str:
    """Return the address that the page wants to be known by, if that is one of its own host's."""
    links = [link.get("href", "") for link in root.iter("link") if "canonical" in link.get("rel", "").lower().split()]
    for written in (_first(tags, "citation_public_url"), *links, _first(tags, "og:url")):
        address = urljoin(url, written.strip()) if written else ""
        if address.startswith(("https://", "http://")) and _host(address) == _host(url):
            return address
    return url.partition("#")[0]


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _language(root: Any, tags: Tags) -> str:
    written = _first(tags, "citation_language", "dc.language", "dcterms.language") or root.get("lang", "")
    tag = (written or _first(tags, "og:locale")).strip().replace("_", "-")
    return tag if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag) else ""
