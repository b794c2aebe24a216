"""Read the headings of a text off its HTML."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
from itertools import count

from markupsafe import Markup

from plugins.contents.model import Heading
from plugins.shared import html


_START = re.compile(r"<h([2-6])[\s>]")
_AROUND = frozenset({"div", "section", "article", "main"})  # a heading in a quotation or a table is none of the text's
_LEFT_OUT = frozenset({"img", "picture", "audio", "video", "svg", "iframe", "br", "wbr"})
_KEPT = frozenset({"lang", "dir"})
_TYPESET = frozenset({"caps", "amp"})  # classes of the typographer, which are about how letters are set


def contents(text: str, least: int, depth: int) -> tuple[Heading, ...]:
    """Return the headings of a text down to a level, as a tree; none if they are fewer than `least`."""
    if sum(int(level) <= depth for level in _START.findall(text)) < least:
        return ()
    found = list(_headings(html.parse(text), depth))
    return _tree(found) if len(found) >= least else ()


def _headings(root: html.Element, depth: int) -> Iterator[Heading]:
    for element in root.iter(*(f"h{level}" for level in range(2, depth + 1))):
        words = _words(element) if element.get("id") and _is_of_text(element) else ""
        if words:
            yield Heading(int(element.tag[1]), element.get("id"), Markup(words))  # noqa: S704 -- of sanitised HTML


def _is_of_text(heading: html.Element) -> bool:
    """Tell whether a heading is of the words themselves: not in a quotation, nor that of the notes."""
    return all(
        around.tag in _AROUND and not around.get("role", "").startswith("doc-") for around in heading.iterancestors()
    )


def _words(heading: html.Element) -> str:
    """Return the words of a heading as HTML that may stand in a link."""
    own = copy.deepcopy(heading)
    own.tail = None
    for element in list(own.iterdescendants("*")):
        if _is_apparatus(element):
            html.replace(element)
    for element in list(own.iterdescendants("*")):
        kept = {name: value for name, value in element.attrib.items() if name in _KEPT or value in _TYPESET}
        element.attrib.clear()
        element.attrib.update(kept)
        if element.tag == "a" or (element.tag == "span" and not kept):
            html.unwrap(element)
    return html.serialise(own).strip() if html.plain_text(own) else ""


def _is_apparatus(element: html.Element) -> bool:
    is_note = element.get("data-apparatus") is not None or element.get("id", "").startswith("fnref")
    return is_note or element.tag in _LEFT_OUT


def _tree(headings: Sequence[Heading]) -> tuple[Heading, ...]:
    """Put headings below those that they stand under; one of a deeper level than its first neighbour's is beside it."""
    found: list[Heading] = []
    index = 0
    while index < len(headings):
        first = headings[index]
        end = next(at for at in count(index + 1) if at == len(headings) or headings[at].level <= first.level)
        found.append(Heading(first.level, first.id, first.html, _tree(headings[index + 1 : end])))
        index = end
    return tuple(found)
