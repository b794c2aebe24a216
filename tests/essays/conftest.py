from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.essays.model import Reading
from plugins.essays.read import Desk, read
from plugins.essays.settings import Settings
from plugins.essays.syntax import Converter
from plugins.essays.typography import Typography
from tests.demo import DEMO


@pytest.fixture(scope="session")
def read_text() -> Callable[..., Reading]:
    """Return `read_text(source, path="a.md") -> Reading`, an essay as a site with its defaults reads it."""
    desk = Desk(Settings(), Converter(), Typography())

    def reading(source: str | bytes, path: str = "a.md") -> Reading:
        return read(source if isinstance(source, bytes) else source.encode(), path, "essay", desk)

    return reading


@pytest.fixture(scope="session", params=["the demo's", "BENCH_ESSAYS"])
def essays(request: pytest.FixtureRequest) -> list[str]:
    """Return real essays, front matter and all: the demo's, and those of the folder that BENCH_ESSAYS names."""
    folder = DEMO / "essays" if request.param == "the demo's" else Path(os.environ.get("BENCH_ESSAYS", ""))
    if folder == Path():
        pytest.skip("BENCH_ESSAYS names no folder of essays")
    return [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.md"))]
