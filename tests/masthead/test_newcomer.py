"""A newcomer's way, by the commands of the README and the guide as they stand there: clone, init, essay, publish."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests import clones
from tests.demo import OWNED
from tests.masthead.commands import blocks, commands, section


REPOSITORY = "https://github.com/you/essays.git"  # the guide's example
ANSWERS = "Ada's essays\nhttps://you.github.io/essays\nAda\n\n"


class Newcomer:
    """Somebody at a shell, whose repository at the host is a bare one on this disk."""

    def __init__(self, folder: Path, upstream: Path) -> None:
        self.folder, self.bare = folder, folder / "host" / "essays.git"
        clones.done(folder, "git", "init", "-q", "--bare", "-b", "main", self.bare)
        (folder / "ADDRESS").symlink_to(upstream)  # so that the README's word is an address
        (folder / "gitconfig").write_text(f'[url "{self.bare.as_uri()}"]\n\tinsteadOf = {REPOSITORY}\n')

    def types(self, command: str, answers: str = "") -> str:
        if command.startswith("cd "):
            self.folder /= command.removeprefix("cd ")
            return ""
        configuration = str(self.bare.parents[1] / "gitconfig")
        environment = clones.environment(GIT_CONFIG_GLOBAL=configuration)
        end = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=environment,
            input=answers,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert end.returncode == 0, f"{command}\n{end.stdout[-4000:]}\n{end.stderr[-4000:]}"
        return end.stdout

    def writes_the_essay(self) -> None:
        name = section("README.md", "Your first essay").split("Put this into `")[1].split("`")[0]
        (self.folder / name).write_text(blocks("README.md", "Your first essay")[0] + "\n", encoding="utf-8")


def borrow_environment(root: Path) -> None:
    """Make a .venv that is this interpreter's, and up to date, so that make has nothing to install."""
    programs = root / ".venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (programs / "python").chmod(0o755)
    for lock, stamp in (("requirements.lock", "installed"), ("requirements-dev.lock", "installed-dev")):
        key = clones.done(root, "sh", "-c", f"cksum < {lock}").split()[0]
        (root / ".venv" / f"{stamp}-{key}").touch()


def walk(newcomer: Newcomer, *, borrowed: bool) -> None:
    clone, enter, init = commands("README.md", "Make it yours")
    newcomer.types(clone)
    newcomer.types(enter)
    if borrowed:
        borrow_environment(newcomer.folder)
    assert "files of the demo are in examples/ now" in newcomer.types(init, ANSWERS)
    newcomer.types("git add -A && git commit -q -m 'Make it mine'")  # as init says at its end
    for command in commands("docs/publishing.md", "Set it up once"):
        newcomer.types(command)
    newcomer.writes_the_essay()
    newcomer.types(commands("README.md", "Two commands")[0])
    for command in commands("docs/publishing.md", "Publish"):
        newcomer.types(command)


def assert_published(newcomer: Newcomer) -> None:
    published = clones.done(newcomer.bare, "git", "ls-tree", "-r", "--name-only", "gh-pages").splitlines()
    assert "essays/the-meeting/index.html" in published
    assert not [name for name in published if "first-essay" in name or "closet" in name]
    page = clones.done(newcomer.bare, "git", "show", "gh-pages:essays/the-meeting/index.html")
    assert "The meeting nobody minuted" in page
    assert '<link rel="canonical" href="https://you.github.io/essays/essays/the-meeting/">' in page
    assert "Other People’s Money" in page


@pytest.fixture
def newcomer(upstream: Path, tmp_path: Path) -> Newcomer:
    if OWNED:
        pytest.skip("this site is somebody's own already")
    (tmp_path / "home").mkdir()
    return Newcomer(tmp_path / "home", upstream)


def test_way(newcomer: Newcomer) -> None:
    """From a clone to a published site, with an environment that is there."""
    walk(newcomer, borrowed=True)
    assert_published(newcomer)


@pytest.mark.slow
def test_way_with_installation(newcomer: Newcomer) -> None:
    """From a clone to a published site, with everything installed from the lock."""
    walk(newcomer, borrowed=False)
    assert (newcomer.folder / ".venv" / "pyvenv.cfg").is_file()
    assert_published(newcomer)
