"""Pictures in a real browser: it takes the file that suits it, and nothing moves when that arrives."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.conftest import Site
from tests.pictures import jpeg, moving
from themes.broadside.contact_sheet import serving


pytestmark = pytest.mark.browser

ESSAY = """---
title: Pictures
date: 2016-12-20
image: {src: images/hall.jpg, alt: A hall, caption: The hall, credit: Archive}
---
Words before.

![A street]({static}/images/street.jpg "The *street*"){credit="Archive"}

Words, and ![a leaf]({static}/images/leaf.gif){width=40} among them.

![A square]({static}/images/square.jpg "The square"){.wide}

![A map]({static}/images/map.svg "The map")

Words behind.
"""
FILES = {
    "content/essays/a.md": ESSAY,
    "content/images/hall.jpg": jpeg(1700, 900),
    "content/images/street.jpg": jpeg(1000, 700),
    "content/images/square.jpg": jpeg(1200, 1200),
    "content/images/leaf.gif": moving("GIF"),
    "content/images/map.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"><title>Map</title></svg>',
}
TAKEN = "() => [...document.images].map(each => [each.alt, each.currentSrc, each.naturalWidth, each.clientWidth])"
SHIFT = """
window.shift = 0;
new PerformanceObserver(list => { for (const each of list.getEntries()) window.shift += each.value; })
  .observe({type: "layout-shift", buffered: true});
"""
TO_THE_END = "async () => { for (const each of document.images) { each.scrollIntoView(); await each.decode(); } }"


@pytest.fixture
def site(build_site: Callable[..., Site]) -> Site:
    built = build_site(FILES)
    assert built.problems == []
    return built


@pytest.fixture
def address(site: Site) -> Iterator[str]:
    with serving(site.output) as root:
        yield f"{root}/essays/pictures/" if (site.output / "essays/pictures").is_dir() else f"{root}/essays/a/"


@pytest.mark.parametrize(
    ("width", "density", "widths"),
    [(360, 1, {"A hall": 480, "A street": 480, "A square": 480}), (1400, 2, {"A hall": 1600, "A street": 1000})],
)
def test_the_file_that_suits(
    chromium: Browser, address: str, width: int, density: float, widths: dict[str, int]
) -> None:
    """A browser takes AVIF, no wider than its screen can show; nothing moves or has to be scrolled sideways."""
    page = chromium.new_page(viewport={"width": width, "height": 900}, device_scale_factor=density)
    page.add_init_script(SHIFT)
    page.goto(address, wait_until="load")
    page.evaluate(TO_THE_END)
    taken = {alt: (source, shown) for alt, source, _, shown in page.evaluate(TAKEN)}
    for alt, wanted in widths.items():
        assert f"-{wanted}." in taken[alt][0], taken
        assert taken[alt][0].endswith(".avif")
        assert 200 < taken[alt][1] <= width
    assert taken["a leaf"][1] == 40
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("window.shift") <= 0.01
    page.close()


def test_less_motion(chromium: Browser, address: str) -> None:
    """Who has asked for less motion is shown a still."""
    for wish, is_moving in (("reduce", False), ("no-preference", True)):
        page = chromium.new_page(reduced_motion=wish)  # type: ignore[arg-type]
        page.goto(address, wait_until="load")
        page.evaluate(TO_THE_END)
        source = {alt: source for alt, source, *_ in page.evaluate(TAKEN)}["a leaf"]
        assert source.endswith(".gif") == is_moving
        page.close()


def test_sound_html(vnu: list[str], site: Site, tmp_path: Path) -> None:
    """The Nu checker finds no error."""
    pages = [str(path) for path in (site.output / "essays").rglob("*.html")]
    done = subprocess.run([*vnu, "--errors-only", *pages], capture_output=True, encoding="utf-8", check=False)
    assert done.stderr == ""
