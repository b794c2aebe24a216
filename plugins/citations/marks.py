"""Find what a page's notes are made of: footnotes, their definitions, and citation markers. Number them once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from plugins.citations.footnotes import CODE, footnote_name, take_definitions
from plugins.citations.ids import Ids
from plugins.citations.model import Citation, PlacedCitation
from plugins.citations.written import as_written, citation_of, is_bare
from plugins.shared.html import Element, replace, unwrap


_SENTENCE_END = re.compile(r"[.!?…。！？][”’\"')\]»」』）]*\s*$")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_INLINE = frozenset("a abbr b cite code del em i ins kbd mark q s small span strong sub sup u var".split())


@dataclass(slots=True)
class Note:
    """A note: its number, the element that holds its text, and its marks in order."""

    number: int
    text: Element | None  # a footnote's definition; a citation's text is not known before it is formatted
    ids: Ids
    marks: list[Element] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.ids.note(self.number)

    def mark_id(self, place: int) -> str:
        """Return the id of the note's mark at a place, counted from 1."""
        return self.ids.mark(self.number, place)


@dataclass(slots=True)
class Marker:
    """A citation's marker, and the note it makes or stands in."""

    element: Element
    citation: Citation
    note: Note | None = None
    bare: bool = False  # its first key is part of the sentence
    inside: bool = False  # in the text of a footnote
    own_sentence: bool = False  # there, at its start or after a full stop
    in_parentheses: bool = False  # there, within parentheses of the author's


@dataclass(slots=True)
class Marks:
    notes: list[Note] = field(default_factory=list)
    markers: list[Marker] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)  # as written: keys of no item in a sentence, which may be handles
    headings: list[Element] = field(default_factory=list)  # whose words hold an author's name
    unused: list[str] = field(default_factory=list)  # footnotes that no mark leads to

    def placed(self) -> tuple[PlacedCitation, ...]:
        return tuple(
            PlacedCitation(
                marker.citation, marker.note.number if marker.note else 0, marker.inside and not marker.own_sentence
            )
            for marker in self.markers
        )


def collect(root: Element, *, known: frozenset[str] | None, in_notes: bool, ids: Ids) -> Marks:
    """Take the footnotes' definitions out of a page and number its notes in the order of their marks.

    A citation with a key that is not known makes no note. A citation in a footnote's text makes none either.
    """
    count = _Count(take_definitions(root), known, in_notes, ids)
    count.visit(root, None)
    count.marks.unused = [name for name in count.definitions if name not in count.by_name]
    return count.marks


@dataclass(slots=True)
class _Count:
    """The counting of a page's notes."""

    definitions: dict[str, Element]
    known: frozenset[str] | None
    in_notes: bool
    ids: Ids
    marks: Marks = field(default_factory=Marks)
    by_name: dict[str, Note] = field(default_factory=dict)

    def visit(self, within: Element, note: Note | None) -> None:
        elements, gone = list(within.iter("sup", "span")), set()
        for element in elements:
            if element in gone:
                continue
            name = footnote_name(element)
            if name is not None and name in self.definitions:
                self._meet_footnote(element, name)
            elif citation := citation_of(element):
                marker = Marker(element, citation, note, is_bare(element), inside=note is not None)
                if self._is_citation(marker):
                    self._meet_citation(marker)
                    gone.update(element.iter("span"))  # what stands in brackets behind a key is part of the citation
            elif element.get("data-citation") is not None:
                element.drop_tree()  # forged

    def _is_citation(self, marker: Marker) -> bool:
        """Tell a citation from a handle, and from what stands in code or a link; those become the words they were."""
        if _is_quoted(marker.element):
            _put_back(marker)
            return False
        if marker.bare and (self.known is None or marker.citation[0].id not in self.known):
            if self.known is not None:
                self.marks.loose.append(str(marker.element.text_content()))
            _put_back(marker)
            return False
        return True

    def _meet_footnote(self, element: Element, name: str) -> None:
        if name in self.by_name:
            self.by_name[name].marks.append(element)
            return
        note = self.by_name[name] = self._new_note(self.definitions[name])
        note.marks.append(element)
        self.visit(self.definitions[name], note)

    def _meet_citation(self, marker: Marker) -> None:
        if marker.inside:
            before = "".join(_text_before(marker.element))
            marker.own_sentence = not marker.bare and (not before.strip() or bool(_SENTENCE_END.search(before)))
            marker.in_parentheses = before.count("(") > before.count(")")
        elif self.in_notes and self.known is not None and all(item.id in self.known for item in marker.citation):
            marker.note = self._new_note(None)
        self.marks.markers.append(marker)
        if marker.bare and (heading := next(marker.element.iterancestors(*_HEADINGS), None)) is not None:
            self.marks.headings.append(heading)

    def _new_note(self, text: Element | None) -> Note:
        note = Note(len(self.marks.notes) + 1, text, self.ids)
        self.marks.notes.append(note)
        return note


def _put_back(marker: Marker) -> None:
    """Make a marker the words that it was made of."""
    if marker.bare:
        for brackets in marker.element.xpath("span[not(@*)]"):
            unwrap(brackets)
        unwrap(marker.element)
    else:
        replace(marker.element, as_written(marker.citation))


def _is_quoted(element: Element) -> bool:
    return next(element.iterancestors("a", *CODE), None) is not None


def _text_before(element: Element) -> Iterator[str]:
    """Yield what stands before an element in its block."""
    parent = element.getparent()
    if parent is None:
        return
    if parent.tag in _INLINE:
        yield from _text_before(parent)
    yield parent.text or ""
    for sibling in parent[: parent.index(element)]:
        yield from (str(part) for part in sibling.itertext())
        yield sibling.tail or ""
