"""Whole builds with files of references."""

from __future__ import annotations

import json
from collections.abc import Callable

from lxml import html

from tests.conftest import ROOT, Site


THEME = str(ROOT / "themes" / "broadside")
SETTINGS = {"theme": THEME, "plugins": ["plugins.essays", "plugins.citations", "plugins.discovery"]}
BIBLIOGRAPHY = """- {id: roe, type: book, title: Roads, author: [{family: Roe}], issued: 1999, publisher: P}
- {id: poe, type: book, title: Rivers, author: [{family: Poe}], issued: 1998, publisher: P}
- {id: doe, type: book, title: Woods, author: [{family: Doe}], issued: 1997, publisher: P}
- {id: loe, type: book, title: Hills, author: [{family: Loe}], issued: 1996, publisher: P}
"""
HEAD = "date: 2024-01-01\nauthors: [Ann Roe]\nsummary: What it says.\n"


def essay(slug: str, text: str, more: str = "") -> str:
    return f"---\ntitle: Essay {slug}\nslug: {slug}\n{HEAD}{more}---\n{text}\n"


FILES = {
    "content/bibliography.yaml": BIBLIOGRAPHY,
    "content/essays/a.md": essay("a", "Words [@roe]."),
    "content/essays/a-de.md": essay("a", "Worte [@poe].", "lang: de\n"),
    "content/essays/plain.md": essay("plain", "Words."),
    "content/essays/draft.md": essay("draft", "Words [@doe].", "status: draft\n"),
    "content/essays/hidden.md": essay("hidden", "Words [@doe].", "status: hidden\n"),
    "content/essays/later.md": essay("later", "Words [@doe].").replace("2024", "2999"),
    "content/pages/p.md": "---\ntitle: P\nslug: p\n---\nWords [@loe].\n",
}


def test_files_of_a_site(build_site: Callable[..., Site]) -> None:
    """A published text has what it cites, an essay itself, the site all of it; what is not published has nothing."""
    site = build_site(FILES, **SETTINGS)
    assert (site.exit_code, site.problems) == (0, [])
    found = {name.rpartition(".")[0] for name in site.files() if name.endswith((".bib", ".ris"))}
    cited = {"essays/a/references", "essays/a/de/references", "p/references", "references"}
    assert found == cited | {"essays/a/cite", "essays/a/de/cite", "essays/plain/cite"}
    assert keys(site, "essays/a/references.json") == ["roe"]
    assert keys(site, "essays/a/de/references.json") == ["poe"]
    assert keys(site, "references.json") == ["loe", "poe", "roe"]
    own = json.loads(site.read("essays/a/de/cite.json"))[0]
    assert (own["URL"], own["language"]) == ("https://broadside.example/essays/a/de/", "de")
    assert "TI  - Roads\r\n" in site.files()["essays/a/references.ris"].decode()
    assert "@book{roe," in site.read("references.bib")
    for name in ("drafts/draft/index.html", "essays/hidden/index.html"):
        assert not {"cite-this", ".bib"} & {word for word in ("cite-this", ".bib") if word in site.read(name)}


def keys(site: Site, name: str) -> list[str]:
    return [item["id"] for item in json.loads(site.read(name))]


def test_other_addresses(build_site: Callable[..., Site]) -> None:
    """Where texts have no folder of their own their files are called after them."""
    addresses = {"article_url": "{slug}.html", "article_save_as": "{slug}.html"}
    site = build_site({name: FILES[name] for name in [*FILES][:2]}, **SETTINGS, **addresses)
    assert (site.exit_code, site.problems) == (0, [])
    assert {"a.references.bib", "a.cite.ris", "references.json"} <= site.files().keys()
    assert '<a href="/a.references.bib" type="application/x-bibtex">BibTeX</a>' in site.read("a.html")


def test_a_name_that_is_taken(build_site: Callable[..., Site]) -> None:
    """A file of the site's own in the place of one of these is named, with both sources."""
    files = {**{name: FILES[name] for name in [*FILES][:2]}, "content/extra/mine.bib": "mine"}
    paths = {"extra/mine.bib": {"path": "essays/a/cite.bib"}}
    site = build_site(files, **SETTINGS, extra_path_metadata=paths)
    assert [line.split(": ")[1] for line in site.problems] == ["address-duplicate"]
    twice = {**files, "content/essays/b.md": essay("b", "Words [@roe].", "save_as: essays/a/index.html\n")}
    said = build_site(twice, **SETTINGS).problems
    assert ["references." in line for line in said].count(True) == 0


def test_what_zotero_takes(build_site: Callable[..., Site]) -> None:
    """The essay comes as a whole item, the works that it cites as a list, and none of that is in a feed or list."""
    site = build_site(FILES, **SETTINGS)
    page = html.fromstring(site.read("essays/a/index.html"))
    metadata = {meta.get("name"): meta.get("content") for meta in page.xpath("//meta[@name]")}
    assert metadata["DC.type"] == "blogPost"
    titles = [title.split("title=")[1].split("&")[0] for title in page.xpath("//span[@class='Z3988']/@title")]
    assert titles == ["Roads", "Essay+a"]
    (own,) = page.xpath("//section[@class='cite']//span/@title")
    wanted = "rft.title rft.creator rft.source rft.date rft.language rft.description rft_id".split()
    assert [name for name in wanted if f"&{name}=" not in own] == []
    for name in ("feeds/atom.xml", "index.html", "p/index.html"):
        assert not [word for word in ("cite-this", 'class="para"', "p-words") if word in site.read(name)]
    assert "Z3988" not in site.read("feeds/atom.xml")


def test_the_type_of_essays(build_site: Callable[..., Site]) -> None:
    """A site says what its essays are to who cites them."""
    files = {name: FILES[name] for name in [*FILES][:2]}
    site = build_site(files, **SETTINGS, citations_essay_type="article-magazine")
    assert (site.exit_code, site.problems) == (0, [])
    assert json.loads(site.read("essays/a/cite.json"))[0]["type"] == "article-magazine"
    assert 'name="DC.type" content="magazineArticle"' in site.read("essays/a/index.html")
    wrong = build_site(files, **SETTINGS, citations_essay_type="blog")
    line = wrong.line_of("CITATIONS_ESSAY_TYPE")
    assert [problem.split("; ")[0] for problem in wrong.problems] == [
        f'pelicanconf.py:{line}: setting-value: CITATIONS_ESSAY_TYPE: no item type "blog"'
    ]
