"""A site under a path of its host: every link, file, feed and address in full leads to something that is there."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import feedparser
import pytest
from lxml import etree, html
from playwright.sync_api import Browser

from tests.demo import DEMO, ROOT
from themes.broadside.contact_sheet import serving


pytestmark = pytest.mark.browser

# Every attribute that holds an address, as the browser itself resolves it.
ADDRESSES = """() => {
  const found = [];
  for (const name of ["href", "src", "poster", "data", "cite", "action"])
    for (const one of document.querySelectorAll(`[${name}]`))
      found.push(new URL(one.getAttribute(name), document.baseURI).href);
  for (const one of document.querySelectorAll("[srcset]"))
    for (const part of one.getAttribute("srcset").split(","))
      found.push(new URL(part.trim().split(/\\s+/)[0], document.baseURI).href);
  for (const one of document.querySelectorAll("meta[content]"))
    if (/^https?:/.test(one.content)) found.push(one.content);
  for (const one of document.querySelectorAll('script[type="application/ld+json"]'))
    for (const [address] of one.textContent.matchAll(/https?:[^"\\\\]+/g)) found.push(address);
  return found;
}"""


@dataclass
class Host:
    """A host that serves nothing but the site, under /essays-of/mine/."""

    origin: str
    root: Path
    answers: dict[str, bool] = field(default_factory=dict)

    @property
    def site(self) -> str:
        return f"{self.origin}/essays-of/mine"

    @property
    def folder(self) -> Path:
        return self.root / "essays-of" / "mine"

    def pages(self) -> list[str]:
        """Return the address of every page that was written."""
        names = sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.html"))
        return [f"{self.site}/{name.removesuffix('index.html')}" for name in names]

    def misses(self, addresses: Iterator[str] | list[str]) -> list[str]:
        """Return those of the host's addresses that lead nowhere, or to no such place of a page."""
        ours = sorted({address for address in addresses if address.startswith(self.origin)})
        return [address for address in ours if not self._leads_somewhere(address)]

    def _leads_somewhere(self, address: str) -> bool:
        if address not in self.answers:
            page, place = urldefrag(address)
            self.answers[address] = page.startswith(f"{self.site}/") and self._has(page, unquote(place))
        return self.answers[address]

    def _has(self, page: str, place: str) -> bool:
        try:
            with urllib.request.urlopen(page, timeout=10) as answer:
                data = answer.read()
        except urllib.error.HTTPError:
            return False
        return not place or bool(html.fromstring(data).xpath("//*[@id=$place]", place=place))


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """Build the demo as for publishing, for the very address that it is then served at."""
    root = tmp_path_factory.mktemp("host")
    with serving(root) as origin:
        host = Host(origin, root)
        command = [sys.executable, "-m", "pelican", str(DEMO), "-s", "publishconf.py", "-o", str(host.folder)]
        environment = {**os.environ, "SITEURL": host.site}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)
        assert (done.returncode, done.stderr) == (0, "")
        yield host


def test_pages(host: Host, chromium: Browser) -> None:
    """Every address on every page leads somewhere, as does all that the browser asks for; canonical ones are right."""
    page, failed = chromium.new_page(), []
    page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    missed = {}
    for address in host.pages():
        page.goto(address)
        canonical = page.evaluate("document.querySelector('link[rel=canonical]')?.href")
        assert canonical in {address, None}
        assert canonical or "noindex" in page.content() or address.endswith("404.html"), address
        missed[address] = host.misses(page.evaluate(ADDRESSES))
    page.close()
    assert len(missed) > 10
    assert {address: misses for address, misses in missed.items() if misses} == {}
    assert failed == []
    assert len(host.answers) > 50


def test_links_are_followed(host: Host, chromium: Browser) -> None:
    """Every page that is in the sitemap is reached from the front page by clicking."""
    page, seen, waiting = chromium.new_page(), set(), [f"{host.site}/"]
    while waiting:
        address = waiting.pop()
        if address in seen or not re.search(r"/$|\.html$", address):
            continue
        seen.add(address)
        answer = page.goto(address)
        assert answer is not None
        assert answer.ok, address
        links = page.evaluate("[...document.querySelectorAll('a[href]')].map(link => link.href)")
        waiting += [urldefrag(link).url for link in links if link.startswith(host.origin)]
    page.close()
    assert set(in_sitemap(host)) <= seen


def test_search(host: Host, chromium: Browser) -> None:
    """The search is reached from the front page; its results lead to where the words are; nobody else is asked."""
    page, asked, failed = chromium.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.goto(f"{host.site}/")
    page.get_by_role("contentinfo").get_by_role("link", name="Search").click()
    page.get_by_role("searchbox").fill("transparency")
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_selector("ol.found li")
    assert page.url == f"{host.site}/search/?q=transparency"
    addresses = page.locator("ol.found a").evaluate_all("links => links.map(link => link.href)")
    assert addresses
    assert host.misses(addresses) == []
    page.locator("ol.found a").first.click()
    page.wait_for_load_state()
    assert page.url == addresses[0]
    assert "transparen" in page.get_by_role("main").inner_text()
    page.close()
    assert any("/search/pagefind/index/" in address for address in asked)
    assert [address for address in asked if not address.startswith(f"{host.site}/")] == []
    assert failed == []


def in_sitemap(host: Host) -> list[str]:
    tree = etree.parse(str(host.folder / "sitemap.xml"))
    return [str(address) for address in tree.xpath("//*[local-name()='loc']/text()")]


def test_files_for_machines(host: Host) -> None:
    """The sitemap, robots.txt and every feed name addresses in full, and all of them lead somewhere."""
    robots = (host.folder / "robots.txt").read_text(encoding="utf-8")
    sitemap = re.findall(r"^Sitemap: (.*)$", robots, re.M)
    assert sitemap == [f"{host.site}/sitemap.xml"]
    found = [*sitemap, *in_sitemap(host)]
    assert all(address.startswith(f"{host.site}/") for address in found)
    assert host.misses(found) == []


def test_feeds(host: Host) -> None:
    """In a feed, each entry's address, and each link and picture of its text, is in full and leads somewhere."""
    feeds = sorted((host.folder / "feeds").rglob("*.xml"))
    assert feeds
    for path in feeds:
        feed = feedparser.parse(path.read_bytes())
        links = [link.href for thing in (feed.feed, *feed.entries) for link in thing.get("links", [])]
        texts = [text.value for entry in feed.entries for text in entry.get("content", [])]
        inner = [str(link) for text in texts for link in html.fromstring(text).xpath("//@href | //@src")]
        entries = [entry.link for entry in feed.entries]
        assert entries
        assert all(link.startswith(f"{host.site}/") for link in entries)
        assert host.misses([urljoin(entries[0], link) for link in (*links, *inner)]) == [], path.name


def test_lists_for_programs(host: Host) -> None:
    """Every address of the host in a JSON file that is published leads somewhere."""
    for path in sorted(host.folder.rglob("*.json")):
        text = json.dumps(json.loads(path.read_text(encoding="utf-8")), ensure_ascii=False)
        assert host.misses(re.findall(rf'{re.escape(host.origin)}[^"\\\s<>]*', text)) == [], path.name
