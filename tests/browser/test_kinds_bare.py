"""Every kind of page without styles, without scripts and by the keyboard alone."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from lxml import html
from playwright.sync_api import Browser, Page

from tests.browser.kinds_site import REDIRECT, Kinds


pytestmark = pytest.mark.browser

SMALL = {"width": 360, "height": 640}
CHOSEN = ("", "essays/dense/", "archives/")


def test_without_scripts(chromium: Browser, kinds: Kinds) -> None:
    """A browser that runs no scripts shows every kind of page as any other does, box by box."""
    shown = {}
    for runs in (True, False):
        for name, page in kinds.visits(chromium, java_script_enabled=runs):
            shown.setdefault(name, []).append(page.evaluate("measures.places()"))

    assert [name for name, (one, other) in shown.items() if one != other] == []


def test_without_styles(chromium: Browser, kinds: Kinds) -> None:
    """Without the stylesheet all that is read aloud is there, once, in the same order; every note follows its mark."""
    for width in (360, 1400):
        for name, page in kinds.visits(chromium, viewport={"width": width, "height": 900}):
            styled = page.evaluate("measures.spoken()")
            page.evaluate("for (const sheet of document.styleSheets) sheet.disabled = true")
            bare = page.evaluate("measures.spoken()")
            long = [text for text in page.evaluate("measures.spoken('body', 'nav')") if len(text) > 60]

            # Where a block ends is the style's: a number in the gutter is a block, or part of its paragraph.
            assert "".join("".join(bare).split()) == "".join("".join(styled).split()), name
            assert sorted(set(long)) == sorted(long), name
            assert page.evaluate("measures.astray()") == [], name
            assert page.locator("h1").count() == 1, name


def test_by_the_keyboard(chromium: Browser, kinds: Kinds) -> None:
    """The tab key goes through all that can be used, in the order of the document; the focus is always seen."""
    for name, page in kinds.visits(chromium):
        stops = tab_through(page)

        assert [number for number, _ in stops] == list(range(page.evaluate("measures.stops()"))), name
        assert [fault for _, faults in stops for fault in faults] == [], name


def tab_through(page: Page) -> list[tuple[int, list[str]]]:
    """Press the tab key until the focus leaves the page; return what was focused by number, and what is wrong there."""
    found = []
    while True:
        page.keyboard.press("Tab")
        stop = page.evaluate("measures.focus()")
        if stop is None or (found and stop["number"] == found[0][0]):
            return found
        found.append((stop["number"], stop["faults"]))


@pytest.mark.parametrize("colours", ["none", "active"])
def test_the_focus_is_seen_on_a_small_screen(chromium: Browser, kinds: Kinds, colours: str) -> None:
    """At 360 pixels, too, and with forced colours, the focus is seen wherever it goes."""
    for name, page in kinds.of(*CHOSEN).visits(chromium, viewport=SMALL, forced_colors=colours):
        assert [fault for _, faults in tab_through(page) for fault in faults] == [], name


def test_the_skip_link(chromium: Browser, kinds: Kinds) -> None:
    """The first stop of every page is a link to its text, which is seen then, and from which the next stop is there."""
    for name, page in kinds.visits(chromium):
        page.keyboard.press("Tab")
        link = page.locator(".skip a")
        assert link.evaluate("(link) => document.activeElement === link && link.getBoundingClientRect().top >= 0"), name
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#main", name
        page.keyboard.press("Tab")
        assert page.evaluate("!document.activeElement.closest('header.site-header')"), name


def test_old_addresses(chromium: Browser, kinds: Kinds) -> None:
    """A page that only sends readers on does so without a script, and its link leads there for whoever is not sent."""
    context = chromium.new_context(java_script_enabled=False)
    page, found = context.new_page(), 0
    for path in kinds.folder.rglob("*.html"):
        if REDIRECT in (data := path.read_bytes()):
            target = html.fromstring(data).xpath("string(//link[@rel='canonical']/@href)")
            links = html.fromstring(data).xpath("//a/@href")
            page.goto(f"{kinds.home}/{path.relative_to(kinds.folder).as_posix()}")
            page.wait_for_url(target)
            assert target in {urljoin(kinds.home, link) for link in links}, path
            found += 1
    context.close()

    assert found == 2
