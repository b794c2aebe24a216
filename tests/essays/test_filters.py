"""The shortcuts of typography: the same bytes as typogrify's filters, whatever they are given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import smartypants
from hypothesis import given, settings
from hypothesis import strategies as st
from typogrify import filters as typogrify

from plugins.essays import filters
from plugins.essays.sanitise import clean
from plugins.essays.syntax import Converter
from plugins.essays.typography import Typography


ATTRIBUTES = [
    each | smartypants.Attr.w for each in (smartypants.Attr.set1, smartypants.Attr.set2, smartypants.Attr.set3)
]
WORDS = (
    "a|s|word|Z|é|天|٣|_|9|80s|the FBI|U.S.|U. S.|A.B. c|NASA's|18F|'| ' |''|\"|\"'|it's|dogs'|'tis|(\"|\"one two\"|"
    "...|. . .|--|---|`|``|\\|\\'|&|&amp;| & | &amp; |&nbsp;|&#38;|&quot;|&#8220;|&ldquo;|&#8212;|“|…|,|.|!|-|/|;|"
    " |  |\n| \n |\u00a0"
)
TAGS = (
    '<p>|</p>|\n<p>|</p>\n|<h2 id="a">|</h2>|<ul>\n<li>|</li>|<dd>|</dt>|<em>|</em>|<b>|</b> |<span class="x">|</span>|'
    '<a href="/x?a&amp;b" title=\'A "B" & C\'>|</a>|<br>|<img alt="It\'s \'A & B\'">|<blockquote>|</blockquote>|'
    "<pre>|</pre>|<code>|</code>|<kbd>|</kbd>|<samp>|<script>|</script>|<style>|<math>|<tt>|<!-- a -- 'b' -->|<!--|-->|"
    '<|>|<>|< p|<i lang="fr">|<i lang="zh">|</i>|<P>|<KBD>'
)
PIECES = st.sampled_from([*WORDS.split("|"), *WORDS.split("|"), *TAGS.split("|")])
HTML = st.lists(st.one_of(PIECES, PIECES, PIECES, st.text(max_size=3)), max_size=14).map("".join)

Check = Callable[[str], None]


def _plain(html: str, attributes: Any = ATTRIBUTES[0]) -> str:
    """Typeset HTML with typogrify alone."""
    parts = typogrify.process_ignores(html)
    return "".join(_all_filters(part, attributes) if wanted else part for part, wanted in parts)


def _all_filters(html: str, attributes: Any) -> str:
    html = smartypants.smartypants(typogrify.amp(html), attributes)
    return str(typogrify.widont(typogrify.initial_quotes(typogrify.caps(html))))


def _each_filter(html: str) -> None:
    for name in ("amp", "caps", "initial_quotes", "widont"):
        assert getattr(filters, name)(html) == getattr(typogrify, name)(html), name
    for attributes in ATTRIBUTES:
        assert filters.smartypants(html, attributes) == smartypants.smartypants(html, attributes)


@settings(max_examples=1000, deadline=None)
@given(HTML)
def test_each_filter_does_what_typogrifys_does(html: str) -> None:
    """Whatever the HTML, and what an earlier filter made of it, each filter yields what typogrify's own does."""
    _each_filter(html)
    _each_filter(typogrify.initial_quotes(typogrify.caps(smartypants.smartypants(html, ATTRIBUTES[0]))))


@settings(max_examples=300, deadline=None)
@given(HTML.filter(lambda html: "lang=" not in html and "\ue000" not in html))
def test_all_together_do_what_typogrify_does(html: str) -> None:
    """What is cut out as code, and the order of the filters, are typogrify's."""
    assert Typography().typeset(html, "en") == _plain(html)


def test_essays_are_set_as_by_typogrify(essays: list[str]) -> None:
    """Real essays, and each line of their HTML, are set byte for byte as typogrify alone sets them."""
    converter = Converter()
    for essay in essays:
        html = clean(converter.convert(essay)[0]).replace("lang=", "data-lang=")
        assert Typography().typeset(html, "en") == _plain(html)
        for line in html.split("\n"):
            _each_filter(line)


@pytest.mark.parametrize(
    "html",
    [
        "<p>a's's \"b\"'s' '80s, the class of '98</p>",
        '<em>a</em>"<em>b</em>',
        "<p>the D.O.T.   of the U. S. A</p>",
        "<p>(<b>“two</b> words)</p> and <p>a <i>b</i> </p>",
        "<p>a's's</p>",
        " a</p><a",
        "a <q b c</p> d</p>",
        "A &#38; B",
        '<p>the <code>AB "c"</code> of D</p>',
        "<PRE>AB & CD</PRE>",
        "<KBD>AB 'c' <!-- 'd' -- --> E.F. g</p>",
        "<p title='A & B'>C & D < E & F",
    ],
)
def test_oddities_are_typogrifys(html: str) -> None:
    """What means one thing or another, and what is no sound HTML, is set as typogrify sets it."""
    _each_filter(html)
    assert Typography().typeset(html, "en") == _plain(html)
