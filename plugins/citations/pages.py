"""A page in work: put formatted citations and note marks into its tree."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from plugins.citations import notes, placing
from plugins.citations.clean import clean
from plugins.citations.marks import Marker, Marks, Note
from plugins.citations.model import Citation, Formatted
from plugins.shared.html import Element, insert, parse, replace


@dataclass(slots=True)
class Page:
    """A page in work: its tree, its marks, and where each work is cited."""

    root: Element
    marks: Marks
    places: dict[str, list[str]] = field(default_factory=dict)
    in_text: int = 0  # how many citations stand in the text
    raised: list[Element] = field(default_factory=list)  # what stands as a mark does, and moves behind punctuation

    def cite(self, citation: Citation, place: str) -> None:
        for item in citation:
            places = self.places.setdefault(item.id, [])
            if place not in places:
                places.append(place)


def _linked(formatted: Formatted, ids: Mapping[str, str]) -> Formatted:
    """Return a sound citation whose links lead to the works' entries."""

    def target(match: re.Match[str]) -> str:
        return f'href="#{ids.get(unquote(match[1]).replace("&amp;", "&"), "")}"'

    text = re.sub(r'href="#ref-([^"]*)"', target, clean(formatted.text))
    return Formatted(text, clean(formatted.note))


def set_citation(page: Page, marker: Marker, formatted: Formatted, ids: Mapping[str, str]) -> None:
    """Put a citation where its marker stands; links in it lead to the works' entries."""
    formatted = _linked(formatted, ids)
    if marker.inside:
        _set_inside(page, marker, formatted)
    elif marker.note:
        _set_note(page, marker, marker.note, formatted)
    else:
        _set_in_text(page, marker, formatted)


def _set_inside(page: Page, marker: Marker, formatted: Formatted) -> None:
    assert marker.note is not None
    text = formatted.note if marker.own_sentence and formatted.note else formatted.text
    if marker.in_parentheses:
        text = text.removeprefix("(").removesuffix(")")
    following = (marker.element.tail or "").lstrip()[:1]
    if text.endswith(".") and following and following in ".,;:!?":
        text = text.removesuffix(".")
    page.cite(marker.citation, marker.note.mark_id(1))
    replace(marker.element, *_parts(text))


def _set_note(page: Page, marker: Marker, note: Note, formatted: Formatted) -> None:
    note.text = notes.paragraph(formatted.note)
    page.cite(marker.citation, note.mark_id(1))
    if formatted.text:
        _insert_before(marker.element, formatted.text)
    note.marks.append(marker.element)
    page.raised.append(marker.element)


def _set_in_text(page: Page, marker: Marker, formatted: Formatted) -> None:
    page.in_text += 1
    place = f"cite-{page.in_text}"
    made = parse(formatted.text)
    made.tag = "span"
    for name, value in (("class", "cited"), ("data-apparatus", ""), ("id", place)):
        made.set(name, value)
    page.cite(marker.citation, place)
    replace(marker.element, made)
    if formatted.text.startswith("<sup>"):
        page.raised.append(made)


def _parts(html: str) -> list[Element | str]:
    """Return the text and elements of a fragment."""
    root = parse(html)
    parts: list[Element | str] = [root.text or ""]
    for child in list(root):
        tail, child.tail = child.tail or "", None
        parts += [child, tail]
    return parts


def _insert_before(element: Element, html: str) -> None:
    parent = element.getparent()
    assert parent is not None
    index = parent.index(element)
    for part in _parts(html):
        index = insert(parent, index, part)


def set_marks(page: Page) -> None:
    """Put the marks of all notes in their places."""
    raised = {element: element for element in page.raised}
    for note in page.marks.notes:
        for place, element in enumerate(note.marks, start=1):
            mark = notes.mark(note, place)
            replace(element, mark)
            if element in raised:
                raised[element] = mark
    for mark in raised.values():
        placing.settle(mark)
    placing.separate(page.root)
    for note in page.marks.notes:
        if note.text is not None:
            placing.separate(note.text)
