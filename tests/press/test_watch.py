"""What counts as a change of a site's sources."""

from __future__ import annotations

from pathlib import Path

import pytest
from watchfiles import Change

from plugins.press.watch import Sources


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("content/essays/a.md", True),
        ("content/bibliography.bib", True),
        ("pelicanconf.py", True),
        ("house.csl", True),
        ("build.log", False),
        ("output/index.html", False),
        (".output.new-abc/index.html", False),
        (".cache/pages.sqlite", False),
        ("content/essays/.a.md.swp", False),
        ("content/essays/a.md~", False),
        ("plugins/press/__pycache__/run.cpython-311.pyc", False),
    ],
)
def test_sources(name: str, counts: bool) -> None:  # noqa: FBT001 - a column of the table
    """Sources count; the output, caches, staging folders and editors' own files do not."""
    root = Path("/a/.hidden/site")
    assert Sources(root, root / "output")(Change.modified, str(root / name)) is counts
