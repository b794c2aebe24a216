"""A clone with one essay, pushed to a bare repository on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.publishing.site import Site, git


CONFIG = """\
[user]
    name = Ada
    email = ada@example.org
[init]
    defaultBranch = trunk
[core]
    fsync = none
[gc]
    auto = 0
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    (tmp_path / "gitconfig").write_text(CONFIG)
    root, remote = tmp_path / "site", tmp_path / "remote.git"
    (root / "content").mkdir(parents=True)
    (root / "output").mkdir()
    (root / ".gitignore").write_text("output/\n")
    (root / "content" / "essay.md").write_text("An essay.\n")
    git(tmp_path, "init", "-q", "--bare", str(remote))
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "Write an essay")
    git(root, "remote", "add", "origin", str(remote))
    git(root, "push", "-q", "origin", "trunk")
    return Site(root, remote)
