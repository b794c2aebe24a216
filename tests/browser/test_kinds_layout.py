"""Every kind of page at every width, with large text, with the reader's own colours, and without motion."""

from __future__ import annotations

from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from tests.browser.kinds_site import Kinds


pytestmark = pytest.mark.browser

WIDTHS = (320, 360, 768, 1400, 2400)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LAYOUT = ("sideways", "cut", "overlaps", "targets", "order", "turned")
#: Characters in a full line. A Chinese character is as wide as two letters and says as much.
COMFORT = {"letters": range(45, 76), "han": range(22, 41)}
SPACED = "* { line-height: 1.5; letter-spacing: 0.12em; word-spacing: 0.16em } p { margin-block-end: 2em }"
EXPECTED = {"", "404.html", "about/", "archives/", "authors/", "tags/", "tags/china/", "tags/china/page/2/"}


def faults(page: Page, *checks: str) -> list[str]:
    """Return what each check of measures.js finds, each with the check's name."""
    found = page.evaluate("(names) => Object.fromEntries(names.map((name) => [name, measures[name]()]))", list(checks))
    return [f"{urlsplit(page.url).path}: {name}: {fault}" for name, each in found.items() for fault in each]


def sized(width: int) -> dict[str, Any]:
    return {"viewport": {"width": width, "height": 900}}


def all_faults(kinds: Kinds, browser: Browser, *checks: str, **options: Any) -> list[str]:
    return [fault for _, page in kinds.visits(browser, **options) for fault in faults(page, *checks)]


def test_kinds_are_found(kinds: Kinds) -> None:
    """The site has each kind of page: lists, their further pages, texts in three directions, a draft."""
    texts = {"essays/dense/", "essays/short/", "essays/arabic/ar/", "essays/chinese/zh-hans/", "drafts/draft/"}

    assert {*EXPECTED, *texts} <= set(kinds.names)


@pytest.mark.parametrize("width", WIDTHS)
def test_everything_has_its_place(chromium: Browser, kinds: Kinds, width: int) -> None:
    """Nothing scrolls sideways, is cut off or overlaps; targets are large or apart; the order is that of reading.

    Where there is room, a full line of running text holds 45 to 75 letters, or 22 to 40 Chinese characters.
    """
    found, lines = [], []
    for _, page in kinds.visits(chromium, **sized(width)):
        found += faults(page, *LAYOUT)
        lines += page.evaluate("measures.measure()")

    assert found == []
    assert len(lines) > 10
    odd = [line for line in lines if line["characters"] not in COMFORT[line["script"]]]
    assert width < 768 or odd == []


@pytest.mark.parametrize("width", [360, 1400])
def test_the_dark_page_is_the_same_page(chromium: Browser, kinds: Kinds, width: int) -> None:
    """In the dark nothing stands elsewhere, and every text is as plain on what is behind it as in the light."""
    for name, page in kinds.visits(chromium, color_scheme="light", **sized(width)):
        light = page.evaluate("measures.places()")
        assert faults(page, "faint") == [], name
        page.emulate_media(color_scheme="dark")
        assert page.evaluate("measures.places()") == light, name
        assert faults(page, "faint") == [], name


@pytest.mark.parametrize("width", [360, 1400])
def test_twice_the_text(chromium: Browser, kinds: Kinds, width: int) -> None:
    """A reader whose browser sets text at twice the size loses nothing."""
    found = []
    for name, page in kinds.visits(chromium, **sized(width)):
        session = page.context.new_cdp_session(page)
        session.send("Page.enable")
        sizes = [text_size(page, session, size) for size in (16, 32)]
        assert sizes[1] > 1.8 * sizes[0], name
        found += faults(page, "sideways", "cut", "overlaps")

    assert found == []


def text_size(page: Page, session: CDPSession, size: int) -> float:
    """Return the size of a page's text where the reader's is `size`."""
    session.send("Page.setFontSizes", {"fontSizes": {"standard": size, "fixed": round(size * 13 / 16)}})
    return float(page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"))


def test_twice_the_page(chromium: Browser, kinds: Kinds) -> None:
    """A page of 1280 pixels that is magnified twice loses nothing."""
    assert all_faults(kinds, chromium, *LAYOUT, device_scale_factor=2, **sized(640)) == []


@pytest.mark.parametrize("width", [320, 1400])
def test_a_readers_own_spacing(chromium: Browser, kinds: Kinds, width: int) -> None:
    """A reader who sets letters, words and lines further apart (WCAG 1.4.12) loses nothing."""
    found = []
    for _, page in kinds.visits(chromium, **sized(width)):
        page.add_style_tag(content=SPACED)
        found += faults(page, "sideways", "cut", "overlaps")

    assert found == []


def test_forced_colours(chromium: Browser, kinds: Kinds) -> None:
    """With the reader's own few colours every text is plain on what is behind it, in the light and in the dark."""
    found = []
    for _, page in kinds.visits(chromium, forced_colors="active"):
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            found += faults(page, "faint")

    assert found == []


def test_nothing_moves(chromium: Browser, kinds: Kinds) -> None:
    """For a reader who asks for less motion nothing moves, and nothing could."""
    assert all_faults(kinds, chromium, "moving", reduced_motion="reduce") == []
