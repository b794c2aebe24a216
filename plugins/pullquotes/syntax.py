"""Find `[words]{.pull …}` in Markdown and leave a marker for each; plain bracketed spans besides.

Spans are found by their end, so that an inner one is done before the one around it: Python-Markdown does
not run a processor again over what the processor returned.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

from markdown import Markdown, util
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor

from plugins.pullquotes import attributes, options
from plugins.pullquotes.model import Fault
from plugins.shared.markers import decode, encode


PRIORITY = 138  # below code, escapes, links and images, above citations and short references
_SPAN_END = r"\]\{"
_PULL_BRACE = r"\{:?(?:[^{}]*\s)?\.pull(?![\w-])"
_LONGEST = 5_000  # characters of source; no pull quote is as long, and the search for its start stays short
_CONTEXT = 60  # characters before a fault that tell its line from others
_BRACKET = re.compile(r"[\[\]]")
_ESCAPED = re.compile(f"{util.STX}(\\d+){util.ETX}")
_ESCAPED_OPENING = f"{util.STX}{ord('[')}{util.ETX}"
_ANYTHING = f"{util.STX}{util.ETX}"  # in a needle


class PullQuoteSyntax(Extension):
    """Add pull quotes and bracketed spans to Python-Markdown."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.inlinePatterns.register(SpanProcessor(_SPAN_END, md), "bracketed_span", PRIORITY)
        md.inlinePatterns.register(StrayProcessor(_PULL_BRACE, md), "stray_pull", PRIORITY - 1)


class _Processor(InlineProcessor):
    def _report(self, *faults: Fault) -> None:
        for fault in faults:
            getattr(self.md, "problems", []).append((fault.needle, fault.code, fault.message, "error"))

    def _stashed(self, identifier: str) -> Any:
        inline: Any = self.md.treeprocessors["inline"]
        return inline.stashed_nodes.get(identifier)

    def _written(self, text: str) -> str:
        """Return a value as its author wrote it, before other patterns took parts out of it."""
        plain = util.INLINE_PLACEHOLDER_RE.sub(lambda match: self._plain(self._stashed(match[1])), text)
        return html.unescape(_ESCAPED.sub(lambda match: chr(int(match[1])), plain))

    def _plain(self, node: Any) -> str:
        if node is None or isinstance(node, str):
            return node or ""
        cited = decode(node.get("data-citation", ""))
        if isinstance(cited, list) and cited and isinstance(cited[0], dict):
            return f"@{cited[0].get('id', '')}"  # in braces, a key is a value
        return self._written("".join(node.itertext()))


class SpanProcessor(_Processor):
    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element | str | None, int | None, int | None]:
        found = attributes.read(data, m.end() - 1, self._written)
        start = _opening(data, m.start()) if found else None
        if not found or start is None:
            return None, None, None
        words, raw = data[start + 1 : m.start()], data[start : found.end]
        if "pull" in found.classes:
            return self._pull(found, words, raw), start, found.end
        if fault := options.misspelt(found):
            self._report(Fault(raw, "pull-misspelt", fault))
        return (_element(found, words, found.classes), start, found.end) if found.names_span else (None, None, None)

    def _pull(self, found: attributes.Attributes, words: str, raw: str) -> ET.Element | str:
        mark, faults = options.mark_of(found, raw)
        self._report(*faults)
        if not words.strip():
            self._report(Fault(raw, "pull-empty", "the mark holds no words; write them in the brackets"))
            return ""
        if self._holds_pull(words):
            self._report(Fault(raw, "pull-nested", "a pull quote cannot hold another; mark one of the two"))
            return _element(found, words, ())
        element = _element(found, words, ("pull",))
        element.set("data-pull", encode(mark.data()))
        return element

    def _holds_pull(self, text: str) -> bool:
        nodes = (self._stashed(match[1]) for match in util.INLINE_PLACEHOLDER_RE.finditer(text))
        return any(
            part.get("data-pull") is not None or self._holds_pull(f"{part.text or ''}{part.tail or ''}")
            for node in nodes
            if isinstance(node, ET.Element)
            for part in node.iter()
        )


class StrayProcessor(_Processor):
    """Report each `{.pull` that closes no mark. It runs after the marks are gone from the text."""

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[str | None, int | None, int | None]:
        before = data[: m.start()]
        if before.endswith("]") and _ESCAPED_OPENING in self._escapes(before):
            return None, None, None
        found = attributes.read(data, m.start())
        end = found.end if found else m.end()
        code, message = _stray(before, closed=found is not None)
        self._report(Fault(self._needle(before, data[m.start() : end], data[end:]), code, message))
        return "", m.start(), end

    def _needle(self, before: str, brace: str, after: str) -> str:
        """Return the brace with words around it, which tell its line from those of other braces."""
        context = util.INLINE_PLACEHOLDER_RE.sub(lambda match: self._sought(match[1]), before[-_CONTEXT:])
        if len(before) > _CONTEXT:
            context = context.partition(" ")[2]
        context = context[context.rfind("\n", 0, -1) + 1 :].removeprefix(_ANYTHING)
        return f"{context}{brace}" if context.strip() else f"{brace}{after[:_CONTEXT].partition(util.STX)[0]}"

    def _escapes(self, text: str) -> str:
        """Return the text with what was escaped in it put back as Python-Markdown writes escapes."""
        nodes = (self._stashed(match[1]) for match in util.INLINE_PLACEHOLDER_RE.finditer(text))
        return "".join(node for node in nodes if isinstance(node, str))

    def _sought(self, identifier: str) -> str:
        """Return what to look for in place of a stashed element: its words, with anything around them."""
        node = self._stashed(identifier)
        is_code = getattr(node, "tag", None) == "code"
        return _ANYTHING if is_code else f"{_ANYTHING}{self._plain(node)}{_ANYTHING}"


def _stray(before: str, *, closed: bool) -> tuple[str, str]:
    if not closed:
        return "pull-unclosed", 'no "}" closes the options; write [words]{.pull}'
    if before.endswith("]"):
        return "pull-unclosed", 'no "[" in this paragraph opens the mark; write [words]{.pull}'
    opened = next(_unclosed(before), None)
    if opened is not None:
        words = " ".join(before[opened + 1 :].split()[:3])
        return "pull-unclosed", f'no "]" closes the mark that opens before "{words}"; write [words]{{.pull}}'
    return "pull-misplaced", "put the words in square brackets right before the brace: [words]{.pull}"


def _opening(data: str, end: int) -> int | None:
    """Return the bracket that the one at `end` closes."""
    return next(_unclosed(data[:end]), None)


def _unclosed(data: str) -> Iterator[int]:
    """Yield the brackets that stay open at the end, the last one first."""
    depth, offset = 0, max(0, len(data) - _LONGEST)
    for match in reversed(list(_BRACKET.finditer(data, offset))):
        depth += 1 if match[0] == "]" else -1
        if depth < 0:
            depth = 0
            yield match.start()


def _element(found: attributes.Attributes, words: str, classes: tuple[str, ...]) -> ET.Element:
    element = ET.Element("span")
    element.text = words
    named = {"class": " ".join(classes), "lang": dict(found.pairs).get("lang"), "id": next(iter(found.ids), None)}
    for name, value in named.items():
        if value and not (name == "id" and "pull" in found.classes):
            element.set(name, value)
    return element


def makeExtension(**configuration: Any) -> PullQuoteSyntax:
    """Return the extension; Python-Markdown looks for this name."""
    return PullQuoteSyntax(**configuration)
