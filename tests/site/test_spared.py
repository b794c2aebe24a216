"""An edit imports Pelican without docutils, unless something might ask for it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from plugins.press.spared import ROOMS, reads_no_rst
from tests.conftest import ROOT, write_site


PLAIN = {"PLUGINS": ["plugins.essays", "plugins.series"]}


@pytest.mark.parametrize(
    ("values", "words", "expected"),
    [
        (PLAIN, ["content"], True),
        ({}, ["content"], False),
        ({"PLUGINS": ["plugins.series"]}, [], False),
        ({"PLUGINS": [*PLAIN["PLUGINS"], "my_reader"]}, [], False),
        ({"PLUGINS": [*PLAIN["PLUGINS"], object()]}, [], False),
        ({**PLAIN, "ESSAY_TRUSTED_HTML": True}, [], False),
        (PLAIN, ["-e", "ESSAY_TRUSTED_HTML=true"], False),
        (PLAIN, ["-e", 'PLUGINS=["my_reader"]'], False),
    ],
)
def test_who_may_be_spared(values: dict[str, object], words: list[str], *, expected: bool) -> None:
    """Only a site of the house's plugins that trusts no HTML surely reads no reStructuredText."""
    assert reads_no_rst(values, words) is expected


@pytest.mark.parametrize("name", ["pelicanconf", "publishconf"])
def test_the_sites_own_settings(name: str) -> None:
    """The plugins of the settings that a site begins with are among those that need no docutils."""
    code = f"import {name}; print(*{name}.PLUGINS)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert set(done.stdout.split()) <= ROOMS


def test_what_comes_after() -> None:
    """Pelican takes the stand-in, and whoever imports docutils afterwards gets the real one."""
    code = (
        "import sys\n"
        "from plugins.press.spared import sparing\n"
        "with sparing():\n    import pelican\n"
        "assert not {'docutils', 'watchfiles', 'urllib.request'} & sys.modules.keys()\n"
        "from docutils.core import publish_string\n"
        "print(publish_string('*a*', writer_name='html').decode().count('<em>a</em>'))\n"
        "import urllib.request, watchfiles\n"
        "assert urllib.request.urlopen and watchfiles.watch\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "1"


def test_an_edit(tmp_path: Path) -> None:
    """The command spares an edit docutils, though not a first build, and prints what was written."""
    essay = "---\ntitle: A\ndate: 2024-01-01\nslug: a\n---\n\n{}\n"
    write_site(tmp_path, {"content/essays/a.md": essay.format("Words.")}, {"PLUGINS": ["plugins.essays"]})
    assert _imports_docutils(tmp_path)
    (tmp_path / "content/essays/a.md").write_text(essay.format("Other words."))
    assert not _imports_docutils(tmp_path)
    assert "Other words." in (tmp_path / "output/essays/a/index.html").read_text()


def _imports_docutils(site: Path) -> bool:
    command = [sys.executable, "-X", "importtime", "-m", "plugins.press", "content", "--settings", "pelicanconf.py"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=site, capture_output=True, encoding="utf-8", env=environment, check=False)
    assert done.returncode == 0, done.stdout
    return re.search(r"\| +docutils$", done.stderr, re.M) is not None
