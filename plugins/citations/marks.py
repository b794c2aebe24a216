"""Find what a page's notes are made of: footnotes, their definitions, and citation markers. Number them once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from plugins.citations import labels
from plugins.citations.model import MODES, Citation, CitationItem, PlacedCitation
from plugins.shared.html import Element, with_class
from plugins.shared.markers import decode


_SENTENCE_END = re.compile(r"[.!?…。！？][”’\"')\]»」』）]*\s*$")
_MARK = re.compile(r"\[\^([^\]\n]+)\]")
_CODE = frozenset(("code", "kbd", "pre", "samp", "script", "style", "textarea"))
_INLINE = frozenset("a abbr b cite code del em i ins kbd mark q s small span strong sub sup u var".split())


@dataclass(slots=True)
class Note:
    """A note: its number, the element that holds its text, and its marks in order."""

    number: int
    text: Element | None  # a footnote's definition; a citation's text is not known before it is formatted
    marks: list[Element] = field(default_factory=list)

    def mark_id(self, place: int) -> str:
        """Return the id of the note's mark at a place, counted from 1."""
        return f"ref-{self.number}" if place == 1 else f"ref-{self.number}-{place}"


@dataclass(slots=True)
class Marker:
    """A citation's marker, and the note it makes or stands in."""

    element: Element
    citation: Citation
    note: Note | None = None
    inside: bool = False  # in the text of a footnote
    own_sentence: bool = False  # there, at its start or after a full stop
    in_parentheses: bool = False  # there, within parentheses of the author's


@dataclass(slots=True)
class Marks:
    notes: list[Note] = field(default_factory=list)
    markers: list[Marker] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)  # footnotes that no mark leads to

    def placed(self) -> tuple[PlacedCitation, ...]:
        return tuple(
            PlacedCitation(
                marker.citation, marker.note.number if marker.note else 0, marker.inside and not marker.own_sentence
            )
            for marker in self.markers
        )


def collect(root: Element, *, known: frozenset[str] | None, in_notes: bool) -> Marks:
    """Take the footnotes' definitions out of a page and number its notes in the order of their marks.

    A citation with a key that is not known makes no note. A citation in a footnote's text makes none either.
    """
    count = _Count(_take_definitions(root), known, in_notes)
    count.visit(root, None)
    count.marks.unused = [name for name in count.definitions if name not in count.by_name]
    return count.marks


@dataclass(slots=True)
class _Count:
    """The counting of a page's notes."""

    definitions: dict[str, Element]
    known: frozenset[str] | None
    in_notes: bool
    marks: Marks = field(default_factory=Marks)
    by_name: dict[str, Note] = field(default_factory=dict)

    def visit(self, within: Element, note: Note | None) -> None:
        for element in list(within.iter("sup", "span")):
            name = _footnote_name(element)
            if name is not None and name in self.definitions:
                self._meet_footnote(element, name)
            elif citation := citation_of(element):
                self._meet_citation(Marker(element, citation, note, inside=note is not None))
            elif element.get("data-citation") is not None:
                element.drop_tree()  # forged

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
            marker.own_sentence = not before.strip() or bool(_SENTENCE_END.search(before))
            marker.in_parentheses = before.count("(") > before.count(")")
        elif self.in_notes and self.known is not None and all(item.id in self.known for item in marker.citation):
            marker.note = self._new_note(None)
        self.marks.markers.append(marker)

    def _new_note(self, text: Element | None) -> Note:
        note = Note(len(self.marks.notes) + 1, text)
        self.marks.notes.append(note)
        return note


def undefined(root: Element) -> tuple[str, ...]:
    """Return the names of marks that stayed text, as no footnote has the name. Code is left alone."""
    found: dict[str, None] = {}
    for element in root.iter("*"):
        if not _in_code(element):
            found.update(dict.fromkeys(_MARK.findall(element.text or "")))
        if not _in_code(element.getparent()):
            found.update(dict.fromkeys(_MARK.findall(element.tail or "")))
    return tuple(found)


def _in_code(element: Element | None) -> bool:
    return element is not None and (element.tag in _CODE or _in_code(element.getparent()))


def _take_definitions(root: Element) -> dict[str, Element]:
    """Return the footnotes' definitions by name, without their back-links."""
    found: dict[str, Element] = {}
    for section in list(with_class(root, "footnote")):
        if section.tag != "div":
            continue
        for item in section.iterfind("ol/li"):
            name = item.get("id", "")
            if name.startswith("fn:"):
                _drop_backlinks(item)
                found[name.removeprefix("fn:")] = item
        parent = section.getparent()
        assert parent is not None
        parent.remove(section)
    return found


def _drop_backlinks(item: Element) -> None:
    for link in list(with_class(item, "footnote-backref")):
        parent = link.getparent()
        assert parent is not None
        link.drop_tree()
        _strip_end(parent)
        if parent.tag == "p" and not len(parent) and not (parent.text or "").strip() and len(item) > 1:
            parent.drop_tree()


def _strip_end(element: Element) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip()
    else:
        element.text = (element.text or "").rstrip()


def _footnote_name(element: Element) -> str | None:
    if element.tag != "sup" or not element.get("id", "").startswith("fnref"):
        return None
    link = element.find("a")
    target = link.get("href", "") if link is not None else ""
    return target.removeprefix("#fn:") if target.startswith("#fn:") else None


def citation_of(element: Element) -> Citation | None:
    """Return the citation of a marker. An author can forge one, so each shape is checked."""
    written = element.get("data-citation")
    data = decode(written) if written is not None else None
    if not isinstance(data, list) or not data:
        return None
    items = [_item_of(entry) for entry in data]
    sound = tuple(item for item in items if item is not None)
    return sound if len(sound) == len(items) else None


def _item_of(entry: Any) -> CitationItem | None:
    if not isinstance(entry, dict) or not entry.keys() <= set(CitationItem.__slots__):
        return None
    texts = [entry.get("id"), entry.get("prefix", ""), entry.get("suffix", "")]
    locator, label = entry.get("locator"), entry.get("label")
    sound = (
        all(isinstance(text, str) for text in texts)
        and entry.get("mode", "normal") in MODES
        and ((locator is None and label is None) or (isinstance(locator, str) and label in labels.WORDS))
    )
    return CitationItem(**entry) if sound else None


def _text_before(element: Element) -> Iterator[str]:
    """Yield what stands before an element in its block."""
    parent = element.getparent()
    if parent is None:
        return
    if parent.tag in _INLINE:
        yield from _text_before(parent)
    yield parent.text or ""
    for sibling in element.itersiblings(preceding=True):
        yield from (str(part) for part in sibling.itertext())
        yield sibling.tail or ""
