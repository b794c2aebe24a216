"""Pull quotes in the two texts of a page."""

from __future__ import annotations

from plugins.pullquotes.marks import without_marks
from plugins.pullquotes.model import Mark
from plugins.pullquotes.place import place
from plugins.pullquotes.quotes import collect
from plugins.shared import html, markers


def span(words: str) -> str:
    return f'<span class="pull" data-pull="{markers.encode(Mark().data())}">{words}</span>'


def placed(content: str, body: str) -> tuple[str, str]:
    sound, aside = html.parse(content), html.parse(body)
    collected, _ = collect(aside, {})
    place(sound, collected, asides=False)
    place(aside, collected, asides=True, side="end")
    return html.serialise(sound), html.serialise(aside)


def test_the_text_for_any_theme_has_anchors_and_no_copies() -> None:
    """Content keeps each word once; body has a sidebar on the side that the site sets."""
    content, body = placed(f"<p>{span('a')}</p>", f"<p>{span('a')}</p>")

    assert content == '<p><span class="pulled" id="pull-1">a</span></p>'
    assert body.count("<aside") == 1
    assert 'data-side="end"' in body


def test_one_mark_has_one_anchor_in_both_texts() -> None:
    """Where a note stands elsewhere in the content, its mark still has the number it has in the body."""
    content, body = placed(
        f"<p>{span('a')}</p><p>{span('c')}</p><ol>{span('b')}</ol>",
        f"<p>{span('a')}</p><aside>{span('b')}</aside><p>{span('c')}</p>",
    )

    for anchor in ('id="pull-1">a<', 'id="pull-2">b<', 'id="pull-3">c<'):
        assert anchor in content
        assert anchor in body


def test_a_mark_with_a_fault_leaves_its_words() -> None:
    """No marker reaches a page, whatever is wrong with it."""
    content, _ = placed(f"<blockquote>{span('a')}</blockquote><span data-pull='x' id='i'>b</span>", "")

    assert content == '<blockquote>a</blockquote><span id="i">b</span>'


def test_a_text_shown_elsewhere_has_no_marks() -> None:
    """A summary keeps the words of a mark only."""
    assert without_marks(f"One {span('<em>two</em>')} three &amp; four") == "One <em>two</em> three &amp; four"
