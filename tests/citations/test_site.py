"""Whole builds with citations."""

from __future__ import annotations

from collections.abc import Callable

from tests.conftest import Site


SETTINGS = {
    "theme": "simple",
    "plugins": ["plugins.essays", "plugins.citations"],
    "direct_templates": ["index"],
    "paginated_templates": {"index": 10, "tag": 30, "author": 30},
}
BIBLIOGRAPHY = '[{"id": "roe", "type": "book", "title": "Roads", "author": [{"family": "Roe"}], "issued": 1999}]'
HEAD = "Title: A\nDate: 2024-01-01\nSummary: S\n\n"


def test_article_and_page(build_site: Callable[..., Site]) -> None:
    """Articles, drafts, hidden articles and pages get their notes and their list of works."""
    text = "One [@roe, p. 3].\n"
    files = {
        "content/bibliography.json": BIBLIOGRAPHY,
        "content/essays/a.md": f"Slug: a\n{HEAD}{text}",
        "content/essays/b.md": f"Slug: b\nStatus: draft\n{HEAD}{text}",
        "content/essays/c.md": f"Slug: c\nStatus: hidden\n{HEAD}{text}",
        "content/pages/d.md": f"Slug: d\n{HEAD}{text}",
    }
    site = build_site(files, **SETTINGS)
    assert (site.exit_code, site.problems) == (0, [])
    for path in ("essays/a/index.html", "drafts/b/index.html", "essays/c/index.html", "d/index.html"):
        html = site.read(path)
        assert '<li id="note-1"><p>Roe, <em>Roads</em> (1999), 3.' in html
        assert '<li class="csl-entry" id="work-roe">Roe. <em>Roads</em>. 1999.' in html
        assert "data-citation" not in html


def test_all_bibliographies_are_read(build_site: Callable[..., Site]) -> None:
    """JSON, YAML and BibTeX beside each other make one bibliography, and what a cited work lacks is said."""
    files = {
        "content/bibliography.json": BIBLIOGRAPHY,
        "content/bibliography.yaml": "- {id: poe, type: book, title: Rivers}\n",
        "content/bibliography.bib": "@book{doe, title={Woods}, author={Doe, Ann}, date={2003}}\n",
        "content/essays/a.md": f"Slug: a\n{HEAD}[@roe; @poe; @doe]\n",
    }
    site = build_site(files, **SETTINGS)
    lacking = [
        problem.split(": ")[1] for problem in site.problems if problem.startswith("content/bibliography.yaml:1:")
    ]
    assert (site.exit_code, lacking) == (0, ["item-incomplete"] * len(site.problems))
    assert "Roe, <em>Roads</em> (1999); <em>Rivers</em> (n.d.); Ann Doe, <em>Woods</em> (2003)" in site.read(
        "essays/a/index.html"
    )


def test_unknown_key(build_site: Callable[..., Site]) -> None:
    """A key in no bibliography is an error with the nearest keys; the page shows the citation as written."""
    files = {"content/bibliography.json": BIBLIOGRAPHY, "content/essays/a.md": f"Slug: a\n{HEAD}One [@roee].\n"}
    site = build_site(files, **SETTINGS)
    assert site.exit_code == 1
    assert 'content/essays/a.md:6: citation-unknown: no item "roee"; did you mean "roe"?' in site.problems
    assert '<span class="citation-unknown" data-apparatus="">[@roee]</span>' in site.read("essays/a/index.html")


def test_faults_of_settings_and_bibliography(build_site: Callable[..., Site]) -> None:
    """A wrong style, a missing file and a broken entry are problems; the essays are built."""
    files = {"content/essays/a.md": f"Slug: a\n{HEAD}One [@roe].\n", "content/b.yaml": "- {id: roe, type: bok}\n"}
    site = build_site(files, **SETTINGS, citations_style="appa", citations_bibliography=["b.yaml", "c.bib"])
    codes = [line.split(": ")[1] for line in site.problems if line.count(": ") >= 2]
    assert {"citation-style", "bibliography-missing", "item-type"} <= set(codes)
    assert "[@roe]" in site.read("essays/a/index.html")


def test_own_style_file(build_site: Callable[..., Site]) -> None:
    """A site may bring a style of its own."""
    style = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>s</title><id>s</id>'
        "<updated>2020-01-01T00:00:00Z</updated></info><citation><layout>"
        '<text variable="title" prefix="{" suffix="}"/></layout></citation></style>'
    )
    files = {
        "content/bibliography.json": BIBLIOGRAPHY,
        "content/own.csl": style,
        "content/essays/a.md": f"Slug: a\n{HEAD}One [@roe].\n",
    }
    site = build_site(files, **SETTINGS, citations_style="content/own.csl")
    assert (site.exit_code, site.problems) == (0, [])
    assert "{Roads}" in site.read("essays/a/index.html")


def test_links_in_body_and_footnotes(build_site: Callable[..., Site]) -> None:
    """Footnotes work without a bibliography, with links to other essays resolved."""
    files = {
        "content/essays/a.md": f"Slug: a\n{HEAD}One[^a].\n\n[^a]: See [B]({{filename}}b.md).\n",
        "content/essays/b.md": f"Slug: b\n{HEAD}Words.\n",
    }
    site = build_site(files, **SETTINGS)
    assert (site.exit_code, site.problems) == (0, [])
    assert '<li id="note-1">' in site.read("essays/a/index.html")
    assert "essays/b/" in site.read("essays/a/index.html")


def test_style_and_references_of_an_essay(build_site: Callable[..., Site]) -> None:
    """An essay may bring items and a style of its own; faults of these items are named in the essay."""
    essay = """---
title: A
date: 2024-01-01
slug: a
citation-style: apa
references:
  - id: own
    type: book
    title: Own words
    author: [{family: Doe, given: Ann}]
    issued: 2003
  - id: other
    type: bok
---

One [@own, p. 3] and [@roe].
"""
    site = build_site({"content/bibliography.json": BIBLIOGRAPHY, "content/essays/a.md": essay}, **SETTINGS)
    assert [line for line in site.problems if "item-" in line] == [
        'content/essays/a.md:12: item-type: item "other": no item type "bok"; did you mean "book"?'
    ]
    html = site.read("essays/a/index.html")
    assert '(<a href="#work-own">Doe, 2003, p. 3</a>)' in html
    assert 'Doe, A. (2003). <em>Own words</em>. <a class="work-place" href="#cite-1"' in html


def test_lines_of_problems(build_site: Callable[..., Site]) -> None:
    """Faults of citations and footnotes name their line in the essay, front matter counted."""
    text = "One [@roe].\n\nTwo[^b] `[^c]` \\[^d].\n\nThree [@ro] and [@roe].\n\n[^a]: Text.\n"
    files = {
        "content/bibliography.json": BIBLIOGRAPHY,
        "content/essays/a.md": f"Slug: a\n{HEAD}{text}",
        "content/essays/b.md": f"Slug: b\n{HEAD}One.\n\nTwo [@roe; 2020].\n",
    }
    site = build_site(files, **SETTINGS)
    found = [line.removeprefix("content/essays/").split(": ")[:2] for line in site.problems]
    assert [one for one in found if one[0].startswith(("a.md", "b.md"))] == [
        ["a.md:8", "note-unknown"],
        ["a.md:10", "citation-unknown"],
        ["a.md:12", "note-unused"],
        ["b.md:8", "citation-syntax"],
    ]


def test_bibliographies_that_are_not_read(build_site: Callable[..., Site]) -> None:
    """A bibliography that is a folder, or too large, is named; the others are read."""
    files = {
        "content/bibliography.json": BIBLIOGRAPHY,
        "content/bibliography.bib/x.txt": "",
        "content/bibliography.yaml": "- {id: a, type: book}\n" * 100,
        "content/essays/a.md": f"Slug: a\n{HEAD}One [@roe].\n",
    }
    site = build_site(files, **SETTINGS, citations_max_bytes=2000)
    hint = "keep what is cited, or raise the limit"
    assert [line for line in site.problems if "source-" in line] == [
        "content/bibliography.bib:1: source-special: this is no plain file; take it away",
        f"content/bibliography.yaml:1: source-size: 2,200 bytes are more than the 2,000 of CITATIONS_MAX_BYTES; {hint}",
    ]
    assert "Roe, <em>Roads</em>" in site.read("essays/a/index.html")
