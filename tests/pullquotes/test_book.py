"""The commonplace book of a whole site, built and built again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml import html

from tests.cache.sites import build, like_clean, stamps
from tests.conftest import Site, write_site
from tests.nursery import Nursery


SITE = "https://a.example/p"
BIBLIOGRAPHY = "- {id: roe, type: book, title: ROADS, author: [{family: Roe}], issued: 1999, publisher: P}\n"


def essay(title: str, date: str, text: str, *lines: str) -> str:
    more = "".join(f"{line}\n" for line in lines)
    return f'---\ntitle: "{title}"\ndate: {date}\nauthor: Ann\n{more}summary: In short.\n---\n{text}\n'


FILES = {
    "content/bibliography.yaml": BIBLIOGRAPHY,
    "content/essays/a.md": essay("A & <b>", "2019-01-01", "We say [*this* & that]{.pull} and [more]{.pull}. Words."),
    "content/essays/b.md": essay("B", "2020-01-01", "> He says [that roads lead]{.pull cite=@roe}.\n\n[@roe]"),
    "content/essays/c.md": essay("C", "2021-01-01", "A draft says [nothing]{.pull}.", "status: draft"),
    "content/essays/d.md": essay("D", "2021-01-02", "Nothing is pulled here."),
}


def quotes(page: str) -> list[tuple[str, str, str]]:
    root = html.document_fromstring(page)
    return [
        (
            " ".join(figure.find("blockquote").text_content().split()),
            figure.find(".//span[@class='credit']").text_content(),
            figure.find(".//a").get("href"),
        )
        for figure in root.iter("figure")
    ]


def test_the_book_holds_every_quote(build_site: Callable[..., Any]) -> None:
    """Each pull quote of what is published is there, the newest essay first, with whose words it is and its place."""
    site = build_site(FILES, siteurl=SITE)

    assert site.problems == []
    assert quotes(site.read("quotes/index.html")) == [
        ("that roads lead", "Roe, ROADS (1999)", "/p/essays/b/#pull-1"),
        ("this & that", "Ann", "/p/essays/a/#pull-1"),
        ("more", "Ann", "/p/essays/a/#pull-2"),
    ]
    assert "<em>this</em>" in site.read("quotes/index.html")
    assert f"<loc>{SITE}/quotes/</loc>" in site.read("sitemap.xml")
    assert 'href="/p/quotes/"' in site.read("index.html")
    assert not any(name.startswith("quotes/2") for name in site.files())


def test_the_book_for_programs(build_site: Callable[..., Any]) -> None:
    """quotes.json has the shape that docs/operators.md says."""
    book = json.loads(build_site(FILES, siteurl=SITE).read("quotes.json"))

    assert book["version"] == 1
    assert book["quotes"][0] == {
        "text": "that roads lead",
        "url": f"{SITE}/essays/b/#pull-1",
        "credit": "Roe, ROADS (1999)",
        "work": "roe",
        "essay": {
            "title": "B",
            "url": f"{SITE}/essays/b/",
            "date": "2020-01-01",
            "language": "en",
            "authors": ["Ann"],
        },
    }
    assert [(quote["text"], quote["credit"]) for quote in book["quotes"][1:]] == [("this & that", None), ("more", None)]
    assert book["quotes"][1]["essay"]["title"] == "A & <b>"


def test_a_long_book_has_a_page_a_year(build_site: Callable[..., Any]) -> None:
    """A book of more essays than a page holds shows the newest, and leads to a page for each year."""
    site = build_site(FILES, siteurl=SITE, pullquotes_essays=1)
    first = html.document_fromstring(site.read("quotes/index.html"))

    assert [quote[0] for quote in quotes(site.read("quotes/index.html"))] == ["that roads lead"]
    assert first.xpath("//nav[@class='years']//a/@href") == ["/p/quotes/2020/", "/p/quotes/2019/"]
    assert [quote[0] for quote in quotes(site.read("quotes/2019/index.html"))] == ["this & that", "more"]
    assert f"<loc>{SITE}/quotes/2019/</loc>" in site.read("sitemap.xml")


def test_a_site_without_quotes_has_no_book(build_site: Callable[..., Any]) -> None:
    """There is neither a page nor a link to one."""
    site = build_site({"content/essays/d.md": FILES["content/essays/d.md"]}, siteurl=SITE)

    assert not any(name.startswith("quotes") for name in site.files())
    assert "quotes/" not in site.read("index.html")


def test_edits_come_to_the_same_as_a_clean_build(tmp_path: Path, nursery: Nursery) -> None:
    """Words leave the book alone; a quote, or the work that is credited, reaches the book and no other list."""
    root = tmp_path / "site"
    root.mkdir()
    write_site(root, FILES, {"SITEURL": SITE})
    build(nursery, root)
    book = {"quotes/index.html", "quotes.json"}
    works = {f"{folder}references.{kind}" for folder in ("", "essays/b/") for kind in ("bib", "json", "ris")}
    for name, old, new, printed in (
        ("essays/a.md", "Words.", "More words.", {"essays/a/index.html", "feeds/atom.xml"}),
        ("essays/a.md", "[more]", "[much more]", {"essays/a/index.html", "index.html", "feeds/atom.xml", *book}),
        (
            "bibliography.yaml",
            "ROADS",
            "STREETS",
            {"essays/b/index.html", "index.html", "feeds/atom.xml", *book, *works},
        ),
        ("essays/b.md", "{.pull cite=@roe}", "", None),
        ("essays/a.md", "title: ", "tags: x\ntitle: New ", None),
        ("essays/c.md", "status: draft\n", "", None),
    ):
        source = root / "content" / name
        assert old in source.read_text()
        source.write_text(source.read_text().replace(old, new))
        before = stamps(Site(root, 0, "", ""))
        site = like_clean(nursery, root)
        changed = {path for path, stamp in stamps(site).items() if before.get(path) != stamp}
        assert printed is None or changed - {".broadside.json"} == printed, new
