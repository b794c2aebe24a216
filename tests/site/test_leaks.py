"""What is not public leaves no trace: not a byte of a draft, a hidden essay or one of a later day is published."""

from __future__ import annotations

import runpy
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, Site
from tests.demo import DEMO


SECRETS = {"draft": "zqdraft", "hidden": "zqhidden", "future": "zqfuture"}
USES = ("", "-key", "-plain")  # of a picture: in the text, in the front matter, by its address
ESSAY = """---
title: {word} title
subtitle: {word} subtitle
date: {date}
status: {status}
tags: [{word}-tag, China]
authors: [{word} author]
category: {word} category
summary: "{word} summary."
slug: {word}-slug
aliases: [/old/{word}/]
image: {{src: images/{word}-key.svg, alt: {word} alt, caption: {word} caption}}
references:
- {{id: {word}key, type: book, title: {word} work, author: [{{family: {word}name}}], issued: 2001}}
---
[{word} pulled words]{{.pull}} and a citation [@{word}key, p. 3], a note.[^n]

![{word} picture]({{static}}/images/two-scores.svg) ![{word} picture]({{static}}../images/{word}.svg)
[{word} figure]({{static}}/images/{word}.html)
[{word} address](/images/{word}-plain.svg)

[^n]: {word} note.
"""
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"><title>{}</title></svg>'


def secrets() -> dict[str, str]:
    """Return an essay of each kind that is not public, whose every part has the kind's word in it."""
    files = {}
    for kind, word in SECRETS.items():
        date, status = ("2999-01-01", "published") if kind == "future" else ("2024-01-01", kind)
        files[f"content/essays/{word}-file.md"] = ESSAY.format(word=word, date=date, status=status)
        files[f"content/images/{word}.html"] = f"{word} figure"
        files |= {f"content/images/{word}{use}.svg": DRAWING.format(word) for use in USES}
    word = SECRETS["draft"]
    files[f"content/pages/{word}-page.md"] = f"---\ntitle: {word} page\nstatus: draft\n---\n{word} words.\n"
    return files


@pytest.fixture
def build_demo(tmp_path: Path, build_site: Callable[..., Site]) -> Callable[..., Site]:
    shutil.copytree(DEMO, tmp_path / "content", dirs_exist_ok=True)
    return lambda **settings: build_site(secrets(), **settings)


def publishing() -> dict[str, Any]:
    """Return what publishconf.py changes."""
    ours, theirs = (runpy.run_path(str(ROOT / name)) for name in ("publishconf.py", "pelicanconf.py"))
    return {name: value for name, value in ours.items() if name.isupper() and value != theirs.get(name)}


def traces(site: Site) -> list[tuple[str, str]]:
    """Return the files of the output that have a word of theirs, in their name or in their bytes."""
    words = SECRETS.values()
    found = site.files().items()
    return [(name, word) for name, data in found for word in words if word in name or word.encode() in data]


def test_published(build_demo: Callable[..., Site]) -> None:
    """Not a page, list, feed, sitemap, manifest or name in what is published has a word of them, nor has the cache."""
    site = build_demo(**publishing())
    assert (site.exit_code, site.problems) == (0, [])
    assert traces(site) == []
    assert {"essays/at-will/index.html", "images/two-scores.svg"} <= site.files().keys()
    assert site.stdout.endswith("; 12 files withheld that only unpublished sources mention\n")
    kept = b"".join(path.read_bytes() for path in (site.root / ".cache").rglob("*") if path.is_file())
    assert not [word for word in SECRETS.values() if word.encode() in kept]


def test_previewed(build_demo: Callable[..., Site]) -> None:
    """An author sees drafts below drafts/, hidden essays at their addresses, with their pictures; later days wait."""
    site = build_demo()
    assert site.problems == []
    pages = {name for name, _ in traces(site)} - {".broadside.json"}
    assert pages == {
        "drafts/zqdraft-slug/index.html",
        "drafts/pages/zqdraft-page/index.html",
        "essays/zqhidden-slug/index.html",
        *(f"images/{word}{use}.svg" for word in ("zqdraft", "zqhidden") for use in USES),
        *(f"images/{word}.html" for word in ("zqdraft", "zqhidden")),
    }


def test_future_comes(build_demo: Callable[..., Site]) -> None:
    """The essay of a later day is there when its day is near enough: the test above looks for what would be seen."""
    site = build_demo(**publishing(), essay_future=True)
    names = {name for name, _ in traces(site)}
    assert {"essays/zqfuture-slug/index.html", "tags/zqfuture-tag/index.html", "feeds/atom.xml", "sitemap.xml"} <= names
