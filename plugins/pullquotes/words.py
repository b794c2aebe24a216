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

#: From and to in the words, and what is put before them.
Passage = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class _Slot:
    """A run of the words: the text of an element, what follows it, or a line break."""

    element: Element
    part: str
    start: int
    text: str


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
        for slot in self._slots:
            kept = "".join(_kept(slot, passages))
            if slot.part == "break":
                slot.element.set("data-cut", "") if not kept else None
            else:
                setattr(slot.element, slot.part, kept)
        _prune(self._root)
        html.insert(self._root, len(self._root), end)

    def html(self) -> str:
        return html.serialise(self._root).strip()

    def plain(self) -> str:
        return html.plain_text(self._root)

    def _collect(self, element: Element) -> None:
        self._add(element, "text", element.text or "")
        for child in element:
            if child.tag in _VOID:
                self._add(child, "break", "\n" if child.tag == "br" else "")
            else:
                self._collect(child)
            self._add(child, "tail", child.tail or "")

    def _add(self, element: Element, part: str, text: str) -> None:
        start = self._slots[-1].start + len(self._slots[-1].text) if self._slots else 0
        self._slots.append(_Slot(element, part, start, text))


def _kept(slot: _Slot, passages: tuple[Passage, ...]) -> Iterable[str]:
    for start, end, lead in passages:
        first, last = max(start - slot.start, 0), min(end - slot.start, len(slot.text))
        if first >= last:
            continue
        if start >= slot.start:
            yield lead
        yield slot.text[first:last]


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
        if element.get("data-cut") is not None or (element.tag not in _VOID and not len(element) and not element.text):
            html.replace(element)
