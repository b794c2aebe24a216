from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from plugins.press.glyphs import read
from tests.browser.kinds_site import Kinds
from tests.theme.specimens import THEME
from themes.broadside.glyphs import COVERAGE


pytestmark = pytest.mark.browser


#: What the checker says of sound CSS, as a pattern, with the reason why it is sound.
ALLOWED = Path(__file__).with_name("nu_css_allowed.tsv")
CHECKED = {".html", ".css", ".svg"}


def messages(vnu: list[str], files: list[Path]) -> list[str]:
    """Return what the Nu checker has against HTML, CSS and SVG files."""
    command = [*vnu, "--errors-only", "--also-check-css", "--also-check-svg", "--format", "json", *map(str, files)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    found = json.loads(done.stderr)["messages"]
    return [f"{one.get('url')}:{one.get('lastLine')}: {one['message']}" for one in found]


def test_the_nu_checker_finds_no_error(vnu: list[str], kinds: Kinds, demo_folder: Path) -> None:
    """Every page is valid HTML, every drawing valid SVG; what is said of the CSS is allowed, and needs to be."""
    found = [path for folder in (kinds.folder, demo_folder) for path in folder.rglob("*")]
    said = messages(vnu, sorted(path for path in found if path.suffix in CHECKED))
    lines = ALLOWED.read_text(encoding="utf-8").splitlines()
    allowed = [line.split("\t")[0] for line in lines if line and not line.startswith("#")]

    assert [one for one in said if not any(re.search(pattern, one) for pattern in allowed)] == []
    assert [pattern for pattern in allowed if not any(re.search(pattern, one) for one in said)] == []


def test_the_nu_checker_reads_all_three(vnu: list[str], tmp_path: Path) -> None:
    """A fault in HTML, one in CSS and one in SVG are each found."""
    faults = {
        "a.html": "<!doctype html><html lang=en><title>A</title></p>",
        "b.css": "p { colr: red }",
        "c.svg": '<svg xmlns="http://www.w3.org/2000/svg"><rekt/></svg>',
    }
    for name, text in faults.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    said = "\n".join(messages(vnu, [tmp_path / name for name in faults]))

    assert [name for name in faults if name not in said] == []


def test_every_character_of_the_demo_is_drawn(demo_folder: Path) -> None:
    """No page of the demo site has a character that no shipped font draws; `inv fonts` cuts the fonts anew."""
    drawn = read((THEME / COVERAGE).read_text("utf-8"))
    pages = sorted(demo_folder.rglob("*.html"))

    found = {str(path): drawn.undrawn(path.read_bytes()) for path in pages}

    assert pages
    assert {path: faults for path, faults in found.items() if faults} == {}
