"""Markdown that looks for the sign of each step first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element

import markdown
from markdown import inlinepatterns as inline
from markdown.blockprocessors import (
    BlockProcessor,
    BlockQuoteProcessor,
    HashHeaderProcessor,
    ReferenceProcessor,
    SetextHeaderProcessor,
)
from markdown.extensions.abbr import AbbrBlockprocessor
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.def_list import DefListProcessor
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.extensions.footnotes import FootnoteBlockProcessor
from markdown.extensions.md_in_html import HtmlBlockPreprocessor, MarkdownInHtmlProcessor
from markdown.extensions.tables import TableProcessor
from markdown.extensions.toc import TocTreeprocessor
from markdown.preprocessors import NormalizeWhitespace, Preprocessor
from markdown.treeprocessors import InlineProcessor, Treeprocessor, UnescapeTreeprocessor
from markdown.util import ETX, STX, AtomicString


Lines: TypeAlias = list[str]
Test: TypeAlias = Callable[[Element, str], bool]

#: What an inline pattern needs, one of which stands in every text that it matches. One that is not known here is
#: always tried.
PATTERNS: dict[str, tuple[str, ...]] = {
    inline.BACKTICK_RE: ("`",),
    inline.ESCAPE_RE: ("\\",),
    inline.LINK_RE: ("[",),
    inline.IMAGE_LINK_RE: ("![",),
    inline.AUTOLINK_RE: ("<",),
    inline.AUTOMAIL_RE: ("<",),
    inline.HTML_RE: ("<",),
    inline.ENTITY_RE: ("&",),
    inline.LINE_BREAK_RE: ("  \n",),
    r"\*|_": ("*", "_"),  # emphasis
    r"\[\^([^\]]*)\]": ("[^",),  # notes
    r"\[": ("[",),  # citations
    r"\]\{": ("]{",),  # spans in brackets
    r"\{:?(?:[^{}]*\s)?\.pull(?![\w-])": (".pull",),
}
#: Patterns that match nothing in a text that defines no address of a link.
REFERENCES = frozenset({
    inline.ReferenceInlineProcessor,
    inline.ShortReferenceInlineProcessor,
    inline.ImageReferenceInlineProcessor,
    inline.ShortImageReferenceInlineProcessor,
})
#: What stands in every block that a processor takes.
BLOCKS: dict[type[BlockProcessor], str] = {
    BlockQuoteProcessor: ">",
    HashHeaderProcessor: "#",
    SetextHeaderProcessor: "\n",
    TableProcessor: "|",
    DefListProcessor: ": ",
    FootnoteBlockProcessor: "]:",
    ReferenceProcessor: "]:",
    AbbrBlockprocessor: "*[",
    MarkdownInHtmlProcessor: STX,
}
#: What a preprocessor looks for, one of which stands in every source that it changes, and what it adds to all.
SOURCES: dict[type[Preprocessor], tuple[tuple[str, ...], Lines]] = {
    NormalizeWhitespace: (("\t", "\r", STX, ETX, "\n "), ["", ""]),
    FencedBlockPreprocessor: (("```", "~~~"), []),
    HtmlBlockPreprocessor: (("<", "&"), []),
}


class Markdown(markdown.Markdown):
    """Python-Markdown with its results, in less time."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        for processor in self.parser.blockprocessors:
            if sign := BLOCKS.get(type(processor)):
                setattr(processor, "test", _if_in_block(processor.test, sign))
        for preprocessor in self.preprocessors:
            if type(preprocessor) in SOURCES:
                setattr(preprocessor, "run", _if_in_source(preprocessor.run, *SOURCES[type(preprocessor)]))
        for step in self.treeprocessors:
            _spare_tree(step)

    def build_parser(self) -> Markdown:
        """Set up the steps, before extensions add theirs."""
        super().build_parser()
        self._blocks = frozenset(self.block_level_elements)
        if hasattr(InlineProcessor, _HANDLE) and hasattr(InlineProcessor, _APPLY):
            self.treeprocessors.register(_Inline(self), "inline", 20)
        return self

    def reset(self) -> Markdown:
        """Begin a document; extensions may have named elements since the last."""
        super().reset()
        self._blocks = frozenset(self.block_level_elements)
        return self

    def is_block_level(self, tag: Any) -> bool:
        """Tell whether an element is no part of a line: as in the list that extensions add to, which takes longer."""
        return isinstance(tag, str) and tag.lower().rstrip("/") in self._blocks


# Python-Markdown has no other place where a text and its patterns meet. Should a release name these methods
# otherwise, then its own step is taken, and all that is lost is time.
_HANDLE, _APPLY = "_InlineProcessor__handleInline", "_InlineProcessor__applyPattern"


class _Inline(InlineProcessor):
    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        # Once for a document: their registry looks each up by name.
        self._patterns = [
            (index, sign, pattern)
            for index, pattern in enumerate(self.inlinePatterns)
            if self.md.references or type(pattern) not in REFERENCES
            for sign in PATTERNS.get(pattern.getCompiledRegExp().pattern, ("",))
        ]
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N803 - Markdown calls it so
        if isinstance(data, AtomicString):
            return data
        # What is taken out of a text leaves a word in its place that is no sign and parts what would make one.
        able = {index: pattern for index, sign, pattern in self._patterns if index >= patternIndex and sign in data}
        apply = getattr(self, _APPLY)
        for index, pattern in able.items():
            matched, start = True, 0
            while matched:
                data, matched, start = apply(pattern, data, index, start)
        return data


def _if_in_block(test: Test, sign: str) -> Test:
    return lambda parent, block: sign in block and test(parent, block)


def _if_in_source(run: Callable[[Lines], Lines], signs: tuple[str, ...], added: Lines) -> Callable[[Lines], Lines]:
    def run_if_needed(lines: Lines) -> Lines:
        source = "\n".join(lines)
        return run(lines) if any(sign in source for sign in signs) else [*lines, *added]

    return run_if_needed


def _if_in_words(run: Callable[..., None], sign: str) -> Callable[..., None]:
    return lambda root, *rest: run(root, *rest) if sign in "".join(root.itertext()) else None


def _spare_tree(step: Treeprocessor) -> None:
    if type(step) is AttrListTreeprocessor:
        setattr(step, "run", _if_in_words(step.run, "{"))
    elif type(step) is TocTreeprocessor:
        setattr(step, "replace_marker", _if_in_words(step.replace_marker, step.marker))
    elif type(step) is UnescapeTreeprocessor:
        unescape = step.unescape
        setattr(step, "unescape", lambda text: unescape(text) if STX in text else text)
