"""Who else hears of a reader: nobody. Every request of every page, counted in a real browser."""

from __future__ import annotations

import os
import random
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from playwright.sync_api import Browser

from tests.conftest import run_pelican, write_site
from themes.broadside.contact_sheet import serving


pytestmark = pytest.mark.browser

POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'"
)
ESSAYS = 50


def foreign_requests(browser: Browser, folder: Path) -> tuple[int, dict[str, str]]:
    """Open every page of a site, with pictures far below as well; return how many, and who else was asked for what."""
    asked: dict[str, str] = {}
    pages = sorted(folder.rglob("*.html"))
    with serving(folder) as home:
        page = browser.new_page(viewport={"width": 1400, "height": 20_000}, bypass_csp=True)

        def refuse(route: Any) -> None:
            asked[route.request.url] = page.url
            route.abort()

        page.route(re.compile(rf"^(?!{re.escape(home)}/|data:)"), refuse)
        for path in pages:
            page.goto(f"{home}/{path.relative_to(folder).as_posix()}", wait_until="load")
        page.close()
    return len(pages), asked


def test_the_demo_asks_nobody_else(chromium: Browser, demo_folder: Path) -> None:
    """No page of the demo site makes a request to another host, even where the policy is not in force."""
    count, asked = foreign_requests(chromium, demo_folder)

    assert count > 20
    assert asked == {}


def test_a_foreign_picture_is_counted(chromium: Browser, demo_folder: Path, tmp_path: Path) -> None:
    """A page that did ask another host would be found out."""
    demo = (demo_folder / "about/index.html").read_text(encoding="utf-8")
    picture = '<img src="https://elsewhere.example/x.png" alt="">'
    (tmp_path / "index.html").write_text(demo.replace("</main>", f"{picture}</main>"), encoding="utf-8")

    assert "https://elsewhere.example/x.png" in foreign_requests(chromium, tmp_path)[1]


def test_every_page_has_the_policy_before_anything_is_loaded(demo_folder: Path, specimens_folder: Path) -> None:
    """Each page, lists and 404 among them, carries the one policy, and only the encoding and the width before it."""
    for path in [*demo_folder.rglob("*.html"), *specimens_folder.rglob("*.html")]:
        head = html.parse(path).getroot().find("head")
        policies = head.xpath("meta[@http-equiv='Content-Security-Policy']")

        assert [policy.get("content") for policy in policies] == [POLICY], path
        assert [element.tag for element in policies[0].itersiblings(preceding=True)] == ["meta", "meta"], path


@pytest.mark.slow
def test_fifty_essays_ask_nobody_else(chromium: Browser, tmp_path: Path) -> None:
    """Fifty essays of a folder (BENCH_ESSAYS), as they were found, make no request to another host when published.

    An essay with a picture of another host is not published, and told so.
    """
    folder = os.environ.get("BENCH_ESSAYS")
    if not folder:
        pytest.skip("BENCH_ESSAYS names no folder of essays")
    found = sorted(Path(folder).rglob("*.md"))
    chosen = random.Random(1).sample(found, min(ESSAYS, len(found)))
    write_site(tmp_path, {f"content/essays/{path.name}": path.read_bytes() for path in chosen}, {})
    site = run_pelican(tmp_path)
    count, asked = foreign_requests(chromium, site.output)

    assert count > 20, site.stderr
    assert asked == {}
