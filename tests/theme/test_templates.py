from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from markupsafe import Markup

from plugins.contents.model import Heading
from plugins.pullquotes.model import Entry, Volume
from plugins.redirects.model import Target
from plugins.series.model import Link, Place, Series
from tests.theme.specimens import Named, full, minimal, render, write_site


SERIES = Series("The rule of scores", "series/the-rule-of-scores/", 2, 2016, 2017)
ENTRY = Entry("A", "A", "essays/a/", date(2016, 12, 20), "zh", ("Ann",), full().pull_quotes)
ESSAYS = {"minimal": minimal, "full": full}
LISTS: list[tuple[str, dict[str, Any]]] = [
    ("index.html", {}),
    ("archives.html", {}),
    ("period_archives.html", {"period": (2016,), "period_num": (2016,)}),
    ("tag.html", {"tag": Named("tags", "China")}),
    ("author.html", {"author": Named("authors", "A. Writer")}),
    ("category.html", {"category": Named("categories", "Essays")}),
    ("tags.html", {"tags": [(Named("tags", "China"), [1])]}),
    ("authors.html", {"authors": [(Named("authors", "A. Writer"), [1])]}),
    ("not_found.html", {"sections": (("quotes", "quotes/"), ("series", "series/"))}),
    ("series_list.html", {"all_series": (SERIES,)}),
    ("series.html", {"series": SERIES, "parts": ((1, full()), (2, minimal()))}),
    ("quotes.html", {"entries": (ENTRY,), "volumes": (Volume("2016", "quotes/2016/", 1),), "year": ""}),
    ("quotes.html", {"entries": (), "volumes": (), "year": "2016"}),
    ("redirect.html", {"target": Target("/essays/a/", "https://example.org/essays/a/", "A", "de")}),
]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = write_site(tmp_path_factory.mktemp("site"))
    return {str(path.relative_to(folder)): html.parse(path).getroot() for path in sorted(folder.rglob("*.html"))}


@pytest.mark.parametrize("essay", ESSAYS.values(), ids=ESSAYS)
@pytest.mark.parametrize(("template", "context"), LISTS, ids=[name for name, _ in LISTS])
def test_lists_render(template: str, context: dict[str, Any], essay: Any) -> None:
    """Every list renders with essays that have all attributes and with essays that have Pelican's alone."""
    essays = [essay(), minimal("second")]

    page = render(template, "x/index.html", articles=essays, dates=essays, **context)

    assert page.startswith("<!doctype html>")


@pytest.mark.parametrize("essay", ESSAYS.values(), ids=ESSAYS)
def test_texts_render(essay: Any) -> None:
    """Essays and pages render with all attributes and with Pelican's alone."""
    for template, name in (("article.html", "article"), ("page.html", "page")):
        assert "</html>" in render(template, "x/index.html", **{name: essay()})


def test_an_essay_among_others_renders() -> None:
    """An essay shows its headings, its part of a series and what is beside it; others, what stands before and after."""
    beside = Link("essays/b/", "Beside", "de")
    place = Place("Scores", "series/scores/", 2, 3, previous=None, next=beside)
    contents = (Heading(2, "a", Markup("<em>A</em>"), (Heading(3, "b", Markup("B")),)),)
    part = render("article.html", "x/index.html", article=full(contents=contents, around={"series": place}))
    other = render("article.html", "x/index.html", article=minimal(around={"older": beside}))

    assert '<a href="#a"><em>A</em></a>' in part
    assert 'Part 2 of 3 of <a href="/series/scores/">Scores</a>' in part
    assert '<a href="/essays/b/" rel="next" lang="de" dir="ltr">Beside</a>' in part
    assert '<a href="/essays/b/" rel="prev" lang="de" dir="ltr">Beside</a>' in other


def test_an_empty_site_says_so() -> None:
    """A home page without essays is a whole page."""
    assert "Nothing has been published yet" in render("index.html", "index.html", articles=[], dates=[])


def test_a_page_has_one_first_heading_and_no_gaps(pages: dict[str, Any]) -> None:
    """Each page has one h1, and no heading is more than one level below the one before."""
    for name, page in pages.items():
        levels = [int(heading.tag[1]) for heading in page.iter("h1", "h2", "h3", "h4")]

        assert levels.count(1) == 1, name
        assert all(after - before <= 1 for before, after in pairwise(levels)), name


def test_the_skip_link_is_first_and_leads_to_the_text(pages: dict[str, Any]) -> None:
    """The first link of each page leads to its main landmark."""
    for name, page in pages.items():
        assert page.find(".//body//a").get("href") == "#main", name
        assert page.get_element_by_id("main").tag == "main", name


def test_links_start_at_the_root(pages: dict[str, Any]) -> None:
    """Every address of our own is root-relative, or absolute where machines read it."""
    for name, page in pages.items():
        for element, attribute, address, _ in page.iterlinks():
            if attribute == "content":
                continue
            assert re.match(r"/|#|https://", address), f"{name}: {element.tag} {address}"
        assert "None" not in "".join(page.itertext()), name


def test_a_page_carries_its_language() -> None:
    """An essay's own language and direction are on its root element; the header keeps the site's."""
    page = html.document_fromstring(render("article.html", "x/index.html", article=full(lang="ar")))

    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")
    assert page.find(".//header").get("lang") == "en"


def test_untrusted_words_are_escaped() -> None:
    """What an author, a tag or a credit says never becomes markup."""
    evil = '<script>"&'
    essay = minimal(
        title=evil,
        plain_title=evil,
        plain_summary=evil,
        tags=[Named("tags", evil)],
        image={"src": '/"><script>', "alt": evil, "caption": evil, "credit": evil},
        page_metadata=(("name", "author", evil),),
    )

    for page in (
        render("article.html", "x/index.html", article=essay),
        render("index.html", "index.html", articles=[essay], dates=[essay]),
    ):
        assert "<script" not in page


def test_works_are_printed_once() -> None:
    """The template prints the works under a body that leaves them out, and not under content that has them."""
    own = render("article.html", "x/index.html", article=full())
    plain = full(content='<p>Text</p><section class="bibliography"></section>')
    del plain.body

    assert own.count('class="bibliography"') == 1
    assert render("article.html", "x/index.html", article=plain).count('class="bibliography"') == 1


def test_drafts_are_kept_from_search_engines() -> None:
    """A draft asks not to be indexed; a published essay does not."""
    assert 'content="noindex"' in render("article.html", "x/index.html", article=minimal(status="draft"))
    assert "noindex" not in render("article.html", "x/index.html", article=minimal())


def test_templates_hold_no_scripts_and_no_styles() -> None:
    """The content-security policy allows neither, so no template may try; the search alone has its one script."""
    script = '<script src="{{ BASE }}search/search.js"></script>'
    for path in Path("themes/broadside/templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert text.count(script) == (path.name == "search.html"), path
        text = text.replace(script, "")
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=", text), path
