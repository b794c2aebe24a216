"""The shortcuts of Markdown: what Python-Markdown alone would make of a text, whatever the text."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

import markdown
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.inlinepatterns import SimpleTextInlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import InlineProcessor

from plugins.essays.faults import Faults
from plugins.essays.front_matter import split
from plugins.essays.steps import syntax as steps
from plugins.essays.syntax import Converter


SYNTAX = {"extensions": ["plugins.citations.syntax", "plugins.pullquotes.syntax"]}
MARKDOWN = steps.Markdown(extensions=["extra", "sane_lists", "toc", *SYNTAX["extensions"]])
PIECES = [
    *("words ", "a", "AB", "'", '"', ".", "#", "=", "~", "*", "_", "**", "`", "``", "\\", "\\*", "\\[", "|", ": "),
    *("[", "](", ")", "](/u)", "](/u 'T')", "![", "![alt](i.png)", "[a]", "[a][a]", "[a][]", "![a]", "![a][a]"),
    *("\n", "\n\n", "\n\n", "    ", "\t", "  \n", "   \n", "\r\n", "\u00a0", "> ", "- ", "1. ", "\n# ", "\n***\n"),
    *("---\n", "===\n", "\n```\n", "\n~~~\n", "\n| a | b |\n|---|:-:|\n| c | d |\n", "\nterm\n", "\n: def\n"),
    *("[^1]", "\n\n[^1]: note\n", "\n*[AB]: abbr\n", "\n[a]: /b 'c'\n", "{: .x #y}", "[TOC]", "\n[TOC]\n"),
    *("<b>", "</b>", "<div>", "\n<div>\n", "\n</div>\n", "<!-- c -->", "<pre>", "</pre>", "<", ">", "&", "&amp;"),
    *("&copy", "&#65;", "<http://x.y>", "<a@b.c>", '\n<div markdown="1">\n', '<span markdown="1">', "<script>"),
    *("@key", "[@key, p. 3]", "{.pull}", "[w]{.pull}", "]{.pull}", "[w]{.x lang=fr}"),
    *("\x02", "\x03", "\x02klzzwxh:0000\x03", "\x02wzxhzdk:0\x03"),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)


@pytest.fixture(scope="module")
def plain() -> Converter:
    """Return a converter that takes every step."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(steps, "Markdown", markdown.Markdown)
        return Converter(SYNTAX)


@pytest.fixture(scope="module")
def sparing() -> Converter:
    return Converter(SYNTAX)


@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS)
def test_no_text_tells_the_difference(plain: Converter, sparing: Converter, text: str) -> None:
    """HTML, problems and markers are the same with the steps left out and without."""
    assert (sparing.convert(text), sparing.made) == (plain.convert(text), plain.made)


@pytest.mark.parametrize(
    "text",
    [
        "&#x41 words",
        "&copy &a; & b&",
        "[a]\n\n[a]:/b",
        "# A {#b}\n\n*c*{.d}",
        "<div/>",
        "a <hr/> b",
        "x\n\n<hr/>\n",
        "[a *b][c*]\n\n[c*]: d",
    ],
)
def test_nor_does_a_short_text(plain: Converter, sparing: Converter, text: str) -> None:
    """Nor do texts that hold one sign."""
    assert sparing.convert(text) == plain.convert(text)


def test_no_essay_tells_the_difference(plain: Converter, sparing: Converter, essays: list[str]) -> None:
    """Nor do real essays."""
    for essay in essays:
        _, body = split(essay, Faults("a.md"))
        assert sparing.convert(body) == plain.convert(body)


@pytest.mark.parametrize("pattern", steps.PATTERNS)
@settings(deadline=None)
@given(st.data())
def test_a_pattern_needs_one_of_its_signs(pattern: str, data: st.DataObject) -> None:
    """No text that a pattern matches is without its signs, also when a release of Markdown changes the pattern."""
    text = data.draw(st.from_regex(re.compile(pattern, re.S)))

    assert any(sign in text for sign in steps.PATTERNS[pattern])


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_a_block_needs_the_sign_of_its_processor(text: str) -> None:
    """No block that a processor takes is without its sign."""
    for processor in MARKDOWN.parser.blockprocessors:
        for block in text.split("\n\n"):
            if steps.BLOCKS.get(type(processor), "") not in block:
                parent = Element("div")
                assert not processor.test(parent, block) or processor.run(parent, [block]) is False


def test_markdown_still_has_the_places_where_steps_are_left_out() -> None:
    """A release that names its own methods otherwise takes every step again, and is to be noticed."""
    methods = {*dir(InlineProcessor), *dir(BlockParser)}
    assert methods >= {"_InlineProcessor__handleInline", "_InlineProcessor__applyPattern", "parseBlocks"}
    patterns = {pattern.getCompiledRegExp().pattern for pattern in MARKDOWN.inlinePatterns}
    assert patterns == set(steps.PATTERNS)
    processors = {type(processor) for processor in MARKDOWN.parser.blockprocessors}
    assert processors >= set(steps.BLOCKS)


class _Shout(Preprocessor):
    """Add a pattern while a text is read, as an extension may."""

    def run(self, lines: list[str]) -> list[str]:
        self.md.inlinePatterns.register(SimpleTextInlineProcessor("(?i)w(o)rd"), "shout", 200)
        return lines


class _Own(Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Markdown calls it so
        md.preprocessors.register(_Shout(md), "shout", 5)
        md.block_level_elements.append("i")


def test_steps_of_a_sites_own_are_taken() -> None:
    """A pattern that is not known is always tried, whenever it comes; elements that an extension names are blocks."""
    text = "A word, *W*ord\n\n<i>\nnot *this*\n</i>\n"
    html = markdown.markdown(text, extensions=[_Own(), "extra"])

    assert html == "<p>A o, <em>W</em>ord</p>\n<i>\nnot *this*\n</i>"
    assert steps.Markdown(extensions=[_Own(), "extra"]).convert(text) == html
