"""Whole builds with citations."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest

from tests.conftest import ROOT, Site


THEME = str(ROOT / "themes" / "broadside")
SETTINGS = {
    "theme": "simple",
    "plugins": ["plugins.essays", "plugins.citations"],
    "direct_templates": ["index"],
    "year_archive_save_as": "",
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
    pages = {"a": "essays/a/index.html", "b": "drafts/b/index.html", "c": "essays/c/index.html", "d": "d/index.html"}
    for slug, path in pages.items():
        html = site.read(path)
        assert f'<li id="note-1.{slug}"><p>Roe, <em>Roads</em> (1999), 3.' in html
        assert f'<li class="csl-entry" id="work-roe.{slug}">Roe. <em>Roads</em>. 1999.' in html
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
    assert '<li id="note-1.a">' in site.read("essays/a/index.html")
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
    assert '(<a href="#work-own.a">Doe, 2003, p. 3</a>)' in html
    assert 'Doe, A. (2003). <em>Own words</em>. <a class="work-place" href="#cite-1.a"' in html


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


def test_summary(build_site: Callable[..., Site]) -> None:
    """A summary names authors and leaks no marker, on the page, in lists, in feeds and for machines."""
    head = "Title: A\nDate: 2024-01-01\nSlug: a\nSummary: As @roe [p. 3] and @jack say [@roe, p. 4], *words*.\n\n"
    files = {"content/bibliography.json": BIBLIOGRAPHY, "content/essays/a.md": f"{head}Text.\n"}
    site = build_site(files, **{**SETTINGS, "theme": THEME})
    assert (site.exit_code, site.problems) == (0, [])
    shown = "As Roe and @jack say, <em>words</em>."
    assert f'<p class="standfirst">{shown}</p>' in site.read("essays/a/index.html")
    assert '<meta name="description" content="As Roe and @jack say, words.">' in site.read("essays/a/index.html")
    for path in ("index.html", "feeds/atom.xml", "essays/a/index.html"):
        assert "As Roe and @jack say" in site.read(path)
        assert not [word for word in ("data-citation", "@roe", "[p. 3]") if word in site.read(path)]


def test_first_words_are_the_summary(build_site: Callable[..., Site]) -> None:
    """Without a summary the first words of the text stand for it, and name authors as well."""
    files = {
        "content/bibliography.json": BIBLIOGRAPHY,
        "content/essays/a.md": 'Title: A\nDate: 2024-01-01\nSlug: a\n\nAs @roe [p. 3] has "said" [@roe].\n',
    }
    site = build_site(files, **{**SETTINGS, "theme": THEME})
    assert (site.exit_code, site.problems) == (0, [])
    assert "As Roe has “said”." in site.read("index.html")
    assert '<meta name="description" content="As Roe has “said”.">' in site.read("essays/a/index.html")


def test_unknown_keys_in_sentences(build_site: Callable[..., Site]) -> None:
    """A key in a sentence that is in no bibliography is a handle, unless it is written as a key or is nearly one."""
    text = "Ask @jack, @media [sic].\n\nBut @{no key}.\n\nBut @doe99 [p. 3].\n\nBut @poe20.\n\nNot \\@poe20.\n"
    files = {
        "content/bibliography.json": BIBLIOGRAPHY.replace('"roe"', '"poe2001"'),
        "content/essays/a.md": f"Slug: a\n{HEAD}{text}",
    }
    site = build_site(files, **SETTINGS)
    assert sorted(line.removeprefix("content/essays/") for line in site.problems if "a.md" in line) == [
        'a.md:10: citation-unknown: no item "doe99"; add it to the bibliography',
        'a.md:12: citation-unknown: no item "poe20"; did you mean "poe2001"? a handle is written "\\@poe20" [warning]',
        'a.md:8: citation-unknown: no item "no key"; add it to the bibliography',
    ]
    assert "Ask @jack, @media [sic]." in site.read("essays/a/index.html")


def test_locale_of_site_and_essay(build_site: Callable[..., Site]) -> None:
    """The site's locale is that of pages in the site's language; a page in another has that language's."""
    files = {
        "content/bibliography.json": BIBLIOGRAPHY.replace("1999", '"1999-03-05"').replace(
            '"book"', '"article-newspaper", "container-title": "T"'
        ),
        "content/essays/a.md": f"Slug: a\n{HEAD}One [@roe, p. 3].\n",
        "content/essays/b.md": f"Slug: b\nLang: de\n{HEAD}Eins [@roe, S. 3] [@roe, p. 4].\n",
    }
    settings = {**SETTINGS, "citations_style": "chicago-author-date-17th-edition", "citations_locale": "en-GB"}
    site = build_site(files, **settings)
    assert (site.exit_code, site.problems) == (0, [])
    assert "5 March 1999" in site.read("essays/a/index.html")
    german = next(path for path in site.files() if "/b/" in path and path.endswith(".html"))
    assert "5. März 1999" in site.read(german)
    assert "Roe 1999, 3" in site.read(german)
    assert "Roe 1999, 4" in site.read(german)
    wrong = build_site(files, **{**settings, "citations_locale": "en-UK"})
    assert 'CITATIONS_LOCALE: no locale "en-UK"; did you mean' in wrong.stderr


def test_pull_quote_with_a_key_in_the_sentence(build_site: Callable[..., Site]) -> None:
    """A pull quote names the author where the sentence does, and shows nothing else of the citation."""
    files = {
        "content/bibliography.json": BIBLIOGRAPHY,
        "content/essays/a.md": f"Slug: a\n{HEAD}[As @roe [p. 3] shows]{{.pull}}, roads end.\n",
    }
    plugins = ["plugins.essays", "plugins.citations", "plugins.pullquotes"]
    for style in ("apa", "ieee", "nature", "chicago-notes-bibliography-17th-edition"):
        settings = {**SETTINGS, "theme": THEME, "plugins": plugins, "citations_style": style}
        site = build_site(files, **settings)
        assert (site.exit_code, site.problems) == (0, [])
        (copy,) = re.findall(r'<aside class="pull-quote".*?<p>(.*?)</p>', site.read("essays/a/index.html"))
        assert re.sub(r"<[^>]*>", "", copy) == "As Roe shows"


def test_handles_become_keys(build_site: Callable[..., Site]) -> None:
    """A later build knows that a handle, in the text or the summary, has become the key of a work."""
    head = "Title: A\nDate: 2024-01-01\nSlug: a\nSummary: As @doe says.\n\n"
    files = {"content/bibliography.json": BIBLIOGRAPHY, "content/essays/a.md": f"{head}As @poe says.\n"}
    settings = {**SETTINGS, "theme": THEME}
    before = build_site(files, **settings)
    assert (before.exit_code, before.problems) == (0, [])
    assert ">As @poe" in before.read("essays/a/index.html")
    book = '{{"id": "{0}", "type": "book", "title": "W", "author": [{{"family": "{1}"}}], "issued": 1990}}'
    works = f"{BIBLIOGRAPHY[:-1]}, {book.format('poe', 'Poe')}, {book.format('doe', 'Doe')}]"
    after = build_site({"content/bibliography.json": works}, **settings)
    assert (after.exit_code, after.problems) == (0, [])
    assert ">As Poe<sup" in after.read("essays/a/index.html")
    assert '<p class="standfirst">As Doe&nbsp;says.</p>' in after.read("index.html")


TWO = {
    "content/bibliography.json": BIBLIOGRAPHY,
    "content/essays/a.md": f"Slug: a\n{HEAD}## Roads\n\nOne [@roe]. Two[^n].\n\n[^n]: A note.\n",
    "content/essays/b.md": f"Slug: b\n{HEAD}## Roads\n\nOne [@roe]. Two[^n].\n\n[^n]: A note.\n",
}


@pytest.mark.parametrize("style", ["apa", "chicago-notes-bibliography-17th-edition"])
def test_ids_in_a_feed(build_site: Callable[..., Site], style: str) -> None:
    """A feed holds no id twice, and its links lead to places that are on the essays' pages."""
    plugins = ["plugins.essays", "plugins.citations", "plugins.discovery"]
    site = build_site(TWO, **{**SETTINGS, "theme": THEME, "plugins": plugins, "citations_style": style})
    assert (site.exit_code, site.problems) == (0, [])
    feed = unescape(site.read("feeds/atom.xml"))
    ids = re.findall(r'\sid="([^"]*)"', feed)
    assert len(set(ids)) == len(ids)
    targets = set(re.findall(r'href="[^"]*/essays/(\w)/#([^"]*)"', feed))
    assert len(targets) > 4
    for slug, target in targets:
        assert f'id="{target}"' in site.read(f"essays/{slug}/index.html")


def test_ids_in_a_list_of_whole_texts(build_site: Callable[..., Site]) -> None:
    """A theme that shows several texts on a page gets no id of theirs twice; links stay in their text, or find it."""
    listing = "{% for article in articles %}{{ article.content }}{% endfor %}"
    text = f"{HEAD}## Roads\n\nOne [@roe], [two]{{.pull}}[^n], [there](#roads).\n\n[^n]: A note.\n"
    files = {
        "content/bibliography.json": BIBLIOGRAPHY,
        "content/essays/a.md": f"Slug: a\n{text}",
        "content/essays/b.md": f"Slug: b\n{text}\n[A]({{filename}}a.md#roads), [its note]({{filename}}a.md#note-1).\n",
        "content/pages/c.md": "Title: C\nSlug: c\n\n## Roads\n\n[A]({filename}/essays/a.md#roads)\n",
        "own/templates/base.html": "",
        "own/templates/index.html": listing,
    }
    files |= {f"own/templates/{name}.html": "words" for name in ("tag", "author")}
    files |= {"own/templates/article.html": "{{ article.content }}", "own/templates/page.html": "{{ page.content }}"}
    plugins = [*SETTINGS["plugins"], "plugins.pullquotes"]
    site = build_site(files, **{**SETTINGS, "theme": "own", "plugins": plugins})
    assert (site.exit_code, site.problems) == (0, [])
    index = site.read("index.html")
    ids = re.findall(r'\sid="([^"]*)"', index)
    assert len(set(ids)) == len(ids)
    assert {"roads.a", "roads.b", "pull-1.a", "pull-1.b", "p-one-two-there.b", "note-1.a"} <= set(ids)
    assert set(re.findall(r'href="#([^"]*)"', index)) <= set(ids)
    assert 'id="roads.c"' in site.read("c/index.html")
    assert '/essays/a/#roads.a"' in site.read("c/index.html")
    assert '/essays/a/#note-1.a"' in site.read("essays/b/index.html")
    shown = build_site({"own/templates/article.html": "{{ article.body }}"}, **{**SETTINGS, "theme": "own"})
    assert 'id="roads"' in shown.read("c/index.html")
    assert '/essays/a/#roads"' in shown.read("c/index.html")


@pytest.mark.parametrize(
    ("style", "links"),
    [
        ("chicago-notes-bibliography-17th-edition", ['href="#ref-1" role="doc-backlink" aria-label="note 1">1<']),
        ("apa", ['href="#cite-1" role="doc-backlink" aria-label="place 1">↑<', 'aria-label="place 2">↑<']),
    ],
)
def test_links_from_entries(build_site: Callable[..., Site], style: str, links: list[str]) -> None:
    """In the theme an entry leads to every place that cites it."""
    files = {
        "content/bibliography.json": BIBLIOGRAPHY,
        "content/essays/a.md": f"Slug: a\n{HEAD}One [@roe]. Two [@roe, p. 3].\n",
    }
    site = build_site(files, **{**SETTINGS, "theme": THEME, "citations_style": style})
    assert (site.exit_code, site.problems) == (0, [])
    for link in links:
        assert link in site.read("essays/a/index.html")


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
