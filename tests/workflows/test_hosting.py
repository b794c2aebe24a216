"""The recipes for other hosts: their files are sound, call what there is, and the one for a plain server works."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from tests import clones
from tests.clones import ROOT


RECIPES = ROOT / "docs" / "hosting"
GUIDE = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")


def targets(text: str) -> set[str]:
    """Return what is made by a command: one that begins a line or a span of code, variables set before it or not."""
    return set(re.findall(r"(?:^ *|`|['\"]|- )(?:\w+=\S+ )?make ([a-z]+)", text, re.M))


def test_every_recipe_is_in_the_guide() -> None:
    """The guide names each file, and copies it to where the host looks for it."""
    for path in RECIPES.iterdir():
        assert f"cp docs/hosting/{path.name} {path.name}" in GUIDE


def test_targets_exist() -> None:
    """Every target that a recipe or the guide makes is in the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    found = targets(GUIDE) | {name for path in RECIPES.iterdir() for name in targets(path.read_text(encoding="utf-8"))}
    assert {"check", "publish"} <= found
    assert all(re.search(rf"^{name}:", makefile, re.M) for name in found)


def test_gitlab() -> None:
    """GitLab builds the default branch strictly into the folder that it publishes, and checks merge requests."""
    jobs = yaml.safe_load((RECIPES / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    assert jobs["pages"]["script"] == ['SITEURL="$CI_PAGES_URL" make check OUTPUT=public']
    assert jobs["pages"]["artifacts"]["paths"] == ["public"]
    assert jobs["pages"]["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
    assert jobs["check"]["script"] == ["make check"]


def test_netlify() -> None:
    """Netlify builds strictly into the folder that it publishes, previews at their own address."""
    facts = tomllib.loads((RECIPES / "netlify.toml").read_text(encoding="utf-8"))
    assert facts["build"]["publish"] == "public"
    commands = [facts["build"]["command"], facts["context"]["deploy-preview"]["command"]]
    assert [command.partition(" ")[2] for command in commands] == ["make check OUTPUT=public"] * 2


def test_commands_of_the_recipes_build(tmp_path: Path) -> None:
    """The line that GitLab and Netlify run builds the site for the address that the host names."""
    root = clones.upstream(tmp_path / "site")
    words = ["pelican", "content", "-s", "publishconf.py", "--fatal", "warnings", "-o", "public"]
    end = clones.run(root, sys.executable, "-m", *words, SITEURL="https://you.gitlab.io/essays")
    assert (end.returncode, end.stderr) == (0, "")
    assert "https://you.gitlab.io/essays/" in (root / "public" / "sitemap.xml").read_text(encoding="utf-8")
    assert 'href="/essays/theme/' in (root / "public" / "index.html").read_text(encoding="utf-8")


class Server:
    """A server on this disk, and a work tree whose `make check` writes a page instead of a site."""

    def __init__(self, folder: Path) -> None:
        self.work, self.programs, self.served = folder / "work", folder / "bin", folder / "srv" / "essays"
        self.programs.mkdir()
        self.work.mkdir()
        self.served.parent.mkdir()
        self._program("ssh", 'while [ "$1" != server ]; do shift; done; shift; exec sh -c "$*"')
        self._program(
            "make", 'mkdir -p "${2#OUTPUT=}/a" && cp page "${2#OUTPUT=}/index.html" && cp page "${2#OUTPUT=}/a/b"'
        )
        clones.done(self.work, "git", "init", "-q")
        self.write("one")

    def _program(self, name: str, script: str) -> None:
        (self.programs / name).write_text(f"#!/bin/sh\n{script}\n")
        (self.programs / name).chmod(0o755)

    def write(self, text: str) -> None:
        (self.work / "page").write_text(text)
        clones.commit(self.work, text)

    def deploy(self, target: str = "") -> subprocess.CompletedProcess[str]:
        path = f"{self.programs}:{clones.environment()['PATH']}"
        return clones.run(
            self.work, "sh", RECIPES / "deploy.sh", PATH=path, TARGET=target or f"server:{self.served}", RSYNC_RSH="ssh"
        )


@pytest.fixture
def server(tmp_path: Path) -> Server:
    if not shutil.which("rsync"):
        pytest.skip("rsync is missing")
    return Server(tmp_path)


def test_plain_server(server: Server) -> None:
    """Each release is whole beside the last, and a link is turned to it; the last one can be gone back to."""
    assert server.deploy().returncode == 0
    first = server.served.resolve()
    assert (server.served / "index.html").read_text() == "one"
    server.write("two")
    end = server.deploy()
    assert end.returncode == 0, end.stderr
    assert server.served.is_symlink()
    assert (server.served / "index.html").read_text() == (server.served / "a" / "b").read_text() == "two"
    assert (first / "index.html").read_text() == "one"


def test_plain_server_that_fails(server: Server) -> None:
    """A build that fails, or a copy that breaks off, leaves the site as it was."""
    server.deploy()
    before = server.served.resolve()
    (server.work / "page").unlink()
    assert server.deploy().returncode != 0
    server.write("two")
    (server.programs / "rsync").write_text("#!/bin/sh\nexit 12\n")
    (server.programs / "rsync").chmod(0o755)
    assert server.deploy().returncode == 12
    assert server.served.resolve() == before


@pytest.mark.parametrize(
    "target", ["server", "server:essays", "/srv/essays", "server:/srv/a'; touch b; '", "server:/srv/$(a)"]
)
def test_odd_target(server: Server, target: str) -> None:
    """A target that is no host and folder is refused before anything runs."""
    end = server.deploy(target)
    assert end.returncode == 1
    assert end.stdout == ""
