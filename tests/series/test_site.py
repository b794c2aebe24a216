"""Series and neighbours on the pages of a whole site, built and built again."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml import html

from tests.cache.sites import build, like_clean
from tests.conftest import Site, write_site
from tests.nursery import Nursery


SITE = "https://a.example/p"
NO_LISTS = {"direct_templates": ["index"], "tag_save_as": "", "author_save_as": "", "year_archive_save_as": ""}


def essay(title: str, day: int, *lines: str, text: str = "Words.") -> str:
    more = "".join(f"{line}\n" for line in lines)
    return f'---\ntitle: "{title}"\ndate: 2020-01-{day:02d}\n{more}summary: In short.\n---\n{text}\n'


FILES = {
    "content/essays/a.md": essay("Alone <1>", 1),
    "content/essays/b.md": essay("Maps, one", 2, "series: {name: Maps & “plans”, part: 1}"),
    "content/essays/c.md": essay("Between", 3),
    "content/essays/d.md": essay("Maps, two", 4, "series: {name: Maps & “plans”, part: 2}"),
    "content/essays/e.md": essay("Last", 5),
    "content/essays/f.md": essay("Draft", 6, "status: draft", "series: {name: Maps & “plans”, part: 3}"),
}


def links(page: str, path: str) -> list[tuple[str, str]]:
    found = html.document_fromstring(page).xpath(f"{path}//a")
    return [(" ".join(link.text_content().split()), link.get("href")) for link in found]


def test_pages_of_series(build_site: Callable[..., Any]) -> None:
    """A series has a page with its parts in order, and all series have one; both are in the footer and the sitemap."""
    site = build_site(FILES, siteurl=SITE)
    page = site.read("series/maps-plans/index.html")

    assert (site.exit_code, site.problems) == (0, [])
    assert links(page, "//main//h2") == [("Maps, one", "/p/essays/b/"), ("Maps, two", "/p/essays/d/")]
    assert links(site.read("series/index.html"), "//main//h2") == [("Maps & “plans”", "/p/series/maps-plans/")]
    assert ("Series", "/p/series/") in links(site.read("index.html"), "//footer")
    assert f"<loc>{SITE}/series/maps-plans/</loc>" in site.read("sitemap.xml")
    assert "Draft" not in page


def test_an_essay_says_where_it_stands(build_site: Callable[..., Any]) -> None:
    """A part names its number, its series and the parts beside it; other essays, what was written before and after."""
    site = build_site(FILES, siteurl=SITE)
    first, alone = site.read("essays/b/index.html"), site.read("essays/c/index.html")

    assert re.search(r'Part 1 of 2 of <a href="/p/series/maps-plans/">Maps &amp; “plans”</a>', first)
    assert links(first, "//nav[@class='neighbours in-series']") == [("Maps, two", "/p/essays/d/")]
    assert links(alone, "//nav[@class='neighbours']") == [("Maps, one", "/p/essays/b/"), ("Maps, two", "/p/essays/d/")]
    assert links(site.read("essays/a/index.html"), "//nav[@class='neighbours']") == [("Maps, one", "/p/essays/b/")]
    assert "neighbours" not in site.read("drafts/f/index.html")


def test_a_site_without_series_has_no_such_pages(build_site: Callable[..., Any]) -> None:
    """Neither a page nor a link says that there are none."""
    site = build_site({"content/essays/a.md": FILES["content/essays/a.md"]}, siteurl=SITE)

    assert not any(name.startswith("series") for name in site.files())
    assert "series" not in site.read("index.html")


def test_a_theme_without_templates_for_series(build_site: Callable[..., Any], tmp_path: Path) -> None:
    """Such a theme has the attributes of its articles, and no pages of series."""
    theme = tmp_path / "theme/templates"
    theme.mkdir(parents=True)
    (theme / "index.html").write_text("Home")
    (theme / "article.html").write_text(
        "{% set around = article.around|default({}) %}{{ around.series.name if around.series is defined }}"
    )
    site = build_site(FILES, siteurl=SITE, theme="theme", **NO_LISTS)

    assert site.problems == []
    assert site.read("essays/b/index.html") == "Maps &amp; “plans”"
    assert not any(name.startswith("series/") for name in site.files())


def test_faults_of_series(build_site: Callable[..., Any]) -> None:
    """A part that two essays claim is named, with the line; so is a part that is no number, and a second spelling."""
    wrong = {
        "content/essays/c.md": essay("Second", 3, "series:", "  name: Maps & “plans”", "  part: 1"),
        "content/essays/e.md": essay("No number", 5, "series: {name: X, part: two}"),
        "content/essays/a.md": essay("Else", 7, "series: {name: maps plans, part: 7}"),
    }
    site = build_site({**FILES, **wrong}, siteurl=SITE)

    spelling = ': series-spelling: the series "Maps & “plans”" has the address of "maps plans" in "content/essays/a.md"'
    assert [line.split("; ")[0] for line in site.problems] == [
        f"content/essays/b.md:4{spelling}",
        'content/essays/c.md:4: series-part: part 1 of "Maps & “plans”" is "content/essays/b.md" as well',
        f"content/essays/c.md:5{spelling}",
        f"content/essays/d.md:4{spelling}",
        'content/essays/e.md:4: value-type: part of series is a number from 1, not "two"',
        f"content/essays/f.md:5{spelling}",
    ]


def test_edits_come_to_the_same_as_a_clean_build(tmp_path: Path, nursery: Nursery) -> None:
    """An edit of words keeps what a page shows of others; one of a title, a date or a part reaches those beside it."""
    root = tmp_path / "site"
    root.mkdir()
    write_site(root, FILES, {"SITEURL": SITE})
    build(nursery, root)
    for name, old, new, printed in (
        ("d", "Words.", "More words.", 1),  # and the feed
        ("d", "Maps, two", "Maps, 2", None),
        ("c", "2020-01-03", "2020-01-09", None),
        ("f", "status: draft", "status: published", None),
        ("d", "part: 2", "part: 5", None),
        ("a", "Words.", "Other words.", 1),
    ):
        source = root / f"content/essays/{name}.md"
        source.write_text(source.read_text().replace(old, new))
        before = {path: path.stat().st_mtime_ns for path in (root / "output").rglob("*.html")}
        site = like_clean(nursery, root)
        assert_printed(site, before, printed)
    assert "Part 5 of 5" in Site(root, 0, "", "").read("essays/d/index.html")


def assert_printed(site: Site, before: dict[Path, int], printed: int | None) -> None:
    if printed is not None:
        new = [path for path, time in before.items() if path.stat().st_mtime_ns != time]
        assert len(new) == printed, new
