"""A text that cites nothing: it gets the ids of its paragraphs, and their numbers in `body`."""

from __future__ import annotations

from collections.abc import Callable

from plugins.citations.ids import Ids
from plugins.citations.paragraphs import add_links, give_ids
from plugins.shared.html import parse, serialise


def numbered(html: str, *, end: str, named: Callable[[int], str] | None) -> tuple[str, str]:
    """Return the text for any theme, and as `body`; its ids end in `end`.

    Paragraphs are numbered if the links to them are `named`, by number.
    """
    root = parse(html)
    if named:
        give_ids(root)
    Ids(end).extend(root)
    content = serialise(root)
    if not named:
        return content, content
    add_links(root, named)
    return content, serialise(root)
