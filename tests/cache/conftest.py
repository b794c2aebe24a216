"""A site that has been built once, with its cache beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cache.sites import begin, build
from tests.nursery import Nursery


@pytest.fixture
def root(tmp_path: Path, nursery: Nursery) -> Path:
    """Build a small site and return its folder."""
    folder = tmp_path / "site"
    folder.mkdir()
    begin(folder)
    assert build(nursery, folder).stderr == ""
    return folder
