from __future__ import annotations

import itertools
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.kinds_site import MEASURES
from tests.browser.test_kinds_layout import faults


pytestmark = pytest.mark.browser

#: The boxes of asides and of the lines and blocks of the text column, in CSS pixels of the page.
BOXES = """() => {
  const box = ({left, right, top, bottom}, name) => ({name, left, right, top, bottom});
  const blocks = ".prose > *, .masthead > *, .plate, .bibliography, .colophon, .site-footer";
  const shown = [...document.querySelectorAll(blocks)].filter((element) => element.getClientRects().length);
  return shown.map((element) => ({
    ...box(element.getBoundingClientRect(), `${element.tagName}.${element.className}#${element.id}`),
    aside: element.matches(".note, .pull-quote"),
  }));
}"""
PAGES = ["essays/dense/", "essays/everywhere/", "essays/pictured/"]
DEMO_PAGES = ["", "essays/everywhere-under-heaven/", "essays/at-will/", "archives/", "tags/"]


def visit(browser: Browser, address: str, width: int) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(address)
    page.evaluate("document.fonts.ready")
    return page


def overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Tell whether two boxes share more than the rounding of a pixel."""
    across = min(one["right"], other["right"]) - max(one["left"], other["left"])
    down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    return bool(across > 0.5 and down > 0.5)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [360, 768, 1100, 1150, 1400, 1439, 1440, 1600])
def test_asides_overlap_nothing(chromium: Browser, specimens: str, width: int, path: str) -> None:
    """No aside overlaps another, the text, a picture or the footer, at any width."""
    page = visit(chromium, f"{specimens}/{path}", width)
    boxes = page.evaluate(BOXES)
    page.close()

    asides = [box for box in boxes if box["aside"]]
    clashes = [
        (aside["name"], box["name"])
        for aside, box in itertools.product(asides, boxes)
        if box is not aside and overlap(aside, box)
    ]
    assert asides
    assert clashes == []


@pytest.mark.parametrize(("width", "sides"), [(800, {"text"}), (1150, {"end"}), (1600, {"start", "end"})])
def test_asides_stand_where_there_is_room(chromium: Browser, specimens: str, width: int, sides: set[str]) -> None:
    """Asides stand in the text, in one margin or in both, by the width of the page."""
    page = visit(chromium, f"{specimens}/essays/dense/", width)
    found = page.evaluate("""() => {
      const text = document.querySelector(".prose").getBoundingClientRect();
      const side = (box) => box.right <= text.left ? "start" : box.left >= text.right ? "end" : "text";
      return [...document.querySelectorAll(".note, .pull-quote")].map((one) => side(one.getBoundingClientRect()));
    }""")
    page.close()

    assert set(found) == sides


def test_a_note_starts_beside_its_paragraph(chromium: Browser, specimens: str) -> None:
    """In a wide page an unhindered note starts level with its paragraph, not below it."""
    page = visit(chromium, f"{specimens}/essays/everywhere/", 1600)
    note, paragraph = (page.locator(selector).bounding_box() for selector in ("#note-1", "p:has(> #ref-1)"))
    page.close()

    assert note is not None
    assert paragraph is not None
    assert paragraph["y"] < note["y"] < paragraph["y"] + paragraph["height"]


@pytest.mark.parametrize("site", ["demo", "specimens"])
def test_nothing_scrolls_sideways(chromium: Browser, request: pytest.FixtureRequest, site: str) -> None:
    """At 320 pixels no page of a site as authors write it is wider than the screen, and nothing in it is cut off."""
    address = request.getfixturevalue(site)
    found = []
    for path in PAGES if site == "specimens" else DEMO_PAGES:
        page = visit(chromium, f"{address}/{path}", 320)
        page.evaluate(MEASURES)
        found += faults(page, "sideways", "cut")
        page.close()

    assert found == []
