"""A site that has been built once, with its cache beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.cache.sites import begin, build, like_clean
from tests.conftest import Site
from tests.nursery import Nursery


Made = Callable[..., Site]


@pytest.fixture
def root(tmp_path: Path, nursery: Nursery) -> Path:
    """Build a small site and return its folder."""
    folder = tmp_path / "site"
    folder.mkdir()
    begin(folder)
    assert build(nursery, folder).stderr == ""
    return folder


@pytest.fixture
def again(root: Path, nursery: Nursery) -> Made:
    """Return a function that builds the site again, and checks it against a clean build."""
    return partial(like_clean, nursery, root)
