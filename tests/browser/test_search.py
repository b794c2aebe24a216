"""The search in a real browser: the one page with a script, which is light, private and can be used by everyone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.conftest import Host
from tests.browser.kinds_site import SCHEMES, SETTLED
from tests.browser.test_access import RUN
from tests.browser.test_html import messages
from tests.browser.test_weight import weight
from tests.conftest import run_pelican, write_site
from tests.demo import DEMO
from themes.broadside.contact_sheet import serving


pytestmark = pytest.mark.browser

AT_LOAD = 5_000
WITH_ANSWER = 150_000
VECTOR = '<img src="x.png" onerror="window.ran = 1"><script>window.ran = 1</script>'
ATTACK = (
    f"---\ntitle: 'Zither {VECTOR}'\ndate: 2020-01-02\n---\nA zither, `{VECTOR}` and \\</mark> `&lt;b&gt;` of it.\n"
)
SPANISH = "---\ntitle: La cítara\nlang: es\ndate: 2020-01-03\n---\nEs una zither.\n"


@dataclass(frozen=True, slots=True)
class Place:
    folder: Path
    home: str


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Build the demo's essays, enough others for a second helping, and a hostile one, all with a search."""
    root = tmp_path_factory.mktemp("search")
    files: dict[str, str | bytes] = {
        f"content/{path.relative_to(DEMO).as_posix()}": path.read_bytes()
        for path in (*(DEMO / "essays").glob("*.md"), *DEMO.glob("bibliography.*"), *(DEMO / "images").glob("*"))
    }
    files |= {"content/essays/attack.md": ATTACK, "content/essays/citara.md": SPANISH}
    for number in range(12):
        front = f"---\ntitle: Kazoo {number}\ndate: 2019-01-{number + 1:02}\n---\n"
        files[f"content/essays/kazoo {number}%.md"] = f"{front}A kazoo.\n"
    with serving(root / "output", Host) as home:
        write_site(root, files, {"SITEURL": home, "SEARCH": True})
        site = run_pelican(root)
        assert [line for line in site.problems if " search-" in line or "Traceback" in line] == []
        yield Place(site.output, home)


def look_for(page: Page, words: str) -> None:
    page.get_by_role("searchbox", name="Words to look for").fill(words)
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_have_text(re.compile("^(Found|Nothing|The search)"))


def test_it_is_light_and_private(chromium: Browser, place: Place) -> None:
    """At load the search adds a few kilobytes to a page; the rest comes with the first words, from the same host."""
    page, seen = chromium.new_page(), list[Request]()
    page.on("request", lambda request: seen.append(request) if "favicon" not in request.url else None)
    page.goto(f"{place.home}/search/")
    page.evaluate(SETTLED)
    ours = [request for request in seen if request.resource_type not in {"document", "stylesheet", "font", "image"}]
    assert [request.url for request in ours] == [f"{place.home}/search/search.js"]
    assert sum(weight(place.folder, request) for request in ours) <= AT_LOAD

    seen.clear()
    look_for(page, "the")  # as many results as there may be
    page.wait_for_load_state("networkidle")
    assert page.locator("ol.found li").count() == 5
    assert any("pagefind/fragment/" in request.url for request in seen)
    answer = sum(weight(place.folder, request) for request in seen)
    assert answer <= WITH_ANSWER, answer
    assert all(request.url.startswith(f"{place.home}/") for request in seen)
    page.close()


def test_the_policy_is_in_force(chromium: Browser, place: Place) -> None:
    """The page runs its own script, and Pagefind's program, and no other; it asks no other host."""
    page, refused = chromium.new_page(), list[str]()
    page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    page.goto(f"{place.home}/search/?q=council")
    page.wait_for_selector("ol.found li")
    assert refused == []

    page.evaluate("""() => {
      document.body.append(Object.assign(document.createElement("script"), {textContent: "window.ran = 1"}));
      document.body.insertAdjacentHTML("beforeend", '<img src="/no.png" onerror="window.ran = 2">');
    }""")
    assert page.evaluate("fetch('https://elsewhere.example/').then(() => 'asked', () => 'refused')") == "refused"
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.ran") is None
    assert len(refused) >= 3
    page.close()


@pytest.mark.parametrize("bypass_csp", [False, True])
def test_a_hostile_essay(chromium: Browser, place: Place, *, bypass_csp: bool) -> None:
    """What an essay says is shown as text, even where no policy is in force."""
    page = chromium.new_page(bypass_csp=bypass_csp)
    page.goto(f"{place.home}/search/")
    look_for(page, "zither")
    found = page.locator("ol.found li", has_text="Zither <")
    page.wait_for_load_state("networkidle")

    assert VECTOR in found.locator("h2").inner_text().replace("\u00a0", " ").replace("“", '"').replace("”", '"')
    assert VECTOR in found.locator(".excerpt").inner_text()
    assert {mark.lower() for mark in found.locator("mark").all_inner_texts()} == {"zither", "zither,"}
    assert page.locator("ol.found img, ol.found script").count() == 0
    assert page.evaluate("window.ran") is None
    page.close()


def test_results(chromium: Browser, place: Place) -> None:
    """Results come five at once, lead to their pages whatever those are called, and say their language."""
    page = chromium.new_page()
    page.goto(f"{place.home}/search/")
    look_for(page, "kazoo")
    assert page.locator("ol.found li").count() == 5
    assert page.get_by_role("status").inner_text() == "Found: 12"
    for count in (10, 12):
        page.get_by_role("button", name="Show more").click()
        expect(page.locator("ol.found li")).to_have_count(count)
    assert not page.get_by_role("button", name="Show more").is_visible()
    for address in page.locator("ol.found a").evaluate_all("links => links.map(link => link.href)"):
        answer = page.request.get(address)
        assert answer.ok, address

    look_for(page, "cítara")
    assert page.locator("ol.found a").get_attribute("lang") == "es"
    assert page.url.endswith("/search/?q=c%C3%ADtara")
    look_for(page, "xylophone")
    assert page.get_by_role("status").inner_text().startswith("Nothing was found.")
    assert page.locator("ol.found li").count() == 0
    page.close()


def test_an_index_that_does_not_come(chromium: Browser, place: Place) -> None:
    """Where the index cannot be had the page says so, and tries again when it is asked to."""
    page = chromium.new_page()
    page.route("**/pagefind/**", lambda route: route.abort())
    page.goto(f"{place.home}/search/")
    look_for(page, "council")
    assert page.get_by_role("status").inner_text().startswith("The search could not be loaded.")
    page.close()


def test_without_javascript(chromium: Browser, place: Place) -> None:
    """Without scripts there is no form that does nothing, but a word on why, and ways to all that there is."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{place.home}/search/")
    assert not page.locator("form").is_visible()
    assert "needs JavaScript" in page.get_by_role("main").inner_text()
    for name in ("All essays by year", "The commonplace book"):
        page.goto(f"{place.home}/search/")
        page.get_by_role("main").get_by_role("link", name=name).click()
        assert page.get_by_role("main").get_by_role("link").count() > 3
    context.close()


@pytest.mark.parametrize("width", [360, 1400])
def test_axe_finds_nothing(chromium: Browser, axe: str, place: Place, width: int) -> None:
    """axe-core finds no violation and nothing undecided, before and with results, in the light and in the dark."""
    page = chromium.new_page(viewport={"width": width, "height": 900}, bypass_csp=True)
    page.goto(f"{place.home}/search/")
    page.evaluate(axe)
    found = {}
    for words in ("", "kazoo"):
        if words:
            look_for(page, words)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            result = page.evaluate(RUN)
            assert len(result.pop("passes")) > 10
            found[words, scheme] = [*result["violations"], *result["incomplete"]]
    assert not any(found.values()), found
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_the_nu_checker_finds_no_error(vnu: list[str], place: Place) -> None:
    """The page is valid HTML."""
    assert messages(vnu, [place.folder / "search/index.html"]) == []
