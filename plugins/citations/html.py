"""Make elements, and put HTML that is already sound into a tree."""

from __future__ import annotations

from functools import cache

from plugins.shared.html import Element, insert, make, parse


def element(tag: str, text: str | None = None, **attributes: str) -> Element:
    """Make an element; `class_` is its class, and `_` in a name stands for a hyphen."""
    made = make(tag, {_named(name): value for name, value in attributes.items()})
    made.text = text
    return made


@cache
def _named(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def parts(html: str) -> list[Element | str]:
    """Return the text and elements of a fragment."""
    root = parse(html)
    found: list[Element | str] = [root.text or ""]
    for child in list(root):
        tail, child.tail = child.tail or "", None
        found += [child, tail]
    return found


def fill(element: Element, html: str) -> None:
    """Put a fragment at the end of an element."""
    index = len(element)
    for part in parts(html):
        index = insert(element, index, part)


def insert_before(element: Element, html: str) -> None:
    parent = element.getparent()
    assert parent is not None
    index = parent.index(element)
    for part in parts(html):
        index = insert(parent, index, part)


def close_up(element: Element) -> None:
    """Take away the space before an element."""
    before, parent = element.getprevious(), element.getparent()
    assert parent is not None
    if before is not None:
        before.tail = (before.tail or "").rstrip(SPACE)
    elif parent.text:
        parent.text = parent.text.rstrip(SPACE)


SPACE = " \t\n\r\u00a0\u202f\u2009"
