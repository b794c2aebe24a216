"""Nothing that an author, a tag or a work says ever runs: counted in a real browser, with the policy and without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import feedparser
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.xss_sites import SETTINGS, files, vectors
from tests.conftest import run_pelican, write_site
from themes.broadside.contact_sheet import serving


pytestmark = pytest.mark.browser

PAGES = 24  # that the texts of the feed are dealt out to: the longer a page, the slower each touch

#: Whatever an attack does, it ends in one of these.
HOOK = "for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) window[name] = () => window.__xss(name);"
#: Do to every element all that a reader can, and stay on the page unless a link would run something.
TOUCH = """async () => {
  const runs = /^(javascript|data|vbscript|blob):/i;
  addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a, area");
    if (link && !runs.test(link.protocol)) event.preventDefault();
  }, true);
  const names = `mouseover mouseenter mousemove pointerover pointerdown mousedown mouseup focus focusin blur keydown
    input change toggle beforetoggle animationstart transitionend wheel scroll copy paste submit close error load`;
  for (const element of document.querySelectorAll("*")) {
    for (const name of names.split(/\\s+/)) element.dispatchEvent(new Event(name, {bubbles: false}));
    if (element.focus) element.focus();
    element.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}));
  }
  const fit = /^(A|IMG|LINK|AUDIO|VIDEO|SOURCE|TRACK)$/;
  const address = (one) => (one.getAttribute("href") || one.getAttribute("src") || one.getAttribute("action") || "");
  return [...document.querySelectorAll("[href], [src], [action], [formaction], iframe, object, embed, base, form")]
    .filter((one) => runs.test(one.protocol || address(one).trim()) || !fit.test(one.tagName))
    .map((one) => one.outerHTML);
}"""


@dataclass(slots=True)
class Watch:
    """What ran, what was asked of other hosts, and what looks as if it could do either."""

    executions: list[str] = field(default_factory=list)
    foreign: set[str] = field(default_factory=set)
    odd: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site in which every word is an attack."""
    root = tmp_path_factory.mktemp("attacked")
    write_site(root, files(), SETTINGS)
    site = run_pelican(root)
    assert re.search(r"output replaced", site.stdout), site.stderr[-2000:]
    return site.output


@contextmanager
def watched(browser: Browser, home: str, *, bypass_csp: bool) -> Iterator[tuple[Page, Watch]]:
    """Open a page that counts executions and asks nobody but `home` for anything."""
    watch = Watch()
    context = browser.new_context(bypass_csp=bypass_csp)
    context.expose_function("__xss", lambda name: watch.executions.append(f"{page.url}: {name}"))
    context.add_init_script(HOOK)
    page = context.new_page()
    page.on("dialog", lambda dialog: (watch.executions.append(f"{page.url}: {dialog.message}"), dialog.dismiss()))
    page.on("popup", lambda popup: watch.executions.append(f"{page.url}: popup {popup.url}"))

    page.on("request", lambda request: request.url.startswith((home, "data:")) or watch.foreign.add(request.url))
    yield page, watch
    context.close()


def visit(page: Page, watch: Watch, address: str) -> None:
    page.goto(address, wait_until="load")
    here = page.url
    watch.odd += [f"{here}: {found}" for found in page.evaluate(TOUCH)]
    if page.url.split("#")[0] != here:
        watch.executions.append(f"{here}: went to {page.url}")


def leads_on(page: Path) -> str:
    """Return where a page leads as soon as it is opened, or nothing."""
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]*)"', page.read_text(encoding="utf-8"))
    return found[1] if found else ""


def pages_of(output: Path) -> list[str]:
    """Return the pages to open: the texts, the lists, and some of each kind of name."""
    found = [path.relative_to(output).as_posix() for path in sorted(output.rglob("*.html")) if not leads_on(path)]
    names = [name for name in found if name.startswith(("tags/", "authors/", "series/"))]
    tiny = [name for name in found if name.startswith(("essays/aliases", "essays/license", "essays/url"))]
    return [name for name in found if name not in {*names, *tiny}] + names[::20] + tiny[::20]


@pytest.mark.parametrize("bypass_csp", [True, False], ids=["escaping", "policy"])
def test_nothing_runs(chromium: Browser, attacked: Path, *, bypass_csp: bool) -> None:
    """Each of more than a hundred vectors, in every place, runs nothing: by escaping alone, and under the policy."""
    pages = pages_of(attacked)
    pages = pages if bypass_csp else pages[::8]
    with serving(attacked) as home, watched(chromium, home, bypass_csp=bypass_csp) as (page, watch):
        for name in pages:
            visit(page, watch, f"{home}/{name.replace('%', '%25').replace('#', '%23').replace('?', '%3F')}")

    assert len([name for name in pages if name.startswith("essays/")]) > (100 if bypass_csp else 12)
    assert watch == Watch()


def test_old_addresses_lead_home(attacked: Path) -> None:
    """Where an attack passes for an old address, its page leads to the essay and nowhere else."""
    pages = [page for page in attacked.rglob("*.html") if leads_on(page)]
    assert pages
    assert [page for page in pages if not re.fullmatch(r"/essays/[\w-]+/", leads_on(page))] == []
    assert [page for page in pages if re.search(r"<(?:script|img|svg|iframe)|\son\w+=", page.read_text("utf-8"))] == []


def test_most_vectors_reach_a_page(attacked: Path) -> None:
    """The corpus is large, and nearly every vector's essay is published: what is refused would prove nothing."""
    assert len(set(vectors())) >= 100
    assert len(list(attacked.glob("essays/text-*"))) >= 0.95 * len(vectors())


def test_nothing_runs_in_a_feed_reader(chromium: Browser, attacked: Path, tmp_path: Path) -> None:
    """A reader that shows the texts of a feed as HTML, without a policy, runs nothing either."""
    feed = feedparser.parse((attacked / "feeds/atom.xml").read_bytes(), sanitize_html=False)
    parts = [part["value"] for entry in feed.entries for part in entry.get("content", ()) or [entry.summary_detail]]
    for number in range(PAGES):
        page = f"<!doctype html><meta charset=utf-8>{'<hr>'.join(parts[number::PAGES])}"
        (tmp_path / f"{number}.html").write_text(page, encoding="utf-8")
    with serving(tmp_path) as home, watched(chromium, home, bypass_csp=True) as (page, watch):
        for number in range(PAGES):
            visit(page, watch, f"{home}/{number}.html")

    assert len(feed.entries) > 100
    assert (watch.executions, watch.odd) == ([], [])


@pytest.mark.parametrize(
    "vector", ["<img src=x onerror=alert(1)>", "<a href='javascript:alert(1)'>x</a>", "<b onmouseover=alert(1)>x</b>"]
)
def test_the_count_counts(chromium: Browser, demo_folder: Path, tmp_path: Path, vector: str) -> None:
    """A live vector in a page of ours is counted without the policy, and runs not even then under it."""
    demo = (demo_folder / "about/index.html").read_text(encoding="utf-8")
    (tmp_path / "index.html").write_text(demo.replace("</main>", f"{vector}</main>"), encoding="utf-8")
    ran = {}
    for bypass_csp in (True, False):
        with serving(tmp_path) as home, watched(chromium, home, bypass_csp=bypass_csp) as (page, watch):
            visit(page, watch, f"{home}/index.html")
            page.wait_for_timeout(100)
            ran[bypass_csp] = bool(watch.executions)

    assert ran == {True: True, False: False}
