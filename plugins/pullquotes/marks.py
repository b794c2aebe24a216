"""Marks in resolved HTML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from plugins.pullquotes.model import ATTRIBUTE, SIDES, Mark
from plugins.shared import html, markers


#: What tells one mark from another in two trees of the same essay.
Identity = tuple[str, str]


def marks_in(root: html.Element) -> Iterator[tuple[html.Element, Mark]]:
    """Yield the marked elements with their marks, in document order."""
    for element in list(root.iter("span")):
        mark = _mark(element.get(ATTRIBUTE))
        if mark:
            yield element, mark


def identity(element: html.Element) -> Identity:
    return element.get(ATTRIBUTE), html.plain_text(element)


def without_marks(fragment: str) -> str:
    """Return HTML with the words of each mark and nothing of the mark: for a summary or a title."""
    if ATTRIBUTE not in fragment:
        return fragment
    root = html.parse(fragment)
    remove_marks(root)
    return html.serialise(root)


def remove_marks(root: html.Element) -> None:
    """Take away every marker, those that are none of ours among them."""
    for element in list(root.iter("span")):
        if element.attrib.pop(ATTRIBUTE, None) is None:
            continue
        classes = [name for name in element.get("class", "").split() if name != "pull"]
        if classes:
            element.set("class", " ".join(classes))
        else:
            element.attrib.pop("class", None)
        if not element.attrib:
            html.unwrap(element)


def _mark(value: str | None) -> Mark | None:
    data: Any = markers.decode(value) if value else None
    if not isinstance(data, dict):
        return None
    side, text, cite, raw = (data.get(name) for name in ("side", "text", "cite", "raw"))
    if side not in (*SIDES, None) or any(not isinstance(part, str | None) for part in (text, cite, raw)):
        return None
    return Mark(side, text, cite, raw or "")
