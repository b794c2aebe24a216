"""Files of references are made again when what they hold changes, and only then; each build equals a clean one."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cache.conftest import Made
from tests.cache.sites import SETTINGS, edit, essay, work
from tests.conftest import Site, write_site


ROADS, RIVERS = "title: ROADS", "title: RIVERS"


def inodes(site: Site) -> dict[str, int]:
    found = (path for ending in ("json", "bib", "ris") for path in site.output.rglob(f"*.{ending}"))
    return {path.relative_to(site.output).as_posix(): path.stat().st_ino for path in found}


def remade(before: dict[str, int], site: Site) -> set[str]:
    """Return the files of references that are others than before, without their endings."""
    after = inodes(site)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    return {stem for name in changed if (stem := name.rpartition(".")[0]).endswith(("references", "cite"))}


def test_words(root: Path, again: Made) -> None:
    """An edit of words is an edit of the page alone; an essay's own files stand."""
    before = inodes(again())
    edit(root / "content/essays/one.md", "More.", "Fewer.")
    assert remade(before, again()) == set()


def test_a_work(root: Path, again: Made) -> None:
    """A work that changes is in the files of the site, and of essays that cite it; one that nobody cites in none."""
    before = inodes(again())
    edit(root / "content/bibliography.yaml", RIVERS, "title: STREAMS")
    assert remade(before, again()) == set()
    edit(root / "content/bibliography.yaml", ROADS, "title: STREETS")
    site = again()
    essays = {f"essays/{name}/references" for name in ("one", "two", "three", "four")}
    assert remade(before, site) == essays | {"references"}
    assert "STREETS" in site.read("references.bib")


def test_another_citation(root: Path, again: Made) -> None:
    """A work that is cited anew comes to the files of its essay and of the site, and goes again."""
    before = inodes(again())
    edit(root / "content/essays/one.md", "More.", "More [@poe].")
    site = again()
    assert {"essays/one/references", "references"} <= remade(before, site)
    assert [item["id"] for item in json.loads(site.read("references.json"))] == ["poe", "roe"]
    edit(root / "content/essays/one.md", "More [@poe].", "More.")
    assert [item["id"] for item in json.loads(again().read("essays/one/references.json"))] == ["roe"]


def test_a_title(root: Path, again: Made) -> None:
    """A title is in the essay's own files and its entry, and in nobody else's."""
    before = inodes(again())
    edit(root / "content/essays/one.md", 'title: "Essay one"', "title: Another")
    site = again()
    assert remade(before, site) == {"essays/one/cite"}
    assert "Another" in json.loads(site.read("essays/one/cite.json"))[0]["title"]
    assert "“Another.”" in site.read("essays/one/index.html")


def test_settings(root: Path, again: Made) -> None:
    """The site's name and address are in every essay's own files; a style in no file, but on every page."""
    before = again().files()
    write_site(root, {}, {**SETTINGS, "THEME": "theme", "CITATIONS_STYLE": "apa"})
    site = again()
    assert {name for name, data in site.files().items() if data != before[name] and name.endswith(".bib")} == set()
    assert "(2020, January 1)" in site.read("essays/one/index.html")
    write_site(root, {}, {**SETTINGS, "THEME": "theme", "CITATIONS_STYLE": "apa", "SITENAME": "Other"})
    site = again()
    assert json.loads(site.read("essays/one/cite.json"))[0]["container-title"] == "Other"


def test_what_is_taken_back(root: Path, again: Made) -> None:
    """An essay that becomes a draft takes its files along, and the works that only it cites."""
    edit(root / "content/essays/one.md", "More.", "More [@poe].")
    assert "poe" in again().read("references.bib")
    edit(root / "content/essays/one.md", "status: published", "status: draft")
    site = again()
    assert not [name for name in inodes(site) if "/one/" in name]
    assert "poe" not in site.read("references.bib")


def test_own_works(root: Path, again: Made) -> None:
    """Works of an essay's front matter are in its files and in the site's, under a key that no other has."""
    own = "references: [{id: roe, type: book, title: OWN, author: [{family: Roe}], issued: 2001, publisher: P}]"
    path = root / "content/essays/six.md"
    path.write_text(essay("six", 6, text="Words [@roe].").replace("slug: six", f"slug: six\n{own}"))
    site = again()
    assert [item["title"] for item in json.loads(site.read("essays/six/references.json"))] == ["OWN"]
    works = {item["id"]: item["title"] for item in json.loads(site.read("references.json"))}
    assert works == {"roe": "ROADS", "roe-six": "OWN"}
    edit(path, "title: OWN", "title: MINE")
    assert "MINE" in again().read("references.ris")
    assert work(again()) == (0, 0)


def test_a_theme_that_begins_to_show_bodies(root: Path, again: Made) -> None:
    """What ids end in depends on the theme: with another all texts are resolved again."""
    body = root / "theme/templates/partials/body.html"
    whole = body.read_text()
    bibliography = root / "theme/templates/partials/cite.html"
    edit(bibliography, "text.body is defined", "true")
    body.write_text('<div class="prose">{{ text.content|safe }}</div>\n')
    assert 'id="a-heading.one"' in again().read("essays/one/index.html")
    body.write_text(whole)
    assert 'id="a-heading"' in again().read("essays/one/index.html")


def test_paragraphs_that_others_lead_to(root: Path, again: Made) -> None:
    """A paragraph may begin with other words within an edit of its page, unless another page leads to it by name."""
    one, two = (root / f"content/essays/{name}.md" for name in ("one", "two"))
    edit(one, "More.", "A paragraph.")
    again()
    edit(one, "A paragraph.", "The paragraph.")
    assert again().stdout.rstrip().endswith("output brought up to date")
    edit(two, "More.", "More at [one]({filename}one.md#p-the-paragraph).")
    assert again().problems == []
    edit(one, "The paragraph.", "Another paragraph.")
    assert [line.split(": ")[1] for line in again().problems] == ["fragment-missing"]
    edit(one, "Another paragraph.", "The paragraph.")
    assert again().problems == []
    edit(two, "#p-the-paragraph", "#p-to-come")
    assert [line.split(": ")[1] for line in again().problems] == ["fragment-missing"]
    edit(one, "The paragraph.", "The paragraph.\n\nTo come.")
    assert again().problems == []
