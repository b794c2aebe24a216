"""Citations that are resolved in several processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Site, run_pelican, write_site


SETTINGS = {"theme": "simple", "plugins": ["plugins.essays", "plugins.citations"]}
WORKS = '[{"id": "roe", "type": "book", "title": "Roads"}, {"id": "poe", "type": "map", "title": "Rivers"}]'
TEXTS = (
    "One [@roe, p. {number}]. Two [see @poe; @roe]. @roe says so.\n",
    "One [@roe{number}].\n",
    "One [@own, p. 3] and [@roe].\n",
    "One[^a].\n\n[^a]: A note on [@poe].\n",
)
HEADS = ("", "citation-style: apa\n", "citation-style: appa\n", "status: draft\n")
OWN = "references:\n- {id: own, type: book, title: Own, author: [{family: Roe}], issued: 1999}\n"
ONE_CORE = (
    "import os, runpy, sys; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))});"
    "sys.argv = ['pelican', 'content', '-s', 'pelicanconf.py']; runpy.run_module('pelican', run_name='__main__')"
)


def essay(number: int) -> str:
    text = TEXTS[number % len(TEXTS)].replace("{number}", str(number))
    head = f"title: Essay {number}\nslug: e{number}\ndate: 2024-01-01\nsummary: S\n{HEADS[number % 7 % len(HEADS)]}"
    return f"---\n{head}{OWN if 'own' in text else ''}---\n\n{text}"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere one process resolves all")
def test_all_cores_say_the_same(tmp_path: Path) -> None:
    """However many processes resolve the texts of a site, its pages and its problems are the same."""
    files = {f"content/essays/e{number}.md": essay(number) for number in range(48)}
    sites = []
    for folder in ("one", "all"):
        root = tmp_path / folder
        write_site(root, {**files, "content/bibliography.json": WORKS}, SETTINGS)
        if folder == "all":
            sites.append(run_pelican(root))
            continue
        words = [sys.executable, "-c", ONE_CORE]
        done = subprocess.run(words, cwd=root, capture_output=True, encoding="utf-8", env=os.environ, check=False)
        sites.append(Site(root, done.returncode, done.stdout, done.stderr))
    one, every = sites
    assert one.problems == every.problems
    assert any("citation-unknown" in problem for problem in every.problems)
    assert any("citation-style" in problem for problem in every.problems)
    pages = [{name: data for name, data in site.files().items() if not name.startswith(".")} for site in sites]
    assert pages[0] == pages[1]
    assert "Roads" in every.read("essays/e0/index.html")
