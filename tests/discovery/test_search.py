"""The search: a real index of what is published, made of finished pages, kept while they stand."""

from __future__ import annotations

import gzip
import json
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plugins.discovery.search.index import Unindexed, index


def essay(title: str, words: str, date: str = "2020-02-03", **more: str) -> str:
    front = "".join(f"{name}: {value}\n" for name, value in {"date": date, **more}.items())
    return f"---\ntitle: {json.dumps(title)}\n{front}---\n{words}\n"


FILES = {
    "content/essays/scores.md": essay(
        "Scores & <sums>", "The weights are [kept apart]{.pull}.[^n]\n\n[^n]: A footing."
    ),
    "content/essays/bells.md": essay("Bells", "A bell is hung."),
    "content/essays/draft.md": essay("Draughty", "Unfinished wording.", status="draft"),
    "content/essays/hidden.md": essay("Hiddenness", "Concealed wording.", status="hidden"),
    "content/essays/later.md": essay("Lateness", "Tomorrows wording.", date="2999-01-01"),
    "content/essays/bells.de.md": essay("Glocken", "Eine Glocke hängt.", slug="bells", lang="de"),
    "content/pages/about.md": "---\ntitle: About\n---\nWho writes.\n",
}
ENTRY = "search/pagefind/pagefind-entry.json"


def indexed(files: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    """Return what an index holds of each page, by its address."""
    fragments = [gzip.decompress(data) for name, data in files.items() if name.endswith(".pf_fragment")]
    found = [json.loads(text[text.index(b"{") :]) for text in fragments]
    return {each["url"]: each for each in found}


def test_what_is_found(build_site: Callable[..., Any]) -> None:
    """Published texts of every language are in one index, with words, titles and dates; nothing else is."""
    site = build_site(FILES, search=True)
    found = indexed(site.files())

    assert site.problems == []
    assert found.keys() == {"/essays/scores/", "/essays/bells/", "/essays/bells/de/", "/about/"}
    scores = found["/essays/scores/"]
    assert scores["content"] == "Scores & <sums> The weights are kept apart. A footing."
    assert scores["meta"] == {"title": "Scores &\N{NO-BREAK SPACE}<sums>", "lang": "en", "date": "3 February 2020"}
    assert found["/essays/bells/de/"]["meta"]["lang"] == "de"
    everything = b"".join(gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data for data in site.files().values())
    assert b"Tomorrows" not in everything
    assert not {"Unfinished", "Concealed"} & set(" ".join(each["content"] for each in found.values()).split())


def test_only_where_it_is_asked_for(build_site: Callable[..., Any]) -> None:
    """Without SEARCH there is no page, no link to it and no script; with it the footer and the manifest have them."""
    without = build_site(FILES)
    assert not [name for name in without.files() if name.startswith("search") or name.endswith(".js")]
    assert "search/" not in without.read("index.html")

    site = build_site(FILES, search=True)
    assert 'href="/search/"' in site.read("index.html")
    names = {each["name"] for each in json.loads(site.read(".broadside.json"))["files"]}
    assert names == set(site.files()) - {".broadside.json"}
    assert {"search/index.html", "search/search.js", ENTRY, "search/pagefind/pagefind.js"} <= names
    assert not [name for name in names if "-ui" in name or "highlight" in name]
    again = build_site(FILES)
    assert again.files() == without.files()


def test_nothing_to_find(build_site: Callable[..., Any]) -> None:
    """A site with drafts alone, and a theme without such a page, have no search."""
    draft = {"content/essays/draft.md": FILES["content/essays/draft.md"]}
    assert build_site(draft, search=True).exit_code == 0
    simple = build_site(FILES, search=True, theme="simple")
    assert not [name for name in simple.files() if name.startswith("search")]


@pytest.mark.parametrize(("name", "words", "is_kept"), [("bells", "A bell is rung.", False), ("draft", "More.", True)])
def test_edits(build_site: Callable[..., Any], tmp_path: Path, name: str, words: str, *, is_kept: bool) -> None:
    """An edit of a published text gives the index of a clean build; one of another text leaves it as it is."""
    build_site(FILES, search=True)
    entry = tmp_path / "output" / ENTRY
    before = entry.stat().st_ino, entry.read_bytes()
    path = f"content/essays/{name}.md"
    edited = {**FILES, path: FILES[path].replace(FILES[path].split("---\n")[2], f"{words}\n")}

    site = build_site(edited, search=True)
    files = site.files()
    assert ((entry.stat().st_ino, entry.read_bytes()) == before) == is_kept
    assert (words in indexed(files).get("/essays/bells/", {})["content"]) == (not is_kept)
    for folder in ("output", ".cache"):
        (tmp_path / folder).rename(tmp_path / f"old{folder}")
    assert build_site(edited, search=True).files() == files


def test_a_lost_file_is_made_again(build_site: Callable[..., Any], tmp_path: Path) -> None:
    """An index that is not as it was left is made anew, whole."""
    files = build_site(FILES, search=True).files()
    (tmp_path / "output" / ENTRY).unlink()
    assert build_site(FILES, search=True).files() == files


def test_no_pagefind(build_site: Callable[..., Any], tmp_path: Path) -> None:
    """Where Pagefind is missing or fails the build says so in one line; a strict one leaves the output as it was."""
    files = {**FILES, "pagefind_bin/__init__.py": "def get_executable():\n    raise FileNotFoundError\n"}
    site = build_site(files, search=True)
    assert site.exit_code == 1
    (line,) = site.problems
    assert ": search-failed: no search: Pagefind is not installed; " in line
    assert not [name for name in site.files() if "pagefind/" in name]

    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\necho 'no space left' >&2\nexit 3\n")
    broken.chmod(0o755)
    files["pagefind_bin/__init__.py"] = f"def get_executable():\n    return {str(broken)!r}\n"
    told = build_site(files, search=True, press_strict=True)
    assert (told.exit_code, told.files()) == (1, site.files())
    assert "search-failed: no search: Pagefind ended with status 3: no space left; " in told.problems[0]


def test_a_setting_of_another_kind(build_site: Callable[..., Any]) -> None:
    """SEARCH is a switch."""
    site = build_site(FILES, search="yes")
    assert [problem.split(": ", 1)[1] for problem in site.problems] == [
        'setting-type: SEARCH must be True or False, not str ("yes")'
    ]


def test_an_address_that_is_taken(build_site: Callable[..., Any]) -> None:
    """A page of the site's own at the address of the search is a problem, and not lost in silence."""
    site = build_site({**FILES, "content/pages/search.md": "---\ntitle: Search\n---\nMine.\n"}, search=True)
    assert len(site.problems) == 1
    assert site.problems[0].startswith("content/pages/search.md:1: address-duplicate: ")


def pages(folder: Path, order: int) -> dict[str, Path]:
    """Write two hundred pages in an order that depends on a number."""
    words = [f"word{number}" for number in range(3000)]
    chance = random.Random(1)
    texts = {f"essays/{number}/index.html": " ".join(chance.choices(words, k=300)) for number in range(200)}
    texts["essays/天下 a%b?c#d/index.html"] = "strange"
    found = {}
    for name in random.Random(order).sample(sorted(texts), len(texts)):
        path = found[name] = folder / f"{order}" / f"{len(found)}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'<html lang="en"><body data-pagefind-body><p>{texts[name]}</p></body></html>')
    return found


def test_the_same_pages_give_the_same_index(tmp_path: Path) -> None:
    """Whatever the order of the pages, the folder, the environment and the number of cores, the bytes are the same."""
    first = index(pages(tmp_path, 1), tmp_path, "en", os.environ)
    odd = {"PATH": os.environ["PATH"], "LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Auckland", "RAYON_NUM_THREADS": "1"}
    second = index(pages(tmp_path, 2), tmp_path / "2", "en-GB", {**odd, "TOKIO_WORKER_THREADS": "1"})

    assert first == second
    assert len(indexed(first)) == 201
    assert "/essays/天下 a%b?c#d/" in indexed(first)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1", "2"]


def test_a_page_outside(tmp_path: Path) -> None:
    """A name that leads out of the folder is refused, and nothing is written there."""
    page, work = tmp_path / "a.html", tmp_path / "work"
    page.write_text("<p>a</p>")
    work.mkdir()
    with pytest.raises(Unindexed, match="no page inside"):
        index({"../../../outside/a.html": page}, work, "en", {})
    assert not (tmp_path / "outside").exists()


def test_one_that_hangs(tmp_path: Path) -> None:
    """What takes longer than the limit is ended, and leaves nothing."""
    with pytest.raises(Unindexed, match=r"longer than 0\.001 seconds"):
        index(pages(tmp_path, 1), tmp_path, "en", {}, limit=0.001)
    assert [path.name for path in tmp_path.iterdir()] == ["1"]
