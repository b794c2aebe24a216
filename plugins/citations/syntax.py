"""Find citations in Markdown and leave a marker for each.

The processors run below code, escapes, links and images, so that they never look into them. A key in the
sentence may as well be somebody's handle: which of the two it is, the bibliography decides, long after. So its
marker holds the words as they were written.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict
from typing import Any
from xml.etree import ElementTree as ET

from markdown import Markdown, util
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor

from plugins.citations.headings.syntax import BEHIND, Hidden, Shown
from plugins.citations.locators import locate
from plugins.citations.model import Citation, CitationItem, Fault
from plugins.citations.parse import BARE_KEY, has_key, parse_bracket, parse_group
from plugins.citations.surroundings import LONGEST, belongs_elsewhere, closing, is_elsewhere
from plugins.shared.markers import decode, encode


_ESCAPED = re.compile(f"{util.STX}(\\d+){util.ETX}")
_PUNCTUATION = re.compile(r"([^\w\s])")
# Words before a key may be words in brackets that somebody forgot to close: then what follows must look like a place.
_OPENING = re.compile(r"\[\s*(-?@(?:\{[^{}\s]*\}|\w\S*)|[^\[\]@\n]{1,60}\s-?@(?:\{[^{}\s]*\}|\w[\w.:-]*)(?=[,;]))")
_AFTER_WORD = re.compile(r"[\w/]$")
# Neither a handle of another site (@a@b.example) nor a package's or a path's (x/@a), but after a dash typed as `--`
# and between the underscores of emphasis.
_NARRATIVE = re.compile(
    r"(?:(?<![^\W_])(?<![\\/@\-])(?P<suppress>-?)|(?<=--))"
    rf"@(?:\{{(?P<braced>[^{{}}\n]*)\}}|(?P<open>\{{)|(?P<bare>{BARE_KEY}(?<!_)))(?!@)"
)
_BEFORE_BRACKET = re.compile(rf"@(?:\{{[^{{}}\n]*\}}|{BARE_KEY})(?:\{{[^{{}}\n]*\}})?[ \t]*\n?[ \t]*\Z")
_GAP = re.compile(r"[ \t]*\n?[ \t]*")
_NEAR = 200  # characters of a key at most
#: Citations and handles of a text: more of them would take longer to resolve than a text may take to read.
MOST = 5000
PRIORITY = 135  # below links (160) and images (140), above short references (130)


class CitationSyntax(Extension):
    """Add Pandoc's citations to Python-Markdown."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._count = 0

    def reset(self) -> None:
        """Begin to count anew, with each document."""
        self._count = 0

    def count(self) -> int:
        """Take down that a citation was found, and return how many there are."""
        self._count += 1
        return self._count

    def extendMarkdown(self, md: Markdown) -> None:
        md.registerExtension(self)
        if "@" not in md.ESCAPED_CHARS:
            md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "@"]
        md.inlinePatterns.register(CitationProcessor(r"\[", md, self.count), "citation", PRIORITY)
        narrative = NarrativeProcessor("@", md, self.count)
        md.inlinePatterns.register(narrative, "narrative_citation", PRIORITY - 1)
        # The table of contents, and with it the ids of headings, is made at 5.
        hidden = Hidden(md, narrative.has_news)
        md.treeprocessors.register(hidden, "citations_hidden", 5.5)
        md.treeprocessors.register(Shown(md, hidden), "citations_shown", 4.5)


class _Processor(InlineProcessor):
    ANCESTOR_EXCLUDES = ("a", "code", "kbd", "pre", "samp", BEHIND)

    def __init__(self, pattern: str, md: Markdown, count: Callable[[], int]) -> None:
        super().__init__(pattern, md)
        self._count = count

    def _is_too_many(self, written: str) -> bool:
        """Count a citation; tell whether the text has had enough of them, and say so once."""
        number = self._count()
        if number == MOST + 1:
            self._report(written, f"more than {MOST:,} citations are in one text; divide it")
        return number > MOST

    def _source(self, written: str, needle: str) -> str:
        """Return the text as written: escapes with their backslash, what other patterns took as plain words."""

        def words(match: re.Match[str]) -> str:
            node: Any = self._stashed().get(match[1], "")
            if not isinstance(node, str) and node.find("a[@class='footnote-ref']") is not None:
                self._report(needle, "a note cannot stand inside a citation; put it behind the bracket")
                return ""
            return _PUNCTUATION.sub(r"\\\1", _unescaped(node))

        text = util.INLINE_PLACEHOLDER_RE.sub(words, written)
        return _ESCAPED.sub(lambda escape: "\\" + chr(int(escape[1])), text)

    def _plain(self, written: str) -> str:
        """Return words that no pattern shall look at again."""
        found = util.INLINE_PLACEHOLDER_RE.sub(lambda match: _unescaped(self._stashed().get(match[1], "")), written)
        return _unescaped(found)

    def _stashed(self) -> Any:
        inline: Any = self.md.treeprocessors["inline"]
        return inline.stashed_nodes

    def _report(self, needle: str, message: str) -> None:
        getattr(self.md, "problems", []).append((needle, "citation-syntax", message, "error"))


class CitationProcessor(_Processor):
    """Find citations in brackets. What is wrong with one is said, and it stays as it was written."""

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element | str | None, int | None, int | None]:
        end = closing(data, m.end())
        if end is None:
            return self._open(m, data)
        written = data[m.start() : end]
        if "@" not in written or belongs_elsewhere(data, m.start(), end):
            return None, None, None
        group = parse_group(self._source(written[1:-1], written))
        if isinstance(group, Fault):
            if _BEFORE_BRACKET.search(data[max(0, m.start() - _NEAR) : m.start()]):
                return None, None, None  # of a key in the sentence
            self._report(written, group.message)
            return self._plain(written), m.start(), end
        if group is None or self._is_too_many(written):
            return None, None, None
        return marker(group), m.start(), end

    def _open(self, m: re.Match[str], data: str) -> tuple[str | None, int | None, int | None]:
        """Look at a bracket that nothing closes."""
        opening = _OPENING.match(data, m.start())
        if not opening or _AFTER_WORD.search(data[max(0, m.start() - 1) : m.start()]) or not has_key(opening[1]):
            return None, None, None
        self._report(opening[0], f'no "]" closes "{opening[0]}"')
        return self._plain(opening[0]), m.start(), opening.end()


class NarrativeProcessor(_Processor):
    """Find keys that are part of the sentence, with the brackets behind them."""

    def __init__(self, pattern: str, md: Markdown, count: Callable[[], int]) -> None:
        super().__init__(pattern, md, count)
        self._has_found = False

    def has_news(self) -> bool:
        """Tell whether a key was found since this was last asked."""
        news, self._has_found = self._has_found, False
        return news

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element | None, int | None, int | None]:
        found = (_NARRATIVE.match(data, m.start() - 1) if m.start() else None) or _NARRATIVE.match(data, m.start())
        if not found or is_elsewhere(data, found.start(), found.end()):
            return None, None, None
        if self._is_too_many(found[0]):
            return None, None, None
        self._has_found = True
        return self._read(found, data)

    def _read(self, m: re.Match[str], data: str) -> tuple[ET.Element | None, int | None, int | None]:
        if m["open"]:
            self._report(data[m.start() :].partition("\n")[0], 'no "}" closes "@{"; write "@{key}"')
            return None, None, None
        key = m["bare"] or m["braced"].strip()
        if not key:
            self._report(m[0], '"@{}" names no item; write its key between the braces')
            return None, None, None
        braces = re.compile(r"\{[^{}\n]*\}").match(data, m.end())
        start = end = braces.end() if braces else m.end()
        rest = self._source(braces[0], m[0]) if braces else ""
        first = CitationItem(key, "", rest, "suppress-author" if m["suppress"] else "author-in-text")
        citation, end = self._with_bracket(first, data, end)
        return _narrative_marker(citation, data[m.start() : start], data[start:end]), m.start(), end

    def _with_bracket(self, first: CitationItem, data: str, end: int) -> tuple[Citation, int]:
        """Return the citation with what the brackets behind its key add to it, and where it ends."""
        gap = _GAP.match(data, end)
        start = gap.end() if gap else end
        if cited := self._cited(data, start):
            return (first, *cited[0]), cited[1]
        if data[start : start + 1] != "[":
            return (first,), end
        stop = closing(data, start + 1)
        if stop is None:
            if locate(data[start + 1 : start + LONGEST]).locator:
                opening = data[start:].partition("\n")[0][:_NEAR]
                self._report(opening, f'no "]" closes "{opening[:20]}"')
            return (first,), end
        inside = data[start + 1 : stop - 1]
        if not inside.strip() or belongs_elsewhere(data, start, stop) or self._is_reference(inside):
            return (first,), end
        found = parse_bracket(first, self._source(inside, data[start:stop]))
        if not isinstance(found, Fault):
            return found, stop
        if has_key(inside) or locate(inside).locator:
            self._report(data[start:stop], found.message)
        return (first,), end

    def _cited(self, data: str, start: int) -> tuple[Citation, int] | None:
        """Return the citation in brackets that has been found at a place, and where it ends."""
        match = util.INLINE_PLACEHOLDER_RE.match(data, start)
        node = self._stashed().get(match[1]) if match else None
        if not match or not isinstance(node, ET.Element) or node.get("data-apparatus") is None:
            return None
        items = decode(node.get("data-citation", ""))
        return (tuple(CitationItem(**item) for item in items), match.end()) if items else None

    def _is_reference(self, text: str) -> bool:
        return " ".join(text.split()).lower() in self.md.references


def _unescaped(node: Any) -> str:
    plain = node if isinstance(node, str) else "".join(node.itertext())
    return _ESCAPED.sub(lambda escape: chr(int(escape[1])), plain)


def marker(citation: Citation) -> ET.Element:
    """Return the element that stands for a citation until the page is resolved."""
    element = ET.Element("span")
    element.set("class", "citation")
    element.set("data-apparatus", "")
    element.set("data-citation", encode([asdict(item) for item in citation]))
    return element


def _narrative_marker(citation: Citation, key: str, bracket: str) -> ET.Element:
    """Return the marker of a key in the sentence; it holds what stays if there is no such item."""
    element = marker(citation)
    del element.attrib["data-apparatus"]  # an author is of the words
    element.text = util.AtomicString(key)
    if bracket:
        ET.SubElement(element, BEHIND).text = bracket
    return element


def makeExtension(**options: Any) -> CitationSyntax:
    """Return the extension; Python-Markdown looks for this name."""
    return CitationSyntax(**options)
