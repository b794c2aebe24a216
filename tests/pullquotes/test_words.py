"""The copy of marked words: the same words, nothing that is not words, whatever they are."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.pullquotes.folding import fold
from plugins.pullquotes.model import Mark
from plugins.pullquotes.passages import find_passages
from plugins.pullquotes.quotes import collect
from plugins.pullquotes.words import Words
from plugins.shared import html, markers


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1)
AWKWARD = st.text(st.sampled_from("\"'“”‘’<>&;[]{}()*_`…. -–—@#a Bé等处\u0301\u00a0\u3000"), min_size=1, max_size=40)


def marked(inner: str, **options: str) -> html.Element:
    data = markers.encode(Mark(**options).data())  # type: ignore[arg-type]
    return html.parse(f'<p>Before <span class="pull" data-pull="{data}">{inner}</span> after</p>')


@given(st.one_of(TEXT, AWKWARD))
def test_any_text_survives(text: str) -> None:
    """The copy says what the marked words say, and its HTML is those words and nothing else."""
    root = marked(f"x{escape(text)}")
    collected, faults = collect(root, {})

    assert not faults
    quote = collected[0][1]
    assert quote.text == html.plain_text(next(root.iter("span")))
    assert html.plain_text(html.parse(quote.html)) == quote.text


@given(AWKWARD)
def test_all_of_the_words_are_a_shorter_form_of_themselves(text: str) -> None:
    """Words copied into `text=` are found, whatever they are."""
    words = f"x {text} y"

    assert find_passages(words, words) == (((0, len(words), ""),), "")


@given(st.lists(st.sampled_from("one two three four five".split()), min_size=3), st.data())
def test_words_left_out_need_an_ellipsis(words: list[str], data: st.DataObject) -> None:
    """Leaving a word out is found with an ellipsis in its place."""
    at = data.draw(st.integers(1, len(words) - 2))
    short = " ".join([*words[:at], "…", *words[at + 1 :]])

    assert isinstance(find_passages(short, " ".join(words)), tuple)


@pytest.mark.parametrize("wrong", ["<b>", "</p>", '" onclick="x', "&amp;", "]]>"])
def test_a_credit_and_a_shorter_form_are_text(wrong: str) -> None:
    """Nothing that an option or a bibliography says becomes markup."""
    root = marked(escape(f"a {wrong} b"), text=f"a {wrong} b", cite="k")
    collected, faults = collect(root, {"k": wrong})

    assert not faults
    assert collected[0][1].credit == wrong
    assert html.plain_text(html.parse(collected[0][1].html)) == f"a {wrong} b"


def test_nothing_in_the_copy_can_be_clicked_or_pointed_at() -> None:
    """Links lose their address, and pictures, controls, ids and apparatus go."""
    root = html.parse(
        '<p id="p"><a href="u" id="a" tabindex="0">a</a><img src="i" alt="no"><button>no</button>'
        '<sup data-apparatus="" id="ref-1"><a href="#note-1">1</a></sup><em id="e" onclick="x" class="c">b</em>'
        '<span contenteditable="true">c</span><details><summary>d</summary></details><audio controls>no</audio>'
        '<ruby>漢<rt>kan</rt></ruby>H<sub>2</sub>O <span class="caps">NASA</span><br>e<wbr>f<!-- no --></p>'
    )

    assert Words(root[0]).html() == (
        'a<em class="c">b</em>cd<ruby>漢<rt>kan</rt></ruby>H<sub>2</sub>O <span class="caps">NASA</span><br>e<wbr>f'
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("“a”", '"a"'),
        ("it’s", "it's"),
        ("a -- b", "a — b"),
        ("a...", "a…"),
        ("a . . . b", "a … b"),
        ("a\u00a0\n b", "a b"),
        ("cafe\u0301", "café"),
        ("「处处」", '"处处"'),
        ("so\u00adft", "soft"),
    ],
)
def test_signs_fold(written: str, meant: str) -> None:
    """What typography changes makes no difference."""
    assert fold(written).text == fold(meant).text


@pytest.mark.parametrize(("one", "other"), [("发", "發"), ("A", "a"), ("１", "1"), ("守 信", "守信"), ("é", "e")])
def test_letters_do_not_fold(one: str, other: str) -> None:
    """A letter is no other letter, and a space between Han characters is a space."""
    assert fold(one).text != fold(other).text


@pytest.mark.parametrize("value", ["", "x", "%5B%5D", markers.encode({"side": "up"}), markers.encode({"text": 1})])
def test_a_forged_marker_is_no_mark(value: str) -> None:
    """A marker that no mark made, in an author's raw HTML, is passed over."""
    root = html.parse(f'<p><span class="pull" data-pull="{value}">a</span></p>')

    assert collect(root, {}) == ((), ())
