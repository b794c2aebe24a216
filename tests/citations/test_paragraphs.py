"""Ids of paragraphs, and the links that name their numbers."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from plugins.citations.ids import Ids
from plugins.citations.paragraphs import add_links, give_ids
from plugins.citations.uncited import numbered
from plugins.shared.html import parse, plain_text, serialise
from tests.fixtures import Case, read_fixture_file


def label(number: int) -> str:
    return f"Paragraph {number}"


CASES = read_fixture_file(Path(__file__).parent / "paragraphs.md")
LINK = re.compile(
    r'<a class="para" href="#([^"]*)" aria-label="Paragraph (\d+)" data-apparatus="" data-pagefind-ignore="">\2</a>'
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_paragraphs(case: Case) -> None:
    """Each paragraph of the text has an id of its own, and ends in a link to it that is its number."""
    content, body = numbered(case.given, end="", named=label)
    assert LINK.sub(r"[\2]", body) == case.expected
    assert [f'id="{unquote(name)}"' in content for name, _ in LINK.findall(body)].count(False) == 0
    assert content == re.sub(r" \[\d+\]", "", case.expected)


def test_an_edit_elsewhere() -> None:
    """A paragraph is called the same whatever is written before it, behind it, and in the rest of it."""
    before = "<p>One two three four five.</p>"
    after = "<p>Another.</p><blockquote><p>A third.</p></blockquote><p>One two three four, and six.</p><h2>H</h2>"
    (name,) = re.findall('id="([^"]*)"', numbered(before, end="", named=label)[0])
    assert name in re.findall('id="([^"]*)"', numbered(after, end="", named=label)[0])


def test_links_are_not_of_the_words() -> None:
    """The words of a text with numbered paragraphs are those of the text."""
    html = "<p>One <em>two</em>.</p><p>Three</p>"
    root = parse(html)
    give_ids(root)
    add_links(root, label)
    assert plain_text(root) == plain_text(parse(html))


def test_ids_that_end_in_a_name() -> None:
    """Ids of a text and what leads to them end in its name; notes, and places elsewhere, are left alone."""
    html = (
        '<p><a href="#h">to</a> <a href="/b/#h">b</a> <a href="#no">no</a> <a href="#caf%C3%A9">c</a></p>'
        '<h2 id="h">H</h2><h2 id="café">C</h2><table><tr><th id="c">C</th></tr><tr><td headers="c">1</td></tr></table>'
        '<p>Words<sup id="fnref:1"><a href="#fn:1">1</a></sup></p>'
    )
    content, _ = numbered(html, end=".a", named=label)
    assert re.findall(' id="([^"]*)"', content) == ["p-to-b-no-c.a", "h.a", "café.a", "c.a", "p-words.a", "fnref:1"]
    assert re.findall('href="([^"]*)"', content) == ["#h.a", "/b/#h", "#no", "#caf%C3%A9.a", "#fn:1"]
    assert 'headers="c.a"' in content
    root = parse(html)
    Ids().extend(root)
    assert serialise(root) == html
