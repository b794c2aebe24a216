"""A text that cites nothing: it gets the ids of its paragraphs, and their numbers in `body`."""

from __future__ import annotations

from plugins.citations.ids import Ids
from plugins.citations.paragraphs import add_links, give_ids
from plugins.shared.html import parse, serialise


def numbered(html: str, *, end: str, numbers: bool) -> tuple[str, str]:
    """Return the text for any theme, and as `body`; its ids end in `end`."""
    root = parse(html)
    if numbers:
        give_ids(root)
    Ids(end).extend(root)
    content = serialise(root)
    if not numbers:
        return content, content
    add_links(root)
    return content, serialise(root)
