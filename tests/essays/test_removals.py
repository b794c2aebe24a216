"""What was taken away is told from tags alone where that is sure, and by a parser elsewhere: the same either way."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plugins.essays import removals
from plugins.essays.sanitise import clean


PIECES = [
    *(
        "words ",
        "a &lt;b> ",
        "&amp;",
        "<",
        ">",
        '"',
        "'",
        "=",
        "</",
        "-->",
        "<!-- c -->",
        "<!-- <b> -->",
        "<!--",
        "<?x?>",
    ),
    *("<p>", "</p>", "<p class='a'>", "<P CLASS=a>", '<b id="c" onclick="d">', "</b >", "<br/>", "<hr / >", "<u x>"),
    *('<a href="javascript:e">', "<a href='/f' target=\"g\">", "</a>", '<a href="h', '<img src="i" alt="j > k">'),
    *(
        "<script>",
        "</script>",
        "<style>",
        "</style>",
        "<title>",
        "</title>",
        "<iframe src='l'>",
        "</iframe>",
        "<textarea>",
    ),
    *(
        '<font color="m">',
        "</font>",
        "<o:p>",
        '<p style="n">',
        '<p data-ö="1">',
        '<span data-x="<b>">',
        "<svg/onload=o>",
    ),
]
HTML = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=2)), max_size=12).map("".join)


@settings(max_examples=1000, deadline=None)
@given(HTML)
@example('<script><b id="c" onclick="d"></script>')
@example("<iframe><u x></u>")
def test_tags_tell_what_a_parser_tells(html: str) -> None:
    """Whatever the HTML, the parser finds the same tags, attributes and addresses gone."""
    cleaned = clean(html)
    found = list(removals.removed(html, cleaned))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(removals, "_is_plain", lambda _html: False)
        assert found == list(removals.removed(html, cleaned))


def test_nothing_is_gone_from_what_is_the_same() -> None:
    """HTML that sanitising gives back as it was lacks nothing, odd as it may be."""
    assert list(removals.removed("<p onclick=a>", "<p onclick=a>")) == []
