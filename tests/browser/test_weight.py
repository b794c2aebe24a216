from __future__ import annotations

import gzip
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Request


pytestmark = pytest.mark.browser

LARGEST_PAGE = 90_000
MOST_REQUESTS = 6
ESSAY = "essays/whispered-in-the-closet/"


def requests_of(browser: Browser, address: str) -> list[Request]:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    seen: list[Request] = []
    page.on("request", lambda request: seen.append(request))  # noqa: PLW0108  Playwright takes no built-in method
    page.goto(address, wait_until="networkidle")
    page.close()
    return [request for request in seen if request.resource_type != "image" and "favicon" not in request.url]


def weight(folder: Path, request: Request) -> int:
    """Return the bytes on the wire: text compressed as a host does, fonts as they are."""
    path = folder / urlsplit(request.url).path.lstrip("/")
    data = (path / "index.html" if path.is_dir() else path).read_bytes()
    return len(data) if path.suffix == ".woff2" else len(gzip.compress(data, 6))


@pytest.mark.parametrize("path", ["", ESSAY, "essays/everywhere-under-heaven/", "essays/at-will/", "about/"])
def test_a_page_is_light(chromium: Browser, demo: str, demo_folder: Path, path: str) -> None:
    """A page without its pictures is at most 90 kB over at most 6 requests, all to its own host, none for a script."""
    seen = requests_of(chromium, f"{demo}/{path}")
    total = sum(weight(demo_folder, request) for request in seen)

    assert all(request.url.startswith(demo) for request in seen)
    assert all(request.resource_type in {"document", "stylesheet", "font"} for request in seen)
    assert len({request.url for request in seen}) <= MOST_REQUESTS
    assert total <= LARGEST_PAGE


def test_no_script_is_shipped(demo_folder: Path) -> None:
    """No page of the demo site has a script, and no file is one."""
    for path in demo_folder.rglob("*"):
        assert path.suffix not in {".js", ".mjs", ".wasm"}, path
        if path.suffix == ".html":
            assert "<script" not in path.read_text(encoding="utf-8"), path


def test_nothing_moves_when_the_fonts_arrive(chromium: Browser, demo: str) -> None:
    """The layout shifts by at most 0.01 while an essay loads with its fonts late."""
    page = chromium.new_page(viewport={"width": 400, "height": 800})
    page.route("**/*.woff2", lambda route: (page.wait_for_timeout(300), route.continue_()))
    page.add_init_script("""window.shift = 0; new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shift += entry.value;
    }).observe({type: "layout-shift", buffered: true});""")
    page.goto(f"{demo}/{ESSAY}", wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    shift = page.evaluate("window.shift")
    page.close()

    assert shift <= 0.01
