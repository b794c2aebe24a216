"""File names of any characters: published right, or refused before anything happens."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys

import pytest

from plugins.publishing.model import Options, Refused
from plugins.publishing.publish import publish
from tests.publishing.site import Files, Site


SOUND = (
    "-rf.html",
    "--force/--exec=x.html",
    "two  spaces .html",
    " leading.html",
    'it\'s "quoted".html',
    "back\\slash\\n.html",
    "caf\u00e9.html",  # composed
    "cafe\u0301.html",  # decomposed: another file
    "字/文 字.html",
    "👩‍👩‍👧.html",
    "\u202ertl.html",
    "$(touch x)`touch y`;&|.html",
    "*?[a].html",
    ":(top)x.html",
    "HEAD",
    "refs/heads/gh-pages",
    "M 100644 inline b",
    "100%25%0a.html",
    "~user",
    "a:b",
    "#x",
    "\u2028line.html",
    "Case.html",
    "case.html",
    "CON.html",
    "trailing.",
    "n" * 200 + ".html",
)
REFUSED = ("a\nM 100644 inline evil\ndata 1\nx", '"a".html', "tab\t.html", "\x1b[2J.html", "\x7f", "\udcff\udcfe.html")


def listed(site: Site) -> set[str]:
    words = ["git", "ls-tree", "-r", "-z", "--name-only", "gh-pages"]
    names = subprocess.run(words, cwd=site.remote, capture_output=True, check=True).stdout.split(b"\0")
    return set(map(os.fsdecode, filter(None, names))) - {".nojekyll", ".broadside.json"}


@pytest.mark.skipif(sys.platform == "darwin", reason="the file system takes some of these names for one")
def test_sound_names(site: Site) -> None:
    """Every one of these names is published as it is, with what the file holds."""
    files: Files = {name: f"{number}" for number, name in enumerate(SOUND)}
    publish(site.root, Options(), site.build(files))
    assert listed(site) == set(SOUND)
    assert all(site.raw(name) == text.encode() for name, text in files.items())


@pytest.mark.parametrize("name", REFUSED, ids=map(json.dumps, REFUSED))
def test_refused_names(site: Site, name: str) -> None:
    """A name that would reach git's import stream as something else is refused, and nothing is made of it."""
    before = site.frozen()
    with pytest.raises(Refused, match="a name that git cannot take safely; rename it"):
        publish(site.root, Options(), site.build({"index.html": "home", name: "x"}))
    assert site.frozen() == before


def test_random_names(site: Site) -> None:
    """Of random names, those that are not refused one by one are published all together, as they are."""
    chance = random.Random(7)
    letters = "ab .-_/\"'\\\n\t\0:*?é\u0301字~\u200d"
    drawn = ("".join(chance.choice(letters) for _ in range(chance.randint(1, 6))) for _ in range(300))
    names = {f"{number}{name.replace(chr(0), '')}z" for number, name in enumerate(drawn)}
    names = {name for name in names if "//" not in name and "/." not in name}
    odd = {name for name in names if any(each in name for each in "\n\t")}
    publish(site.root, Options(), site.build(dict.fromkeys({*(names - odd), "index.html"}, "x")))
    assert listed(site) == {*(names - odd), "index.html"}
    assert odd
