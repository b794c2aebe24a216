"""What the measures are worth: each finds a fault that is put into a sound page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.kinds_site import MEASURES


pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="en"><style>{style}</style><main id="main"><h1>A title</h1>
<p>A paragraph of some words that goes on for a while and has <a href="#main">a link</a> in it.</p>
<aside class="note">A note beside it.</aside><p>Another.</p>{extra}</main></html>"""
PLANTED = [
    ("sideways", "h1 { inline-size: 3000px }", ""),
    ("sideways", "p { inline-size: 6em; white-space: nowrap }", ""),
    ("cut", "p { block-size: 1em; overflow: hidden; inline-size: 9em }", ""),
    ("cut", "p { inline-size: 6em; white-space: nowrap }", ""),
    ("overlaps", "aside { margin-block-start: -2em }", ""),
    ("overlaps", "aside { position: absolute; inset: 0; block-size: 300px }", ""),
    ("targets", "", "<ul><li><a href='#main'>1</a></li><li><a href='#main'>2</a></li></ul>"),
    ("order", "main { display: flex; flex-direction: column-reverse }", ""),
    ("turned", "", "<p dir='rtl'>8 March 2020</p>"),
    ("faint", "p { color: #bbb }", ""),
    ("faint", "p { color: Canvas; forced-color-adjust: none }", ""),
    ("moving", "@keyframes turn { to { rotate: 360deg } } h1 { animation: turn 3s infinite }", ""),
    ("moving", "a { transition: color 1s }", ""),
    ("astray", "", "<a href='#nowhere'>x</a>"),
    ("astray", "aside { display: none }", "<a href='#gone' role='doc-noteref'>x</a><aside id='gone'>y</aside>"),
]


@pytest.mark.parametrize(("check", "style", "extra"), PLANTED)
def test_a_fault_is_found(chromium: Browser, check: str, style: str, extra: str) -> None:
    """Each measure finds nothing in a sound page, and something in one with its fault."""
    page = chromium.new_page(viewport={"width": 600, "height": 900}, bypass_csp=True)
    counts = []
    for planted in (("", ""), (style, extra)):
        page.set_content(PAGE.format(style=planted[0], extra=planted[1]))
        page.evaluate(MEASURES)
        counts.append(len(page.evaluate(f"measures.{check}()")))
    page.close()

    assert [bool(count) for count in counts] == [False, True]
