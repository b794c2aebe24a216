"""Keep pandoc from telling works apart that nobody confuses.

It compares notes as they are printed. "Jacobs, 3", for the work of the note before, is the same for each of her
books, and so it adds publishers and years to every short note of both. Whether two short notes can be confused is
asked for itself: with each work cited twice, and others between.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from lxml import etree

from plugins.citations.model import CitationItem, Formatted, Item, Job, PlacedCitation, Result


_CONDITION = "disambiguate"
_NO_TYPE = "none"  # which no item is of


def trial(job: Job) -> Job | None:
    """Return a job that prints the short notes of works that share an author; None if there are none such."""
    shared = {lead for lead, count in Counter(_leads(job.items)).items() if count > 1}
    keys = [str(item["id"]) for item in job.items if _lead(item) in shared]
    if not job.style.in_notes or not keys:
        return None
    citations = tuple(PlacedCitation((CitationItem(key),), note) for note, key in enumerate((*keys, *keys), start=1))
    items = tuple(item for item in job.items if item["id"] in keys)
    return replace(job, citations=citations, items=items, named=())


def confused(tried: Job, result: Result) -> frozenset[str]:
    """Return the keys of works whose short notes are the same in a trial."""
    half = len(tried.citations) // 2
    short = [(placed.items[0].id, formatted.note) for placed, formatted in _pairs(tried, result)][half:]
    count = Counter(note for _, note in short)
    return frozenset(key for key, note in short if count[note] > 1)


def told_apart(job: Job, plain: Result, full: Result, keys: Collection[str]) -> Result:
    """Return the plain result, with the full notes of those works that need them."""
    pairs = zip(job.citations, plain.citations, full.citations, strict=True)
    chosen = (whole if any(item.id in keys for item in placed.items) else short for placed, short, whole in pairs)
    return replace(full, citations=tuple(chosen))


def _pairs(job: Job, result: Result) -> Iterator[tuple[PlacedCitation, Formatted]]:
    yield from zip(job.citations, result.citations, strict=True)


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


def _leads(items: tuple[Item, ...]) -> Iterator[str]:
    yield from filter(None, map(_lead, items))


def _lead(item: Item) -> str:
    """Return what a short note begins with."""
    for role in ("author", "editor", "director"):
        for name in item.get(role, ()):
            return str(name.get("family") or name.get("literal") or "") if isinstance(name, Mapping) else ""
    return str(item.get("container-title") or "")
