"""Home, archives, authors and the page for what is not there, on a whole site."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lxml import html


SITE = "https://a.example/p"


def essay(title: str, date: str, *lines: str) -> str:
    return f"---\ntitle: {title}\ndate: {date}\nauthor: Ann Author\n" + "\n".join((*lines, "---", "Words.", ""))


FILES = {
    "content/essays/a.md": essay("A", "2019-05-01", "featured: true"),
    "content/essays/b.md": essay("B", "2019-06-01"),
    "content/essays/c.md": essay("C", "2021-01-01"),
}


def links(page: str, path: str) -> list[tuple[str, str]]:
    found = html.document_fromstring(page).xpath(f"{path}//a")
    return [(" ".join(link.text_content().split()), link.get("href")) for link in found]


def test_home_leads_with_what_is_featured(build_site: Callable[..., Any]) -> None:
    """The newest essay that is featured leads, or else the newest; the others follow, each once."""
    home = build_site(FILES, siteurl=SITE).read("index.html")
    assert links(home, "//article[@class='lead']//h2") == [("A", "/p/essays/a/")]
    assert [words for words, _ in links(home, "//ol[@class='listing']//h2")] == ["C", "B"]

    plain = {**FILES, "content/essays/a.md": essay("A", "2019-05-01")}
    home = build_site(plain, siteurl=SITE).read("index.html")
    assert links(home, "//article[@class='lead']//h2") == [("C", "/p/essays/c/")]


def test_archives_are_by_year(build_site: Callable[..., Any]) -> None:
    """All essays stand under their years, to which links jump; each year has a page, which the sitemap names."""
    site = build_site(FILES, siteurl=SITE)
    archives, year = site.read("archives/index.html"), site.read("archives/2019/index.html")

    assert links(archives, "//nav[@class='years']") == [("2021", "#year-2021"), ("2019", "#year-2019")]
    assert links(archives, "//ol[@class='ledger']") == [(n, f"/p/essays/{n.lower()}/") for n in "CBA"]
    assert links(year, "//ol[@class='ledger']") == [("B", "/p/essays/b/"), ("A", "/p/essays/a/")]
    assert "2 essays" in year
    assert f"<loc>{SITE}/archives/2019/</loc>" in site.read("sitemap.xml")


def test_archives_of_a_long_site_stay_short(build_site: Callable[..., Any]) -> None:
    """With more than 500 essays the archives show the newest, and lead to the page of each year."""
    many = {f"content/essays/e{n}.md": essay(f"E{n}", f"{2000 + n % 3}-01-{1 + n % 28:02d}") for n in range(501)}
    site = build_site(many, siteurl=SITE)
    archives = site.read("archives/index.html")

    assert links(archives, "//nav[@class='years']") == [(f"{y}", f"/p/archives/{y}/") for y in (2002, 2001, 2000)]
    assert len(links(archives, "//ol[@class='ledger']")) == 50
    assert len(links(site.read("archives/2001/index.html"), "//ol[@class='ledger']")) == 167


def test_an_author_is_introduced(build_site: Callable[..., Any]) -> None:
    """The page of an author says what ESSAY_AUTHORS says of them, as text; nothing of it is markup."""
    known = {"Ann Author": {"about": "Writes on <maps> & law.", "links": [("Home", "https://ann.example/?a&b")]}}
    page = build_site(FILES, siteurl=SITE, essay_authors=known).read("authors/ann-author/index.html")

    assert "Writes on &lt;maps&gt; &amp; law." in page
    assert ("Home", "https://ann.example/?a&b") in links(page, "//ul[@class='author-links']")
    assert "3 essays" in page


def test_faults_of_introductions(build_site: Callable[..., Any]) -> None:
    """What nobody can be introduced with is named, and nothing is built."""
    wrong = {
        "A": {"links": [("Home", "javascript:alert(1)")]},
        "B": {"abuot": "x"},
        "C": "x",
        "D": {"about": 1, "links": "https://d.example"},
    }
    site = build_site(FILES, siteurl=SITE, essay_authors=wrong)

    assert site.exit_code == 1
    assert len([line for line in site.problems if "setting-value: ESSAY_AUTHORS has" in line]) == 5
    assert not site.output.exists()


def test_what_is_not_there_leads_on(build_site: Callable[..., Any]) -> None:
    """The page for what is not there leads home, to the archives, the subjects and the authors."""
    ways = links(build_site(FILES, siteurl=SITE).read("404.html"), "//ul[@class='ways']")
    assert [address for _, address in ways] == ["/p/", "/p/archives/", "/p/tags/", "/p/authors/"]
