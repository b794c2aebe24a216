"""Whether a text leads to an address, with a tree and without."""

from __future__ import annotations

import pytest

from plugins.press.authorship import _addresses_in, _is_link


@pytest.mark.parametrize(
    "html",
    [
        '<p>a <a class="b" href="/x">c</a></p>',
        '<p>a <a href="/x" title="=&quot;">c</a></p>',
        '<img alt="" src="/x">',
        '<p title="/x">a</p>',
        '<p data-href="/x">a</p>',
        '<p>href="/x"</p>',
        '<p>a &lt;a href="/x"&gt;</p>',
        '<p title="a > b" id="c">href="/x"</p>',
        '<!-- <a href="/x"> -->',
        '<img srcset="/x 2x, /y">',
        "<a href='/x'>a</a>",
        '<a href="/x/y">a</a>',
        "words",
    ],
)
def test_links_are_seen_without_a_tree(html: str) -> None:
    """What is seen in the text is what a parser sees."""
    assert _is_link("/x", html) == ("/x" in _addresses_in(html))
