"""Make of a style one that prints the entry of a work as though no other stood beside it.

Many entries can then be printed at once, which takes a hundredth of the time of one after another: a style takes longer
to read than an entry to print.
"""

from __future__ import annotations

from lxml import etree

from plugins.citations.ambiguity import without_disambiguation


_CSL = "{http://purl.org/net/xbiblio/csl}"
# What tells neighbours apart, or sets them side by side.
_AMONG_OTHERS = (
    "subsequent-author-substitute",
    "subsequent-author-substitute-rule",
    "second-field-align",
    "line-spacing",
    "entry-spacing",
    "hanging-indent",
)
_MARKS = ("citation-number", "citation-label")
# No two of these are alike, so that nothing is to be told apart.
_CITATION = f'<citation xmlns="{_CSL[1:-1]}"><layout><text variable="citation-number"/></layout></citation>'


def alone(source: bytes) -> bytes:
    """Return a style whose entries depend on nothing but their items; without entries, full citations are those."""
    plain = without_disambiguation(source) or source
    root = etree.fromstring(plain, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    citation, entry = root.find(f"{_CSL}citation"), root.find(f"{_CSL}bibliography")
    if entry is None:
        entry = etree.SubElement(root, f"{_CSL}bibliography")
        entry.extend(citation.findall(f"{_CSL}layout"))
    for name in _AMONG_OTHERS:
        entry.attrib.pop(name, None)
    for sort in entry.findall(f"{_CSL}sort"):
        entry.remove(sort)
    for mark in [one for one in root.iter() if one.get("variable") in _MARKS and one.tag != f"{_CSL}key"]:
        _take_out(mark)
    root.replace(citation, etree.fromstring(_CITATION))
    _forget_unused(root, entry)
    made: bytes = etree.tostring(root)
    return made


def _take_out(mark: etree._Element) -> None:
    parent = mark.getparent()
    assert parent is not None
    parent.remove(mark)


def _forget_unused(root: etree._Element, entry: etree._Element) -> None:
    """Leave out the macros that no entry asks for: they are most of some styles, and take their time to read."""
    macros = {macro.get("name"): macro for macro in root.findall(f"{_CSL}macro")}
    used: set[str] = set()
    waiting = [entry]
    while waiting:
        names = {name for one in waiting.pop().iter() if (name := one.get("macro")) in macros} - used
        used |= names
        waiting += [macros[name] for name in names]
    for name in macros.keys() - used:
        root.remove(macros[name])
