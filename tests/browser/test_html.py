from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from plugins.press.glyphs import read
from tests.theme.specimens import THEME
from themes.broadside.glyphs import COVERAGE


pytestmark = pytest.mark.browser


@pytest.mark.parametrize("site", ["demo_folder", "specimens_folder"])
def test_the_nu_checker_finds_no_error(vnu: list[str], request: pytest.FixtureRequest, site: str) -> None:
    """Every page is valid HTML."""
    folder: Path = request.getfixturevalue(site)
    command = [*vnu, "--errors-only", "--skip-non-html", "--format", "json", str(folder)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    messages = json.loads(done.stderr)["messages"]

    assert [f"{one.get('url')}:{one.get('lastLine')}: {one['message']}" for one in messages] == []


def test_every_character_of_the_demo_is_drawn(demo_folder: Path) -> None:
    """No page of the demo site has a character that no shipped font draws; `inv fonts` cuts the fonts anew."""
    drawn = read((THEME / COVERAGE).read_text("utf-8"))
    pages = sorted(demo_folder.rglob("*.html"))

    found = {str(path): drawn.undrawn(path.read_bytes()) for path in pages}

    assert pages
    assert {path: faults for path, faults in found.items() if faults} == {}
