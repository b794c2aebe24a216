"""An edit imports Pelican without docutils, unless something might ask for it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from plugins.press.spared import ROOMS, may_be
from tests.conftest import ROOT


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
    assert may_be(values, words) is expected


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
