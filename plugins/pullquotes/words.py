"""The words of a mark as phrasing HTML that holds nothing to click, and parts of them."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass

from plugins.shared import html
from plugins.shared.html import Element


_KEPT = frozenset(
    "abbr b bdi bdo br cite code data del dfn em i ins kbd mark q rb rp rt rtc ruby s samp small span strong sub sup "
    "time u var wbr".split()
)
_DROPPED = frozenset(
    "audio button canvas embed form iframe img input map math meter noscript object picture progress script select "
    "style svg template textarea video".split()
)
_ATTRIBUTES = frozenset({"class", "dir", "lang"})
_VOID = frozenset({"br", "wbr"})
_CUT = "data-cut"

#: From and to in the words, and what is put before them.
Passage = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class _Slot:
    """A run of the words: the text of an element, what follows it, or a line break."""

    element: Element
    part: str
    start: int
    text: str
    depth: int


class Words:
    """A copy of a marked element: words and phrasing, no apparatus, links, ids, images or controls."""

    def __init__(self, marked: Element) -> None:
        self._root = copy.deepcopy(marked)
        self._root.tail = None
        _drop(self._root)
        self._slots: list[_Slot] = []
        self._collect(self._root)
        self.text = "".join(slot.text for slot in self._slots)

    def cut(self, passages: Iterable[Passage], end: str = "") -> None:
        """Keep these passages of `text` only, each after its own lead; put `end` behind the last."""
        passages = tuple(passages)
        leads = self._places_of_leads(passages)
        for number, slot in enumerate(self._slots):
            kept = "".join(
                (lead if leads[index] == number else "") + _kept(slot, start, stop)
                for index, (start, stop, lead) in enumerate(passages)
            )
            if slot.part != "break":
                setattr(slot.element, slot.part, kept)
            elif not kept:
                slot.element.set(_CUT, "")
        _prune(self._root)
        html.insert(self._root, len(self._root), end)

    def _places_of_leads(self, passages: tuple[Passage, ...]) -> list[int]:
        """Choose the slot for the lead of each passage: between it and the one before, outside their markup."""
        places, before = [], 0
        for start, stop, _ in passages:
            between = range(before, self._slot_at(start) + 1)
            writable = [number for number in between if self._slots[number].part != "break"]
            places.append(min(writable, key=lambda number: self._slots[number].depth))
            before = self._slot_at(stop - 1)
        return places

    def _slot_at(self, position: int) -> int:
        return next(
            number for number, slot in enumerate(self._slots) if slot.start <= position < slot.start + len(slot.text)
        )

    def html(self) -> str:
        return html.serialise(self._root).strip()

    def plain(self) -> str:
        return html.plain_text(self._root)

    def _collect(self, element: Element, depth: int = 0) -> None:
        self._add(element, "text", element.text or "", depth)
        for child in element:
            if child.tag in _VOID:
                self._add(child, "break", "\n" if child.tag == "br" else "", depth)
            else:
                self._collect(child, depth + 1)
            self._add(child, "tail", child.tail or "", depth)

    def _add(self, element: Element, part: str, text: str, depth: int) -> None:
        start = self._slots[-1].start + len(self._slots[-1].text) if self._slots else 0
        self._slots.append(_Slot(element, part, start, text, depth))


def _kept(slot: _Slot, start: int, end: int) -> str:
    return slot.text[max(start - slot.start, 0) : max(end - slot.start, 0)]


def _drop(root: Element) -> None:
    for element in [part for part in root.iter() if part is not root]:
        if element.getparent() is None:
            continue  # inside one that is gone
        if not isinstance(element.tag, str) or element.tag in _DROPPED or _is_apparatus(element):
            html.replace(element)
        elif element.tag not in _KEPT:
            html.unwrap(element)
        else:
            _strip(element)


def _strip(element: Element) -> None:
    for name in set(element.attrib) - _ATTRIBUTES:
        del element.attrib[name]
    if element.tag == "span" and not element.attrib:
        html.unwrap(element)


def _is_apparatus(element: Element) -> bool:
    return element.get("data-apparatus") is not None or element.get("id", "").startswith("fnref")


def _prune(root: Element) -> None:
    """Take away what a cut has emptied."""
    for element in reversed([part for part in root.iter() if part is not root]):
        if element.get(_CUT) is not None or (element.tag not in _VOID and not len(element) and not element.text):
            html.replace(element)
