"""What a written page or feed links to, and the ids that it can be linked to by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from plugins.press.model import NO_LINKS, Links


_ADDRESSES = etree.XPath("//@href | //@src[not(parent::img)] | //@poster[not(parent::video)]", smart_strings=False)
_IN_DRAWINGS = etree.XPath("//@*[name() = 'xlink:href']", smart_strings=False)
#: Reads a page in UTF-8; to make a parser takes longer than to read a page with it.
PARSER = etree.HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=True)
_IMAGES = etree.XPath("//img/@src | //video/@poster", smart_strings=False)
_SETS = etree.XPath("//@srcset", smart_strings=False)
_IDS = etree.XPath("//@id | //a/@name", smart_strings=False)
# A candidate ends with its commas, or with a descriptor up to the next comma.
_CANDIDATE = re.compile(r"[\s,]*(\S*[^\s,])(?:,+(?=\s|$)|[^,]*(?:,|$))")
#: Endings of the files that hold links.
PAGES = (".html", ".htm")
FEEDS = (".xml", ".atom", ".rss")
_LINKS_IN_FEEDS = frozenset({"link", "loc", "url", "comments"})
_TEXTS_IN_FEEDS = frozenset({"content", "description", "encoded", "summary", "title"})


def links_in(name: str, data: bytes) -> Links:
    """Return the links of a file of the output, none if it is neither a page nor a feed."""
    if name.endswith(PAGES):
        return links_of(data)
    return _in_full(links_of_feed(data)) if name.endswith(FEEDS) else NO_LINKS


def _in_full(links: Links) -> Links:
    """Leave out what a feed's reader reads from the address of an entry, which it also is on that page."""
    return Links(frozenset(filter(_is_full, links.addresses)), frozenset(filter(_is_full, links.images)))


def _is_full(address: str) -> bool:
    return address.startswith("/") or "://" in address


def links_of(page: str | bytes) -> Links:
    """Return the links of a page, or of any piece of HTML; bytes are taken for UTF-8."""
    data = page if isinstance(page, bytes) else page.encode(errors="surrogatepass")
    root = etree.fromstring(data, PARSER) if data.strip() else None
    if root is None:
        return Links()
    drawn = _IN_DRAWINGS(root) if b"xlink:href" in data.lower() else ()  # to ask each attribute its name takes long
    images = frozenset(_IMAGES(root)).union(*map(candidates, _SETS(root)))
    return Links(frozenset((*_ADDRESSES(root), *drawn)), images, frozenset(_IDS(root)))


def links_of_feed(feed: bytes) -> Links:
    """Return the links of a feed or sitemap, those of the texts in it too."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.fromstring(feed, parser) if feed.strip() else None
    found = [Links()] if root is None else list(_in_feed(root))
    return Links(
        frozenset().union(*(links.addresses for links in found)), frozenset().union(*(links.images for links in found))
    )


def candidates(srcset: str) -> list[str]:
    """Return the addresses of a `srcset`."""
    return [match[1] for match in _CANDIDATE.finditer(srcset)]


def _in_feed(root: Any) -> Iterator[Links]:
    for element in root.iter(etree.Element):
        name, text = etree.QName(element).localname, (element.text or "").strip()
        if "href" in element.attrib:
            yield Links(frozenset({element.get("href")}))
        if text and name in _LINKS_IN_FEEDS:
            yield Links(frozenset({text}))
        elif "<" in text and name in _TEXTS_IN_FEEDS:
            yield links_of(text)
