"""Put note marks where a printer would: behind the punctuation, close to the word, apart from each other."""

from __future__ import annotations

import re

from plugins.citations.html import SPACE, close_up
from plugins.shared.html import Element, make


_PUNCTUATION = re.compile(r"(?:[.,;:!?…。，、；：！？”»」』\"]|[’'](?!\w))+")
_ENDS_SENTENCE = re.compile(r"[.!?…。！？][”’\"'»」』]*$")
_COMMA = re.compile(r"[,;:，；：、]")
_COMMA_AT_END = re.compile(rf"{_COMMA.pattern}\Z")
_INLINE = frozenset("b cite del em i ins mark q s small span strong u".split())


def is_note_mark(element: Element | None) -> bool:
    return element is not None and element.tag == "sup" and element.get("class") == "note-mark"


def is_mark(element: Element | None) -> bool:
    """Tell whether an element is a note's mark, or a raised citation, which stands as one does."""
    return is_note_mark(element) or is_raised(element)


def is_raised(element: Element | None) -> bool:
    return (
        element is not None
        and element.tag == "span"
        and element.get("data-apparatus") is not None
        and not element.text
        and [child.tag for child in element] == ["sup"]
        and not element[0].tail
    )


def settle(mark: Element) -> None:
    """Take away the space before a mark and move it behind the punctuation that follows, out of emphasis if need be."""
    close_up(mark)
    first = _first_of_run(mark)
    match = _PUNCTUATION.match(mark.tail or "")
    if match:
        mark.tail = (mark.tail or "")[match.end() :]
        _append_before(first, match[0])
    elif _can_leave(first, mark):
        _leave(first, mark)
        settle(mark)


def separate(root: Element) -> None:
    """Put a raised comma between marks that touch."""
    for mark in list(root.iter("sup", "span")):
        before = mark.getprevious()
        if before is not None and is_mark(mark) and is_mark(before) and not before.tail:
            comma = make("sup", {"class": "note-separator", "data-apparatus": ""})
            comma.text = ", "
            mark.addprevious(comma)


def _first_of_run(mark: Element) -> Element:
    first = mark
    while (before := first.getprevious()) is not None and is_mark(before) and not before.tail:
        first = before
    return first


def _append_before(element: Element, text: str) -> None:
    """Append punctuation to what stands before an element; a sentence that has ended gets no second full stop."""
    before, parent = element.getprevious(), element.getparent()
    assert parent is not None
    standing = (before.tail if before is not None else parent.text) or ""
    if text.startswith(".") and _ENDS_SENTENCE.search(standing or _words_of(before)):
        text = text[1:]
    if _COMMA.match(text) or _ENDS_SENTENCE.match(text):
        standing = _COMMA_AT_END.sub("", standing)  # it stood between two citations
    if before is not None:
        before.tail = standing + text
    else:
        parent.text = standing + text


def _words_of(element: Element | None) -> str:
    return "" if element is None else str(element.text_content())


def _can_leave(first: Element, mark: Element) -> bool:
    """Tell whether a run of marks ends an emphasis, or several within each other, that punctuation follows."""
    parent = mark.getparent()
    assert parent is not None
    if first.getprevious() is None and not parent.text:
        return False
    element, tail = mark, (mark.tail or "").strip(SPACE)
    while (
        not tail and element.getnext() is None and (outer := element.getparent()) is not None and outer.tag in _INLINE
    ):
        element, tail = outer, outer.tail or ""
    return element is not mark and bool(_PUNCTUATION.match(tail))


def _leave(first: Element, mark: Element) -> None:
    """Move the marks from `first` to `mark` out of their parent, to right behind it."""
    parent = mark.getparent()
    assert parent is not None
    outer = parent.getparent()
    assert outer is not None
    run, tail = list(parent)[parent.index(first) :], parent.tail
    parent.tail = mark.tail = None
    place = outer.index(parent) + 1
    for offset, element in enumerate(run):
        outer.insert(place + offset, element)
    mark.tail = tail
