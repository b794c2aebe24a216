"""Find citations in Markdown and leave a marker for each.

The processor runs below code, escapes, links and images, so that it never looks into them.
"""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any
from xml.etree import ElementTree as ET

from markdown import Markdown, util
from markdown.extensions import Extension
from markdown.inlinepatterns import AUTOLINK_RE, HTML_RE, InlineProcessor

from plugins.citations.model import Citation, Fault
from plugins.citations.parse import has_key, parse_group
from plugins.shared.markers import encode


_ESCAPED = re.compile(f"{util.STX}(\\d+){util.ETX}")
_PUNCTUATION = re.compile(r"([^\w\s])")
_TAG = re.compile(f"{HTML_RE}|{AUTOLINK_RE}", re.S)
_URL = re.compile(r"(?:\w://|\bwww\.)[^\s()<>\"“”]*$")
_AFTER_WORD = re.compile(r"[\w/]$")
PRIORITY = 135  # below links (160) and images (140), above short references (130)


class CitationSyntax(Extension):
    """Add Pandoc's citations in brackets to Python-Markdown."""

    def extendMarkdown(self, md: Markdown) -> None:
        if "@" not in md.ESCAPED_CHARS:
            md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "@"]
        md.inlinePatterns.register(CitationProcessor(r"\[", md), "citation", PRIORITY)


class CitationProcessor(InlineProcessor):
    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element | None, int | None, int | None]:
        end = _closing(data, m.end())
        if end is None:
            if not _AFTER_WORD.search(data[: m.start()]):
                self._check_open(data[m.start() :])
            return None, None, None
        written = data[m.start() : end]
        if "@" not in written or _belongs_elsewhere(data, m.start(), end):
            return None, None, None
        group = parse_group(self._source(written))
        if isinstance(group, Fault):
            self._report(written, group.message)
        if not isinstance(group, tuple):
            return None, None, None
        return marker(group), m.start(), end

    def _source(self, written: str) -> str:
        """Return the text as written: escapes with their backslash, what other patterns took as plain words."""

        def words(match: re.Match[str]) -> str:
            node: Any = self._stashed().get(match[1], "")
            if not isinstance(node, str) and node.find("a[@class='footnote-ref']") is not None:
                self._report(written, "a note cannot stand inside a citation; put it behind the bracket")
                return ""
            plain = node if isinstance(node, str) else "".join(node.itertext())
            return _PUNCTUATION.sub(r"\\\1", _ESCAPED.sub(lambda escape: chr(int(escape[1])), plain))

        text = util.INLINE_PLACEHOLDER_RE.sub(words, written[1:-1])
        return _ESCAPED.sub(lambda escape: "\\" + chr(int(escape[1])), text)

    def _stashed(self) -> dict[str, Any]:
        inline: Any = self.md.treeprocessors["inline"]
        return dict(inline.stashed_nodes)

    def _check_open(self, text: str) -> None:
        opening = re.match(r"\[\s*(-?@(?:\{[^{}\s]*\}|\w\S*))", text)
        if opening and has_key(opening[1]):
            self._report(opening[0], f'no "]" closes "{opening[0]}"')

    def _report(self, needle: str, message: str) -> None:
        getattr(self.md, "problems", []).append((needle, "citation-syntax", message, "error"))


def marker(citation: Citation) -> ET.Element:
    """Return the element that stands for a citation until the page is resolved."""
    element = ET.Element("span")
    element.set("class", "citation")
    element.set("data-apparatus", "")
    element.set("data-citation", encode([asdict(item) for item in citation]))
    return element


def _closing(data: str, start: int) -> int | None:
    """Return where the bracket that opened before `start` is closed."""
    depth = 1
    for position in range(start, len(data)):
        depth += {"[": 1, "]": -1}.get(data[position], 0)
        if depth == 0:
            return position + 1
    return None


def _belongs_elsewhere(data: str, start: int, end: int) -> bool:
    """Tell whether the brackets stand in a tag or an address, or make a link, a span, an image or a definition."""
    if _URL.search(data[:start]) or any(tag.start() < start < tag.end() for tag in _TAG.finditer(data)):
        return True
    after = data[end : end + 1]
    if after in {"(", "{"}:
        return True
    if after == "[":
        following = _closing(data, end + 1)
        return following is None or not has_key(data[end + 1 : following - 1])
    at_line_start = not data[:start].rpartition("\n")[2].strip()
    return data[start - 1 : start] == "!" or (after == ":" and at_line_start)


def makeExtension(**options: Any) -> CitationSyntax:
    """Return the extension; Python-Markdown looks for this name."""
    return CitationSyntax(**options)
