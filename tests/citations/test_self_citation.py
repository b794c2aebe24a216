"""How an essay is cited itself: what is kept of it, and what its files are called."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from plugins.citations.exports import files_beside, merged, name_beside
from plugins.citations.self_citation import SelfCitation
from plugins.citations.settings import CitationSettings
from plugins.shared.store import Store


def essay(**given: Any) -> Any:
    settings = {"SITEURL": "https://a.example", "SITENAME": "The <i>Site</i>", "DEFAULT_LANG": "en"}
    known = {
        "plain_title": "A & B",
        "url": "essays/a/",
        "save_as": "essays/a/index.html",
        "date": dt.datetime(2020, 1, 2, tzinfo=dt.UTC),
        "lang": "en",
        "metadata": {},
        "settings": settings,
        "authors": ["Ann Roe"],
    }
    return SimpleNamespace(**{**known, **given})


def described(store: Store, *essays: Any, style: str = "apa") -> int:
    """Describe essays, and return how many entries had to be made."""
    of_site = SelfCitation(CitationSettings(style=style), store, Path())
    kept = of_site.look(essays)
    of_site.describe(kept, [f"entry of {item['title']}" for _, item in kept.missing])
    return len(kept.missing)


def test_an_entry_is_made_once(tmp_path: Path) -> None:
    """What is kept is not made again, until the item, the style or the language is another."""
    store = Store(tmp_path / "kept.db")
    first = essay()
    assert described(store, first) == 1
    assert first.citation_entry == "entry of A & B"
    assert described(store, essay(), essay(plain_title="Other")) == 1
    assert described(store, essay(plain_summary="The first words, which an edit may change.")) == 0
    assert described(store, essay(lang="de")) == 1
    assert described(store, essay(metadata={"citation_style": "ieee"})) == 1
    assert described(store, essay(), style="ieee") == 0
    again = essay()
    assert described(store, again) == 0
    assert again.citation_entry == first.citation_entry


def test_what_a_page_says(tmp_path: Path) -> None:
    """A page has the entry, COinS, the type for Zotero, and the addresses of the files."""
    one = essay(save_as="essays/天下/index.html", subtitle="And&nbsp;C")
    described(Store(tmp_path / "kept.db"), one)
    assert one.item_type == "blogPost"
    assert "rft.title=A+%26+B:+And+C&rft.source=The+Site&" in one.citation_coins
    assert [file.label for file in one.citation_files] == ["BibTeX", "RIS", "CSL-JSON"]
    assert one.citation_files[0].address == "essays/%E5%A4%A9%E4%B8%8B/cite.bib"
    assert one.grounds == {("style", "apa")}


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("essays/a/index.html", "essays/a/cite.bib"),
        ("essays/a/de/index.html", "essays/a/de/cite.bib"),
        ("posts/a.html", "posts/a.cite.bib"),
        ("a.html", "a.cite.bib"),
        ("index.html", "index.cite.bib"),
    ],
)
def test_names(page: str, name: str) -> None:
    """A page's files are in its own folder, or beside it under its name: never in the folder of others."""
    assert name_beside(page, "cite", "bib") == name
    assert files_beside(page, "cite")[0].address == name


def test_merged() -> None:
    """Works of one key are one work if they are the same, and two under their own keys if not."""
    site = {"b": {"id": "b", "title": "B"}}
    own = [("x", {"id": "b", "title": "B"}), ("y", {"id": "b", "title": "C"}), ("y", {"id": "a", "title": "A"})]
    assert [item["id"] for item in merged(site, own)] == ["a", "b", "b-y"]
