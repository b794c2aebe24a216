"""What a style asks of a page as a whole, which decides whether single citations of it can be kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from plugins.citations.ambiguity import without_disambiguation


_CSL = "{http://purl.org/net/xbiblio/csl}"
# They tell of the page, not of the work; a label may get a letter.
_OF_PAGE = frozenset(("citation-number", "citation-label", "citation-key", "first-reference-note-number"))
_APART = ("disambiguate-add-names", "disambiguate-add-givenname", "disambiguate-add-year-suffix")
_RULE = "givenname-disambiguation-rule"
_SHORTENING = ("subsequent-author-substitute", "subsequent-author-substitute-rule")
_SUBSEQUENT = ("et-al-subsequent-min", "et-al-subsequent-use-first")
_SAID = ("prefix", "suffix", "delimiter", "value", "cite-group-delimiter", "names-delimiter", "name-delimiter")
_RUN = re.compile(r"[^\W_]+")

#: What stands for the authors of the entry before, in a cast that finds out what it would stand for.
SUBSTITUTE = "\ue000"


@dataclass(frozen=True, slots=True)
class Qualities:
    """A style of which single citations can be kept.

    `plain` is its source without what tells works apart or shortens an entry after another, `shortening` are the
    attributes that do the latter. It has entries in an order of its own if it `sorts`, `has_positions` if a citation
    depends on those before it, `tells_apart` works that it would print alike, and `tells_names` if it does so with all
    people of a page; `words` are what it puts round what it prints.
    """

    plain: bytes
    shortening: Mapping[str, str]
    has_entries: bool
    sorts: bool
    has_positions: bool
    tells_apart: bool
    tells_names: bool
    words: frozenset[str]


def qualities_of(source: bytes) -> Qualities | None:
    """Return what a style asks, or None if what it prints of a work depends on more than that and its position."""
    root = _parsed(source)
    citation, entry = root.find(f"{_CSL}citation"), root.find(f"{_CSL}bibliography")
    if citation is None or any(_depends(one) for one in root.iter(etree.Element)):
        return None
    adds = [name for name in _APART if citation.get(name) == "true"]
    rule = citation.get(_RULE, "by-cite") if _APART[1] in adds else "by-cite"
    apart = without_disambiguation(source)
    return Qualities(
        plain=_plain(apart or source),
        shortening={} if entry is None else {name: entry.get(name) for name in _SHORTENING if name in entry.attrib},
        has_entries=entry is not None,
        sorts=entry is not None and entry.find(f"{_CSL}sort") is not None,
        has_positions=any(_has_position(one) for one in root.iter(etree.Element)),
        tells_apart=bool(adds) or apart is not None,
        tells_names=rule != "by-cite",
        words=frozenset(_words(root)),
    )


def order_alone(plain: bytes) -> bytes:
    """Return a style that prints nothing but the order of entries."""
    root = _parsed(plain)
    for part in ("citation", "bibliography"):
        _print_a_sign(root.find(f"{_CSL}{part}"))
    made: bytes = etree.tostring(root)
    return made


def entries_shortened(plain: bytes, shortening: Mapping[str, str]) -> bytes:
    """Return a style that prints nothing but entries, with `SUBSTITUTE` for what is not said again."""
    root = _parsed(plain)
    _print_a_sign(root.find(f"{_CSL}citation"))
    root.find(f"{_CSL}bibliography").attrib.update({**shortening, _SHORTENING[0]: SUBSTITUTE})
    made: bytes = etree.tostring(root)
    return made


def _depends(element: etree._Element) -> bool:
    named = {word.lower() for name in ("variable", "is-numeric") for word in element.get(name, "").split()}
    is_formed = element.tag == f"{_CSL}number" and element.get("form", "numeric") != "numeric" and "locator" in named
    return is_formed or not _OF_PAGE.isdisjoint(named) or "near-note" in element.get("position", "").split()


def _has_position(element: etree._Element) -> bool:
    return "position" in element.attrib or any(name in element.attrib for name in _SUBSEQUENT)


def _words(root: etree._Element) -> Iterator[str]:
    for element in root.iter(etree.Element):
        for name in _SAID:
            yield from _RUN.findall(element.get(name, "").casefold())


def _plain(source: bytes) -> bytes:
    root = _parsed(source)
    for name in (*_APART, _RULE):
        root.find(f"{_CSL}citation").attrib.pop(name, None)
    entry = root.find(f"{_CSL}bibliography")
    for name in _SHORTENING if entry is not None else ():
        entry.attrib.pop(name, None)
    made: bytes = etree.tostring(root)
    return made


def _print_a_sign(part: etree._Element) -> None:
    for child in list(part):
        if child.tag != f"{_CSL}sort" or part.tag == f"{_CSL}citation":
            part.remove(child)
    layout = etree.SubElement(part, f"{_CSL}layout")
    etree.SubElement(layout, f"{_CSL}text", value="x")


def _parsed(source: bytes) -> etree._Element:
    return etree.fromstring(source, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
