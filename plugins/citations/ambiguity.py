"""Keep pandoc from telling works apart that nobody confuses.

It compares notes as they are printed. "Jacobs, 3", for the work of the note before, is the same for each of her
books, and so it adds publishers and years to every short note of both. In a style whose short notes name the title,
only works of one author and one title can be confused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from lxml import etree

from plugins.citations.model import CitationItem, Item, Job, PlacedCitation, Result, Style


_CONDITION = "disambiguate"
_NO_TYPE = "none"  # which no item is of
_TITLES = ("Aqueducts", "Bridges")


def shared_leads(job: Job) -> bool:
    """Tell whether two works of a page have one author."""
    return any(count > 1 for count in Counter(filter(None, map(_lead, job.items))).values())


def confusable(job: Job) -> frozenset[str]:
    """Return the keys of works that share author and title with another."""
    said = {str(item["id"]): (_lead(item), _title(item)) for item in job.items}
    count = Counter(said.values())
    return frozenset(key for key, one in said.items() if count[one] > 1)


def trial(style: Style, locale: str) -> Job:
    """Return a job that prints the short notes of two works of one author."""
    items: tuple[dict[str, Any], ...] = tuple(
        {"id": title, "type": "book", "title": title, "author": [{"family": "Engineer"}]} for title in _TITLES
    )
    citations = tuple(PlacedCitation((CitationItem(key),), note) for note, key in enumerate(_TITLES * 2, start=1))
    return Job(style, locale, citations, items)


def names_titles(tried: Result) -> bool:
    """Tell whether the short notes of a trial name the titles."""
    short = [formatted.note for formatted in tried.citations[len(_TITLES) :]]
    return all(title in note for title, note in zip(_TITLES, short, strict=True))


def told_apart(job: Job, plain: Result, full: Result, keys: Collection[str]) -> Result:
    """Return the plain result, with the full notes of those works that need them."""
    pairs = zip(job.citations, plain.citations, full.citations, strict=True)
    chosen = (whole if any(item.id in keys for item in placed.items) else short for placed, short, whole in pairs)
    return replace(full, citations=tuple(chosen))


def without_disambiguation(source: bytes) -> bytes | None:
    """Return a style in which nothing depends on ambiguity; None if nothing does."""
    root = etree.fromstring(source, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    conditions = root.xpath(f"//*[@{_CONDITION}]")
    for element in conditions:
        _take_as_false(element)
    return etree.tostring(root) if conditions else None


def _take_as_false(element: etree._Element) -> None:
    del element.attrib[_CONDITION]
    others = set(element.attrib) - {"match"}
    if not others or element.get("match", "all") == "all":
        element.set("type", f"{element.get('type', '')} {_NO_TYPE}".strip())


def _title(item: Item) -> str:
    return re.sub(r"\W+", " ", str(item.get("title-short") or item.get("title") or "")).casefold().strip()


def _lead(item: Item) -> str:
    """Return what a short note begins with."""
    for role in ("author", "editor", "director"):
        for name in item.get(role, ()):
            return str(name.get("family") or name.get("literal") or "") if isinstance(name, Mapping) else ""
    return str(item.get("container-title") or "")
