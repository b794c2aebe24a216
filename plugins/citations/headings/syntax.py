"""Take keys out of headings while the table of contents is made."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor


BEHIND = "behind-key"  # the element, for a while, of brackets behind a key: no citation is sought in them again
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class Hidden(Treeprocessor):
    """Finish the markers, and take the keys in headings away."""

    def __init__(self, md: Markdown, has_news: Callable[[], bool]) -> None:
        super().__init__(md)
        self._has_news = has_news
        self.kept: list[tuple[ET.Element, str | None, list[ET.Element]]] = []

    def run(self, root: ET.Element) -> None:
        self.kept = []
        if not self._has_news():
            return
        for brackets in list(root.iter(BEHIND)):
            brackets.tag = "span"
        for heading in (element for element in root.iter() if element.tag in _HEADINGS):
            self.kept += [(span, span.text, list(span)) for span in heading.iter("span") if span.get("data-citation")]
        for element, _, children in self.kept:
            element.text = None
            for child in children:
                element.remove(child)


class Shown(Treeprocessor):
    """Put the keys in headings back."""

    def __init__(self, md: Markdown, hidden: Hidden) -> None:
        super().__init__(md)
        self._hidden = hidden

    def run(self, _root: ET.Element) -> None:
        for element, text, children in self._hidden.kept:
            element.text = text
            element.extend(children)
