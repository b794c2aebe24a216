"""The sitemap, and the robots.txt that names it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from plugins.discovery.addresses import encoded


_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@dataclass(frozen=True, slots=True)
class Place:
    """An address of the site, below its root, and when what is there last changed."""

    path: str
    modified: datetime | None = None


def sitemap(siteurl: str, places: Iterable[Place]) -> str:
    """Return the sitemap: each address once, in order. An address that occurs twice keeps the later date."""
    dates: dict[str, datetime | None] = {}
    for place in places:
        address = encoded(f"{siteurl}/{place.path}")
        known = dates.get(address)
        dates[address] = max(filter(None, (known, place.modified)), default=None)
    root = etree.Element("urlset", xmlns=_NAMESPACE)
    for address, modified in sorted(dates.items()):
        _add(root, address, modified)
    etree.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{etree.tostring(root, encoding="unicode")}\n'


def robots(siteurl: str) -> str:
    return f"User-agent: *\nAllow: /\n\nSitemap: {encoded(siteurl)}/sitemap.xml\n"


def _add(root: etree._Element, address: str, modified: datetime | None) -> None:
    entry = etree.SubElement(root, "url")
    etree.SubElement(entry, "loc").text = address
    if modified:
        etree.SubElement(entry, "lastmod").text = modified.isoformat()
