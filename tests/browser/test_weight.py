"""What a page weighs on the wire, and that nothing in it moves while it arrives."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import pytest
from lxml import html
from playwright.sync_api import Browser, BrowserContext, Page, Request

from plugins.shared.html import plain_text
from tests.browser.kinds_site import SETTLED, Kinds
from tests.conftest import run_pelican, write_site
from tests.demo import DEMO


pytestmark = pytest.mark.browser

LARGEST_PAGE = 90_000
MOST_REQUESTS = 6
LARGEST_HTML = 20_000  # for each 5,000 words
LARGEST_CSS = 4_096  # of an essay page
LARGEST_FONTS = 60_000  # what English is set in; letters of other languages and Chinese are in files of their own
LARGEST_HAN = 12_288
ESSAY = "essays/whispered-in-the-closet/"
LARGEST_SHIFT = 0.01
HAN = "han.woff2"
OTHER_LETTERS = {"serif-more.woff2", "serif-italic-more.woff2", "sans-more.woff2"}
SHIFTS = """window.shift = 0; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shift += entry.value;
}).observe({type: "layout-shift", buffered: true});"""
#: Whether the machine draws the Chinese of a page by itself: otherwise all its boxes are as wide as that of no letter.
READABLE = """() => {
  const pen = new OffscreenCanvas(9, 9).getContext("2d");
  pen.font = "100px serif";
  const [han, none] = ["\\u4fe1", "\\ue83a"].map((letter) => pen.measureText(letter).width);
  return han !== none || !/\\p{Script=Han}/u.test(document.body.textContent);
}"""


def requests_of(page: Page, address: str) -> list[Request]:
    """Return what a page asks for, without its pictures."""
    seen: list[Request] = []

    def note(request: Request) -> None:
        seen.append(request)

    page.on("request", note)
    page.goto(address)
    page.evaluate(SETTLED)
    page.remove_listener("request", note)
    return [request for request in seen if request.resource_type != "image" and "favicon" not in request.url]


def weight(folder: Path, request: Request) -> int:
    """Return the bytes on the wire: text compressed as a host does, fonts as they are."""
    path = folder / urlsplit(request.url).path.lstrip("/")
    data = (path / "index.html" if path.is_dir() else path).read_bytes()
    return len(data) if path.suffix == ".woff2" else len(gzip.compress(data, 6))


@dataclass(frozen=True, slots=True)
class Load:
    """What one page asks for, in bytes on the wire by kind of file; the fonts by name."""

    requests: int
    kinds: dict[str, int]
    fonts: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.kinds.values())

    def without(self, left_out: set[str]) -> Load:
        """Return the same without some fonts."""
        rest = {font: size for font, size in self.fonts.items() if font not in left_out}
        return Load(self.requests - len(self.fonts) + len(rest), {**self.kinds, "font": sum(rest.values())}, rest)


def load_of(kinds: Kinds, page: Page, name: str) -> Load:
    seen = requests_of(page, f"{kinds.home}/{name}")
    by_kind: Counter[str] = Counter()
    for request in seen:
        assert request.url.startswith(f"{kinds.home}/")
        by_kind[request.resource_type] += weight(kinds.folder, request)
    fonts = [request for request in seen if request.resource_type == "font"]
    named = {PurePosixPath(urlsplit(request.url).path).name: weight(kinds.folder, request) for request in fonts}
    return Load(len({request.url for request in seen}), by_kind, named)


def test_every_essay_is_light(chromium: Browser, kinds: Kinds) -> None:
    """An essay's page is at most 90 kB over at most 6 requests: 4 KiB of styles, 60 kB of fonts, 12 KiB for Chinese.

    Letters that English has not, as in a Polish name, are in fonts that come on top.
    """
    for name, page in kinds.of(*kinds.essays).visits(chromium, navigate=False):
        load = load_of(kinds, page, name).without(OTHER_LETTERS)

        assert load.total <= LARGEST_PAGE, (name, load)
        assert load.requests <= MOST_REQUESTS, (name, load)
        assert load.kinds["stylesheet"] <= LARGEST_CSS, (name, load)
        assert sum(load.without({HAN}).fonts.values()) <= LARGEST_FONTS, (name, load)
        assert load.fonts.get(HAN, 0) <= LARGEST_HAN, (name, load)


def test_every_kind_is_light(chromium: Browser, kinds: Kinds) -> None:
    """Any page is as light, all from its own host: words, styles and fonts, and no script. A list has one file more."""
    for name, page in kinds.visits(chromium, navigate=False):
        load = load_of(kinds, page, name).without(OTHER_LETTERS)

        assert load.total <= LARGEST_PAGE, (name, load)
        assert load.requests <= MOST_REQUESTS + 1, (name, load)
        assert set(load.kinds) == {"document", "stylesheet", "font"}, (name, load)


def test_no_script_is_shipped(demo_folder: Path, kinds: Kinds) -> None:
    """No page has a script, and no file is one."""
    for path in [*demo_folder.rglob("*"), *kinds.folder.rglob("*")]:
        assert path.suffix not in {".js", ".mjs", ".wasm"}, path
        if path.suffix == ".html":
            assert "<script" not in path.read_text(encoding="utf-8"), path


@pytest.mark.parametrize("width", [400, 1400])
def test_nothing_moves_while_a_page_loads(chromium: Browser, kinds: Kinds, width: int) -> None:
    """The layout of any page shifts by at most 0.01 while it loads.

    A page with Chinese is left out where the machine has no face for it: nobody reads it there.
    """
    context, shifts = watched(chromium, width), {}
    page = context.new_page()
    for name in kinds.names:
        page.goto(f"{kinds.home}/{name}")
        page.evaluate(SETTLED)
        if page.evaluate(READABLE):
            shifts[name] = page.evaluate("window.shift")
    context.close()

    assert {"about/", "essays/short/"} <= set(shifts)
    assert {name: shift for name, shift in shifts.items() if shift > LARGEST_SHIFT} == {}


def test_nothing_moves_when_the_fonts_arrive(chromium: Browser, demo: str) -> None:
    """The layout shifts by at most 0.01 while an essay loads with its fonts late."""
    context = watched(chromium, 400)
    page = context.new_page()
    page.route("**/*.woff2", lambda route: (page.wait_for_timeout(300), route.continue_()))
    page.goto(f"{demo}/{ESSAY}", wait_until="networkidle")
    page.evaluate(SETTLED)
    shift = page.evaluate("window.shift")
    context.close()

    assert shift <= LARGEST_SHIFT


def watched(browser: Browser, width: int) -> BrowserContext:
    """Return a context whose pages count by how much their layout shifts."""
    context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
    context.add_init_script(SHIFTS)
    return context


def long_essay() -> str:
    """Return an essay of more than 5,000 words: three of the demo's in a row, with their notes and citations."""
    chosen = sorted((DEMO / "essays").glob("*.md"))[:3]
    bodies = [path.read_text(encoding="utf-8").split("\n---\n", maxsplit=1)[1] for path in chosen]
    told_apart = [re.sub(r"\[\^(\w+)\]", rf"[^\1-{number}]", body) for number, body in enumerate(bodies)]
    text = re.sub(r"\{filename\}[^)]*", "https://example.org/", "\n".join(told_apart))
    return f"---\ntitle: Long\ndate: 2020-03-04\nauthors: [A. Writer]\ntags: [Privacy]\n---\n{text}"


def test_long_html_is_light(tmp_path: Path) -> None:
    """The HTML of an essay of 5,000 words, notes and works cited among it, is at most 20 kB compressed."""
    sources = {f"content/{path.name}": path.read_bytes() for path in DEMO.glob("bibliography.*")}
    write_site(tmp_path, {**sources, "content/essays/long.md": long_essay()}, {})
    data = (run_pelican(tmp_path).output / "essays/long/index.html").read_bytes()
    (prose,) = html.fromstring(data).find_class("prose")
    words = len(plain_text(prose).split())

    assert words > 5_000
    assert len(gzip.compress(data, 6)) <= LARGEST_HTML * words / 5_000
