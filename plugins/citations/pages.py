"""A page in work: put formatted citations and note marks into its tree."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from plugins.citations import narrative, notes, placing
from plugins.citations.clean import clean
from plugins.citations.html import close_up, element, fill, insert_before, parts
from plugins.citations.ids import Ids
from plugins.citations.languages import Languages
from plugins.citations.marks import Marker, Marks, Note
from plugins.citations.model import Citation, Formatted
from plugins.citations.narrative import Names
from plugins.shared.html import Element, plain_text, replace


@dataclass(slots=True)
class Page:
    """A page in work: its tree, its marks, and where each work is cited."""

    root: Element
    marks: Marks
    languages: Languages
    in_notes: bool = False  # the style sets citations in notes
    ids: Ids = field(default_factory=Ids)
    entries: Mapping[str, str] = field(default_factory=dict)  # the ids of the works'
    names: Names = field(default_factory=Names)
    places: dict[str, list[str]] = field(default_factory=dict)
    in_text: int = 0  # how many citations stand in the text
    raised: list[Element] = field(default_factory=list)  # what stands as a mark does, and moves behind punctuation

    def mark_place(self, cited: Element) -> str:
        """Give a citation in the text the id of the next place."""
        self.in_text += 1
        place = self.ids.citation(self.in_text)
        cited.set("id", place)
        return place

    def cite(self, citation: Citation, place: str) -> None:
        for item in citation:
            places = self.places.setdefault(item.id, [])
            if place not in places:
                places.append(place)


def _linked(formatted: Formatted, marker: Marker, page: Page) -> Formatted:
    """Return a sound citation whose links lead to the works' entries; a work without one is not linked."""
    ids, keys = page.entries, [item.id for item in marker.citation]

    def target(match: re.Match[str]) -> str:
        return f'href="#{ids[unquote(match[1]).replace("&amp;", "&")]}"'

    def without_entry(match: re.Match[str]) -> str:
        return match[0] if unquote(match[1]).replace("&amp;", "&") in ids else "<a>"

    linked = re.sub(r'<a href="#ref-([^"]*)"[^>]*>', without_entry, formatted.text)
    text = re.sub(r'href="#ref-([^"]*)"', target, clean(linked))
    return Formatted(page.languages.mark(text, keys), page.languages.mark(clean(formatted.note), keys))


def set_citation(page: Page, marker: Marker, formatted: Formatted) -> None:
    """Put a citation where its marker stands; links in it lead to the works' entries."""
    formatted = _linked(formatted, marker, page)
    if marker.note and not marker.inside:
        _set_note(page, marker, marker.note, formatted)
    elif page.in_notes:
        _set_inside(page, marker, formatted)
    else:
        _set_in_text(page, marker, formatted)


def _set_inside(page: Page, marker: Marker, formatted: Formatted) -> None:
    """Put a citation into the text of a footnote, for a style whose citations are notes."""
    assert marker.note is not None
    text = formatted.note if marker.own_sentence and formatted.note else formatted.text
    if marker.in_parentheses and not marker.bare:
        text = text.removeprefix("(").removesuffix(")")
    following = (marker.element.tail or "").lstrip()[:1]
    if text.endswith(".") and following and following in ".,;:!?":
        text = text.removesuffix(".")
    if _names_author(marker):
        name = page.names.next(marker.citation[0].id)
        text = f"{name}{narrative.take_possessive(marker.element)} {text}"
    page.cite(marker.citation, marker.note.mark_id(1))
    replace(marker.element, *parts(text))


def _set_note(page: Page, marker: Marker, note: Note, formatted: Formatted) -> None:
    note.text = notes.paragraph(formatted.note)
    page.cite(marker.citation, note.mark_id(1))
    if marker.bare:
        words = ""
        if _names_author(marker):
            words = page.names.next(marker.citation[0].id) + narrative.take_possessive(marker.element)
        insert_before(marker.element, words)
        marker.element.clear(keep_tail=True)
    note.marks.append(marker.element)
    page.raised.append(marker.element)


def _set_in_text(page: Page, marker: Marker, formatted: Formatted) -> None:
    made, mark = _with_author(page, marker, formatted.text) if _names_author(marker) else _apparatus(marker, formatted)
    page.cite(marker.citation, marker.note.mark_id(1) if marker.note else page.mark_place(made))
    replace(marker.element, made)
    if placing.is_raised(mark):
        page.raised.append(mark)


def _apparatus(marker: Marker, formatted: Formatted) -> tuple[Element, Element]:
    made = element("span", class_="cited", data_apparatus="")
    fill(made, formatted.text)
    if not formatted.text:
        close_up(marker.element)
    return made, made


def _with_author(page: Page, marker: Marker, text: str) -> tuple[Element, Element | None]:
    key = marker.citation[0].id
    author, rest = narrative.split(text)
    target = f"#{page.entries[key]}" if key in page.entries else ""
    name = page.names.next(key)
    if not author:
        author, rest = name, narrative.without(name, rest)
    author = narrative.spoken(author, name)
    return narrative.compose(author, rest, target, narrative.take_possessive(marker.element))


def _names_author(marker: Marker) -> bool:
    return marker.bare and marker.citation[0].mode == "author-in-text"


def set_marks(page: Page) -> None:
    """Put the marks of all notes in their places."""
    raised = {mark: mark for mark in page.raised}
    for note in page.marks.notes:
        for place, marked in enumerate(note.marks, start=1):
            mark = notes.mark(note, place)
            replace(marked, mark)
            if marked in raised:
                raised[marked] = mark
    for mark in raised.values():
        placing.settle(mark)
    placing.separate(page.root)
    for note in page.marks.notes:
        if note.text is not None:
            placing.separate(note.text)


def set_contents(page: Page) -> None:
    """Have the table of contents say what the headings say that name an author."""
    headings = {f"#{heading.get('id')}": heading for heading in page.marks.headings}
    for link in page.root.iterfind(".//div[@class='toc']//a") if headings else ():
        if (heading := headings.get(link.get("href"))) is not None:
            link.text = plain_text(heading)
