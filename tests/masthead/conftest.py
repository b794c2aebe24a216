"""A clone of the repository, as fresh as a newcomer's."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests import clones
from tests.demo import OWNED


@pytest.fixture(scope="session")
def upstream(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clones.upstream(tmp_path_factory.mktemp("upstream") / "broadside")


@pytest.fixture
def fresh(upstream: Path, tmp_path: Path) -> Path:
    """Return a clone that still holds the demo; in a site that is somebody's own already, there is none."""
    if OWNED:
        pytest.skip("this site is somebody's own already")
    return clones.clone(upstream, tmp_path / "site")


@pytest.fixture(scope="session")
def _owned(upstream: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = clones.clone(upstream, tmp_path_factory.mktemp("owned") / "site")
    if not OWNED:
        facts = ("--name=Essays", "--address=https://ada.example", "--author=Ada")
        end = clones.module(root, "plugins.masthead", "--yes", *facts)
        assert end.returncode == 0, end.stderr
        clones.commit(root, "Make it mine")
    return root


@pytest.fixture
def owned(_owned: Path, tmp_path: Path) -> Path:
    """Return a copy of a clone that init has made a site of its own."""
    return Path(shutil.copytree(_owned, tmp_path / "owned"))
