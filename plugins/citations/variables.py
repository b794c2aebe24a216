"""The variables of CSL 1.0.2, in the order in which an item is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from plugins.citations.items import DATES, NAMES, OWN
from plugins.citations.model import Item
from plugins.shared.suggest import did_you_mean


#: Variables that hold text or a number.
TEXTS = frozenset(
    "abstract annote archive archive-place archive_collection archive_location authority call-number chapter-number "
    "citation-key citation-label collection-number collection-title container-title container-title-short dimensions "
    "division DOI edition event event-place event-title genre ISBN ISSN issue jurisdiction keyword language license "
    "locator medium note number number-of-pages number-of-volumes original-publisher original-publisher-place "
    "original-title page page-first part part-title PMCID PMID printing publisher publisher-place references "
    "reviewed-genre reviewed-title scale section source status supplement title title-short URL version volume "
    "volume-title volume-title-short year-suffix".split()
)
#: What each of ours is for.
OWN_MEANING = {
    "archive-url": "the address of an archived copy",
    "archive-date": "when the copy was archived",
    "original": "the key, or the item, of what this translates",
    "kind": "primary law, state media, scholarship, press …",
}

_ALIKE = 0.8
_SPELT = TEXTS | NAMES | DATES | OWN
_SPELLINGS = {name.replace("-", "").replace("_", "").casefold(): name for name in _SPELT}
_MEANT = {
    "year": "issued",
    "date": "issued",
    "journal": "container-title",
    "booktitle": "container-title",
    "pages": "page",
    "address": "publisher-place",
    "urldate": "accessed",
}
_OF_PROGRAMS = frozenset("abstractNote journalAbbreviation keywords notes shortTitle titleShort".split())

_FIRST = tuple(
    "id type title title-short author editor translator director container-author container-title "
    "container-title-short collection-title collection-number volume issue number page edition publisher "
    "publisher-place authority genre issued original-date accessed event-title event-place DOI ISBN ISSN URL "
    "archive-url archive-date language".split()
)


def known() -> frozenset[str]:
    """Return every name that a field of an item may have."""
    return TEXTS | NAMES | DATES | OWN | {"id", "type", "categories", "custom"}


def misspelt(item: Item) -> Iterator[str]:
    """Yield what is wrong with fields that no style prints, and that are nearly those of CSL, or those of BibTeX.

    What is like none of these is somebody else's, as are those that programs write.
    """
    for name in sorted(item.keys() - known() - _OF_PROGRAMS):
        meant = _MEANT.get(name.casefold()) or _SPELLINGS.get(re.sub(r"[-_ ]", "", name).casefold())
        hint = f'; did you mean "{meant}"?' if meant else did_you_mean(name, _SPELT, most=1, cutoff=_ALIKE)
        if hint:
            yield f'item "{item["id"]}": no field "{name}"{hint}'


def ordered(item: Item) -> dict[str, Any]:
    """Return an item's fields in the order of a reader's questions: what, whose, in what, when, where."""
    return {name: item[name] for name in (*_first(item), *sorted(item.keys() - set(_FIRST)))}


def _first(item: Item) -> Iterator[str]:
    return (name for name in _FIRST if name in item)
