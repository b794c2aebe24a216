"""The whole command: a strict build by Pelican and the press, then the push."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.publishing.site import Site, git


ROOT = Path(__file__).resolve().parents[2]
CONF = """\
PELICAN_CLASS = "plugins.Press"
PATH, THEME, PLUGINS = "content", "simple", []
SITEURL, TIMEZONE, FEED_ALL_ATOM, CATEGORY_FEED_ATOM = "https://example.org", "UTC", None, None
"""


@pytest.fixture
def command(site: Site) -> Site:
    (site.root / "publishconf.py").write_text(CONF)
    (site.root / ".gitignore").write_text("output/\n__pycache__/\n")
    (site.root / "output").rmdir()
    return site


def run(site: Site, essay: str, *options: str) -> subprocess.CompletedProcess[str]:
    (site.root / "content" / "essay.md").write_text(essay)
    git(site.root, "add", ".")
    git(site.root, "commit", "-q", "-m", "Write")
    words = [sys.executable, "-m", "plugins.publishing", *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(words, cwd=site.root, env=environment, capture_output=True, encoding="utf-8", check=False)


def test_sound_site(command: Site) -> None:
    """A sound site is built and published."""
    done = run(command, "Title: An essay\nDate: 2026-01-02\n\nWords.\n")
    assert done.returncode == 0, done.stderr
    assert 'published to "gh-pages" of "origin": ' in done.stdout
    assert "Words." in command.published()["an-essay.html"]


def test_site_with_a_problem(command: Site) -> None:
    """A site with a problem is not published: the problem, one line that says so, exit 1."""
    done = run(command, "Title: An essay\nDate: 2026-01-02\n\nWords, and a [link]({filename}nowhere.md).\n")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "nowhere.md" in done.stderr
    assert "not published: the strict build failed; mend what it says above\n" in done.stderr
    assert command.branches() == ["trunk"]


def test_help() -> None:
    """--help explains every option."""
    words = [sys.executable, "-m", "plugins.publishing", "--help"]
    shown = subprocess.run(words, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout
    assert all(f"--{option}" in shown for option in ("remote", "branch", "message", "dry-run", "dirty"))
