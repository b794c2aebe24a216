from __future__ import annotations

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from plugins.shared import html


@pytest.mark.parametrize(
    "fragment",
    [
        "<p>a &amp; b &lt;c&gt; “q” 任何</p>",
        "words <em>alone</em> &amp; more",
        "<p>super<wbr>long</p><p>next</p>",
        '<picture><source srcset="a&gt;b"><img src="x" alt="a > b"></picture><p>after</p>',
        "<p>a<br>b</p><hr><ul><li>x</li></ul>",
        "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>",
    ],
)
def test_a_fragment_comes_back_as_it_was(fragment: str) -> None:
    """Parsing and writing change nothing in sanitised HTML, void elements among them."""
    written = html.serialise(html.parse(fragment))

    assert written.replace("a > b", "a &gt; b") == fragment.replace("a > b", "a &gt; b")


def test_plain_text_has_words_and_no_apparatus() -> None:
    """Marks about the words are left out, blocks are set apart, inline elements are not."""
    root = html.parse('<p>One<sup data-apparatus="">1</sup> t<em>wo</em>.</p><ul><li>a</li><li>b</li></ul>')

    assert html.plain_text(root) == "One two. a b"


@pytest.mark.parametrize(
    ("fragment", "plain"),
    [
        (
            'One <i data-apparatus="">1</i> <i data-apparatus="">2</i>. Two <i data-apparatus="">3</i> too.',
            "One. Two too.",
        ),
        ('“One” <i data-apparatus="">1</i>, 文 <i data-apparatus="">2</i>。', "“One”, 文。"),
        ('One<sup id="fnref:a"><a href="#fn:a">1</a></sup>.', "One."),
    ],
)
def test_plain_text_closes_up(fragment: str, plain: str) -> None:
    """What is left out leaves no space before punctuation, and a footnote's mark leaves no number."""
    assert html.plain_text(html.parse(fragment)) == plain


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")))


@given(
    st.one_of(
        WORDS.map(escape),
        st.lists(st.sampled_from(" |&nbsp;|&amp;|&#233;|&copy|&#x80;|&|<br>|a|\n".split("|"))).map("".join),
    )
)
def test_words_need_no_tree(fragment: str) -> None:
    """The words of a fragment are those of its tree, also where none is made."""
    assert html.words_of(fragment) == html.plain_text(html.parse(fragment))


def test_an_element_is_replaced_and_its_tail_stays() -> None:
    """What stood before and after a replaced element stays in order."""
    root = html.parse("<p>a<b>x</b>c</p>")

    html.replace(next(root.iter("b")), "b", html.parse("").makeelement("i"), "!")

    assert html.serialise(root) == "<p>ab<i></i>!c</p>"


def test_an_element_is_unwrapped() -> None:
    """The contents of an unwrapped element stand in its place, with all their text."""
    root = html.parse("<p>a <span>b <i>c</i> d</span> e</p>")

    html.unwrap(next(root.iter("span")))

    assert html.serialise(root) == "<p>a b <i>c</i> d e</p>"


def test_markup_is_parsed_like_any_text() -> None:
    """A fragment that templates take for sound HTML is read as it is: nothing of it is escaped."""
    picture = '<picture><source srcset="a"><img src="x" alt=""></picture>'

    assert html.serialise(html.parse(Markup(picture))) == html.serialise(html.parse(picture)) == picture
