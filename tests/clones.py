"""Clean clones of the repository as it is in the work tree, with a remote and a history of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path


ROOT = Path(__file__).resolve().parents[1]

_IDENTITY = {
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_TERMINAL_PROMPT": "0",
}


def environment(**more: str) -> dict[str, str]:
    """Return what a newcomer's shell knows: this one's, without what a test run adds to it."""
    hidden = ("GIT_", "PYTEST_", "COV_", "GITHUB_", "MAKE", "VIRTUAL_ENV", "SITEURL")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
    return {**kept, **_IDENTITY, **more}


def run(root: Path, *words: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    command = [str(word) for word in words]
    return subprocess.run(
        command, cwd=root, env=environment(**more), capture_output=True, encoding="utf-8", check=False
    )


def done(root: Path, *words: str | Path, **more: str) -> str:
    """Run a command that must end well; return what it said."""
    end = run(root, *words, **more)
    assert end.returncode == 0, f"{' '.join(map(str, words))}\n{end.stdout}\n{end.stderr}"
    return end.stdout


def upstream(folder: Path) -> Path:
    """Commit a copy of the work tree to a repository of its own: what a newcomer clones."""
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in sorted({*names.stdout.decode().split("\0")} - {""}):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    done(folder, "git", "init", "-q", "-b", "main")
    commit(folder, "Broadside")
    return folder


def commit(root: Path, message: str) -> None:
    done(root, "git", "add", "-A")
    done(root, "git", "commit", "-q", "-m", message)


def clone(source: Path, folder: Path) -> Path:
    done(folder.parent, "git", "clone", "-q", source, folder)
    return folder


def module(root: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a module of the clone with the packages of this interpreter."""
    return run(root, sys.executable, "-m", *words)


def build(root: Path) -> subprocess.CompletedProcess[str]:
    """Build strictly, as for publishing."""
    return module(root, "pelican", "content", "-s", "publishconf.py", "--fatal", "warnings")
