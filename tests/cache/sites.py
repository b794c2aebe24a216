"""A small site that holds one of everything, and the edits that an author may make to it."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Mapping
from fnmatch import fnmatch
from pathlib import Path

from tests.conftest import ROOT, Site, write_site
from tests.nursery import Nursery
from tests.pictures import drawing


WORDS = ("alpha", "beta", "gamma", "delta")
TAGS = ("China", "Privacy", "Open data")
BIBLIOGRAPHY = """- {id: roe, type: book, title: ROADS, author: [{family: Roe}], issued: 1999, publisher: P}
- {id: poe, type: book, title: RIVERS, author: [{family: Poe}], issued: 1998, publisher: P}
"""
ESSAY = """---
title: "{title}"
date: {date}
tags: [{tags}]
status: {status}
summary: "{summary}"
slug: {slug}
---
{text}
"""
#: What every site of these tests is made of: all plugins, the theme, a template of its own, an image.
BASE = {
    "content/pages/about.md": "---\ntitle: About\n---\nSee [one]({filename}/essays/one.md).\n",
    "content/bibliography.yaml": BIBLIOGRAPHY,
    "content/images/map.svg": '<svg xmlns="http://www.w3.org/2000/svg"><title>Map</title></svg>',
    "content/images/table.csv": "1,2\n",
    "content/images/photo.png": drawing(20, 10),
}
#: What builds leave beside the sources: outputs, caches, compiled plugins of the site.
MADE = ("output", ".cache", ".output*", "__pycache__")
SETTINGS = {"SITEURL": "https://a.example/p", "FEED_MAX_ITEMS": 3, "TAG_FEED_ATOM": "feeds/tags/{slug}.xml"}


def essay(name: str, number: int, **given: str) -> str:
    """Return an essay; `given` takes the place of what is usual."""
    values = {
        "title": f"Essay {name}",
        "date": f"2020-01-{number + 1:02d}",
        "tags": TAGS[number % 3],
        "status": "published",
        "summary": f"Summary of {name}.",
        "slug": name,
        "text": f"Words of {name}, [pulled out]{{.pull}}, cited [@roe, p. {number + 1}].\n\n## A heading\n\nMore.",
    }
    return ESSAY.format(**{**values, **given})


def begin(root: Path) -> None:
    """Write the site; its theme is a copy, so that it can be edited."""
    files = {f"content/essays/{name}.md": essay(name, n) for n, name in enumerate(("one", "two", "three", "four"))}
    files["content/essays/five.md"] = essay(
        "five", 5, text="To [one]({filename}one.md), ![map]({static}/images/map.svg)."
    )
    shutil.copytree(ROOT / "themes" / "broadside", root / "theme")
    write_site(root, {**BASE, **files}, {**SETTINGS, "THEME": "theme"})


def build(nursery: Nursery, root: Path, *options: str, environment: Mapping[str, str] | None = None) -> Site:
    """Build the site with the house's command."""
    arguments = ("content", "-s", "pelicanconf.py", *options)
    end = nursery.run(root, *arguments, program="press", environment=environment)
    return Site(root, end.exit_code, end.stdout, end.stderr)


def like_clean(nursery: Nursery, root: Path, *options: str) -> Site:
    """Build the site, and check it against a clean build of its sources."""
    site = build(nursery, root, *options)
    clean = build(nursery, clean_copy(root, root.parent / "clean" / "site"), *options)
    assert site.files() == clean.files()
    assert (site.exit_code, site.problems) == (clean.exit_code, clean.problems)
    return site


def stamps(site: Site) -> dict[str, int]:
    """Return which file of the disk each file of the output is: one that was written anew is another."""
    files = (path for path in site.output.rglob("*") if path.is_file())
    return {path.relative_to(site.output).as_posix(): path.stat().st_ino for path in files}


def work(site: Site) -> tuple[int, int]:
    """Return how many texts were read, and how many files were printed."""
    found = re.search(r"; (\d+) read, (\d+) printed", site.stdout)
    assert found, site.stdout
    return int(found[1]), int(found[2])


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def without_time(site: Site) -> tuple[int, list[str]]:
    return site.exit_code, site.problems


def clean_copy(root: Path, folder: Path) -> Path:
    """Return a copy of a site's sources alone, in a folder of the same name, since nothing may depend on either."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(root, folder, ignore=shutil.ignore_patterns(*MADE))
    return folder


def state_of(root: Path) -> str:
    """Return the digest of a site's sources, by name, wherever the site is."""
    state = hashlib.sha256()
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if not any(fnmatch(name, pattern) for pattern in MADE))
        for path in (Path(folder, name) for name in sorted(files)):
            data = path.read_bytes().replace(bytes(root), b"ROOT")
            state.update(f"{path.relative_to(root)} {len(data)} ".encode() + data)
    return state.hexdigest()


def keeping_times(path: Path, change: Callable[[], object]) -> None:
    """Change a file as an archive or a checkout may: its time of modification stays."""
    before = path.stat()
    change()
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
