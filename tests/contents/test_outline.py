"""The headings of a text as a tree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lxml import html

from plugins.contents.model import Heading
from plugins.contents.outline import contents


FRONT = """---
title: T
date: 2020-01-01
references: [{id: roe, type: book, title: ROADS, author: [{family: Roe}]}]
---
"""
LONG = """## One & &lt;two>

A.

### [Below]{.pull} it[^n]

B.

## What @roe argues

C.

## Last

D.

[^n]: Note.
"""


def told(headings: tuple[Heading, ...]) -> list[Any]:
    return [[heading.id, *told(heading.below)] for heading in headings]


def text(*headings: str) -> str:
    return "<p>Words.</p>".join(f'<h{tag[0]} id="{tag[1:]}">{tag}</h{tag[0]}>' for tag in headings)


def test_headings_stand_below_those_above_them() -> None:
    """A heading is below the last one of a lower level; a text that begins deep, or skips a level, has all of them."""
    assert told(contents(text("2a", "3b", "3c", "2d"), 1, 3)) == [["a", ["b"], ["c"]], ["d"]]
    assert told(contents(text("3a", "2b", "4c", "3d"), 1, 4)) == [["a"], ["b", ["c"], ["d"]]]


def test_a_short_text_has_none() -> None:
    """A table is made of so many headings at least, and of none that are deeper than asked for."""
    assert contents(text("2a", "3b", "4c"), 3, 3) == ()
    assert told(contents(text("2a", "3b", "4c"), 2, 3)) == [["a", ["b"]]]


def test_headings_of_others_are_none_of_the_text() -> None:
    """What stands in a quotation, in the notes or without an id is no place that the table leads to."""
    page = (
        '<h2 id="a">A</h2><blockquote><h2 id="q">Q</h2></blockquote><div><h2 id="b">B</h2></div><h2>C</h2>'
        '<section class="notes" role="doc-endnotes"><h2 id="n">Notes</h2></section>'
    )
    assert told(contents(page, 1, 3)) == [["a"], ["b"]]


def test_a_heading_is_its_words() -> None:
    """Notes, citations, pictures and links stay out; emphasis, languages and small capitals stay."""
    heading = (
        '<h2 id="h">The <a href="/x">law</a> <em>of</em> <span lang="zh" id="i">法</span> &amp; <span class="caps">USC'
        '</span><sup data-apparatus="" id="ref-1"><a href="#note-1">1</a></sup><img src="x" alt="y"></h2>'
    )
    assert [each.html for each in contents(heading, 1, 3)] == [
        'The law <em>of</em> <span lang="zh">法</span> &amp; <span class="caps">USC</span>'
    ]


def test_a_long_essay_has_its_table(build_site: Callable[..., Any]) -> None:
    """The table names each heading as it reads, leads to it, and is in the essay alone."""
    site = build_site({"content/essays/a.md": FRONT + LONG, "content/essays/b.md": FRONT + "## One\n\nShort.\n"})
    page = html.document_fromstring(site.read("essays/a/index.html"))
    links = page.xpath("//nav[@class='contents']//a")

    words = [" ".join(link.text_content().split()) for link in links]
    assert words == ["One & <two>", "Below it", "What Roe argues", "Last"]
    assert all(page.get_element_by_id(link.get("href")[1:]).tag in {"h2", "h3"} for link in links)
    assert page.xpath("//nav[@class='contents']//li//li//a/text()")[0].startswith("Below")
    assert 'class="contents"' not in site.read("essays/b/index.html")
    assert "on-this-page" not in site.read("feeds/atom.xml")
