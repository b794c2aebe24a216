"""Build the notes of a page: marks, asides beside their block, endnotes, and the list of works cited."""

from __future__ import annotations

import copy
from collections.abc import Iterable

from plugins.citations.html import element
from plugins.citations.marks import Note
from plugins.citations.model import Work
from plugins.citations.wording import Wording
from plugins.shared.html import Element, parse


def mark(note: Note, place: int) -> Element:
    made = element("sup", class_="note-mark", data_apparatus="", id=note.mark_id(place))
    made.append(element("a", str(note.number), href=f"#{note.id}", role="doc-noteref"))
    return made


def paragraph(text: str) -> Element:
    """Return a block of parsed HTML: the text of a citation note."""
    holder = element("div")
    made = parse(text)
    made.tag = "p"
    holder.append(made)
    return holder


def aside(note: Note, wording: Wording) -> Element:
    """Return a note as it stands beside its block."""
    made = element("aside", class_="note", id=note.id, role="doc-footnote")
    made.extend(_blocks(note))
    first = _leading_paragraph(made)
    number = _backlink(note, 1, str(note.number), "note-number", wording)
    number.set("data-apparatus", "")
    number.tail = f" {first.text or ''}"
    first.text = None
    first.insert(0, number)
    _append_links(made, [_backlink(note, place, "↑", "note-back", wording) for place in range(2, len(note.marks) + 1)])
    return made


def endnotes(notes: Iterable[Note], wording: Wording) -> Element:
    section = element("section", class_="notes", role="doc-endnotes")
    section.append(element("h2", wording.notes))
    listed = element("ol")
    section.append(listed)
    for note in notes:
        item = element("li", id=note.id)
        item.extend(_blocks(note))
        _append_links(
            item, [_backlink(note, place, "↑", "note-back", wording) for place in range(1, len(note.marks) + 1)]
        )
        listed.append(item)
    return section


def bibliography(works: Iterable[Work], wording: Wording) -> Element:
    """Return the list of works cited, each with links to the places that cite it."""
    section = element("section", class_="bibliography", role="doc-bibliography")
    section.append(element("h2", wording.works))
    listed = element("ol", class_="csl-bib-body")
    section.append(listed)
    for work in works:
        item = parse(work.html)
        item.tag = "li"
        item.set("class", "csl-entry")
        item.set("id", work.id)
        _append_to(item, [_place_link(place, wording) for place in work.places])
        listed.append(item)
    return section


def _blocks(note: Note) -> list[Element]:
    """Return copies of a note's blocks; words that stand in no block get a paragraph."""
    assert note.text is not None
    whole = copy.deepcopy(note.text)
    blocks = list(whole)
    if (whole.text or "").strip():
        whole.tag, whole.tail = "p", None
        whole.attrib.clear()
        return [whole]
    if blocks:
        blocks[-1].tail = None
    return blocks or [element("p")]


def _leading_paragraph(parent: Element) -> Element:
    if parent[0].tag != "p":
        parent.insert(0, element("p"))
    return parent[0]


def _backlink(note: Note, place: int, text: str, class_: str, wording: Wording) -> Element:
    label = wording.back(note.number, place)
    return element("a", text, class_=class_, href=f"#{note.mark_id(place)}", role="doc-backlink", aria_label=label)


def _place_link(place: str, wording: Wording) -> Element:
    kind, _, number = place.partition(".")[0].partition("-")
    text = number.partition("-")[0] if kind == "ref" else "↑"
    label = wording.cited(kind, number)
    return element("a", text, class_="work-place", href=f"#{place}", role="doc-backlink", aria_label=label)


def _append_links(parent: Element, links: list[Element]) -> None:
    if not links:
        return
    if parent[-1].tag != "p":
        parent.append(element("p"))
    _append_to(parent[-1], links)


def _append_to(block: Element, links: list[Element]) -> None:
    """Append links to a block, a space before each."""
    for link in links:
        link.set("data-apparatus", "")
        if len(block):
            block[-1].tail = f"{block[-1].tail or ''} "
        else:
            block.text = f"{block.text or ''} "
        block.append(link)
