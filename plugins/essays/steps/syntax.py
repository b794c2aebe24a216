"""Markdown that looks for the sign of each step first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar
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
from markdown.extensions.def_list import DefListProcessor
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.extensions.footnotes import FootnoteBlockProcessor
from markdown.extensions.md_in_html import HtmlBlockPreprocessor, MarkdownInHtmlProcessor
from markdown.extensions.tables import TableProcessor
from markdown.preprocessors import NormalizeWhitespace, Preprocessor
from markdown.treeprocessors import InlineProcessor
from markdown.util import ETX, STX, AtomicString

from plugins.essays.spared.syntax import Lines, if_in_source, put, spare, spare_characters
from plugins.essays.tree.syntax import to_html


#: Signs of each preprocessor, one of which stands in every source that it changes, and the lines it adds to all.
SOURCES: dict[type[Preprocessor], tuple[tuple[str, ...], Lines]] = {
    NormalizeWhitespace: (("\t", "\r", STX, ETX, "\n "), ["", ""]),
    FencedBlockPreprocessor: (("```", "~~~"), []),
    HtmlBlockPreprocessor: (("<", "&#"), []),
}
#: The sign of each block processor, which stands in every block that it takes.
BLOCKS: dict[type[BlockProcessor], str] = {
    MarkdownInHtmlProcessor: STX,
    TableProcessor: "|",
    HashHeaderProcessor: "#",
    SetextHeaderProcessor: "\n",
    DefListProcessor: ": ",
    BlockQuoteProcessor: ">",
    FootnoteBlockProcessor: "]:",
    AbbrBlockprocessor: "*[",
    ReferenceProcessor: "]:",
}
#: Signs of each inline pattern, by its regular expression; one of them stands in every text that it matches.
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
    "@": ("@",),  # citations in the sentence
    r"\]\{": ("]{",),  # spans in brackets
    r"\{:?(?:[^{}]*\s)?\.pull(?![\w-])": (".pull",),
}
_ALWAYS = ""  # the sign of a step that is not known here: it stands in every text
#: Patterns that change nothing in a document that defines no address of a link.
REFERENCES = frozenset(
    {
        inline.ReferenceInlineProcessor,
        inline.ShortReferenceInlineProcessor,
        inline.ImageReferenceInlineProcessor,
        inline.ShortImageReferenceInlineProcessor,
    }
)
# Python-Markdown has no public place where a text meets its patterns. Should a release name these methods otherwise,
# then its own step is taken, and all that is lost is time.
_HANDLE, _APPLY = "_InlineProcessor__handleInline", "_InlineProcessor__applyPattern"
_PLACE = "_InlineProcessor__processPlaceholders"


class Markdown(markdown.Markdown):
    """Python-Markdown, with the same results in less than half of the time."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        for preprocessor in self.preprocessors:
            if type(preprocessor) in SOURCES:
                put(preprocessor, "run", if_in_source(preprocessor.run, *SOURCES[type(preprocessor)]))
        for step in self.treeprocessors:
            spare(step)
        for pattern in self.inlinePatterns:
            spare_characters(pattern)

    output_formats: ClassVar[dict[Any, Callable[[Element], str]]] = {
        **markdown.Markdown.output_formats,
        "html": to_html,
    }
    _toc: str | None = ""

    @property
    def toc(self) -> str:
        """The table of contents. Few ask for it, and where no text shows it, it is made for them."""
        if self._toc is None:
            self._toc = self._contents()
        return self._toc

    @toc.setter
    def toc(self, html: str | None) -> None:
        self._toc = html

    def _contents(self) -> str:
        step: Any = self.treeprocessors["toc"]
        written = self.serializer(step.build_toc_div(getattr(self, "toc_tokens", [])))
        for postprocessor in self.postprocessors:
            written = postprocessor.run(written)
        return written

    def build_parser(self) -> Markdown:
        """Set up the steps, before extensions add theirs."""
        super().build_parser()
        self._levels: dict[Any, bool] = {}
        self._block_level = frozenset(self.block_level_elements)
        put(self.parser, "parseBlocks", self._parse_blocks)
        if all(hasattr(InlineProcessor, name) for name in (_HANDLE, _APPLY, _PLACE)):
            self.treeprocessors.register(_Inline(self), "inline", 20)
        return self

    def reset(self) -> Markdown:
        """Begin a document."""
        super().reset()
        # Once for a document: the registry makes a list of them for each block.
        self._processors = [(BLOCKS.get(type(each), _ALWAYS), each) for each in self.parser.blockprocessors]
        self._block_level = frozenset(self.block_level_elements)
        self._levels.clear()
        return self

    def is_block_level(self, tag: Any) -> bool:
        """Remember what takes a look into a long list."""
        known = self._levels.get(tag)
        if known is None:
            known = self._levels[tag] = isinstance(tag, str) and tag.lower().rstrip("/") in self._block_level
        return known

    def _parse_blocks(self, parent: Element, blocks: Lines) -> None:
        """Do what `BlockParser.parseBlocks` does."""
        while blocks:
            for sign, processor in self._processors:
                is_its = sign in blocks[0] and processor.test(parent, blocks[0])
                if is_its and processor.run(parent, blocks) is not False:
                    break


class _Inline(InlineProcessor):
    def _InlineProcessor__processPlaceholders(self, data: str | None, parent: Element, *is_text: bool) -> Any:
        if not data or STX in data:
            return getattr(super(), _PLACE)(data, parent, *is_text)
        # Nothing was taken out of these words: they stand where they stood.
        name = "text" if all(is_text) else "tail"
        before = getattr(parent, name)
        setattr(parent, name, before + data if before else data)
        return []

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        patterns: Iterable[Any] = self.inlinePatterns
        self._patterns = [
            (index, sign, pattern)
            for index, pattern in enumerate(patterns)
            if self.md.references or type(pattern) not in REFERENCES
            for sign in PATTERNS.get(pattern.getCompiledRegExp().pattern, (_ALWAYS,))
        ]
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N803 - Markdown calls it so
        if isinstance(data, AtomicString):
            return data
        # What a pattern takes out of the text leaves a word that holds no sign, and makes none of what is beside it.
        able = {index: pattern for index, sign, pattern in self._patterns if index >= patternIndex and sign in data}
        apply = getattr(self, _APPLY)
        for index, pattern in able.items():
            matched, start = True, 0
            while matched:
                data, matched, start = apply(pattern, data, index, start)
        return data
