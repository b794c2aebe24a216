"""Whole builds: `build_site` writes a site, runs the real Pelican on it, and hands back what came out."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.demo import FACTS
from tests.nursery import Nursery


ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Site:
    """A site on disk and the end of its last build. Problems are the lines on standard error."""

    root: Path
    exit_code: int
    stdout: str
    stderr: str

    @property
    def output(self) -> Path:
        return self.root / "output"

    @property
    def problems(self) -> list[str]:
        return self.stderr.splitlines()

    def read(self, path: str) -> str:
        return (self.output / path).read_text(encoding="utf-8")

    def line_of(self, setting: str) -> int:
        """Return the line of pelicanconf.py that a setting stands in."""
        lines = (self.root / "pelicanconf.py").read_text(encoding="utf-8").splitlines()
        return next(number for number, line in enumerate(lines, 1) if line.startswith(f"{setting} = "))

    def files(self) -> dict[str, bytes]:
        """Return the bytes of every file of the output by name."""
        found = (path for path in self.output.rglob("*") if path.is_file())
        return {path.relative_to(self.output).as_posix(): path.read_bytes() for path in found}


def configuration(settings: Mapping[str, Any]) -> str:
    """Return a pelicanconf.py that takes over the repository's, for a site in another folder."""
    lines = [
        "import runpy, sys",
        "from pathlib import Path",
        f"sys.path.insert(0, {str(ROOT)!r})",
        f"facts = runpy.run_path({str(ROOT / 'pelicanconf.py')!r})",
        "globals().update((name, value) for name, value in facts.items() if name.isupper())",
        "NAVIGATION = ()  # it leads to pages of the repository's content",
        "ROOT = Path(__file__).resolve().parent",
        "PATH, OUTPUT_PATH = str(ROOT / 'content'), str(ROOT / 'output')",
        *(f"{name} = {value!r}" for name, value in {**FACTS, **settings}.items()),
    ]
    return "\n".join(lines) + "\n"


def names_in(root: Path) -> list[str]:
    """Return the names of what stands in a site's folder, but for what Python keeps of the settings that it ran."""
    return sorted(path.name for path in root.iterdir() if path.name != "__pycache__")


def write_site(root: Path, files: Mapping[str, str | bytes], settings: Mapping[str, Any]) -> None:
    """Write a site's files; a setting `theme="simple"` is written as `THEME`."""
    (root / "content").mkdir(parents=True, exist_ok=True)
    named = {name.upper(): value for name, value in settings.items()}
    (root / "pelicanconf.py").write_text(configuration(named), encoding="utf-8")
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def run_pelican(root: Path, *options: str, environment: Mapping[str, str] | None = None) -> Site:
    """Build the site in a folder with the command an author uses. Takes about half a second."""
    command = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", *options]
    done = subprocess.run(
        command, cwd=root, capture_output=True, encoding="utf-8", env={**os.environ, **(environment or {})}, check=False
    )
    return Site(root, done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    nursery.close()


@pytest.fixture
def build_site(tmp_path: Path, nursery: Nursery) -> Callable[..., Site]:
    """Return `build_site(files, *options, **settings) -> Site`.

    `files` maps names below the site's root (`content/essays/a.md`) to text or bytes, `options` are
    Pelican's (`"-q"`), `settings` are those of pelicanconf.py in either case (`plugins=[…]`). The site
    stays between calls in one test, so a second call with other files is an edit.
    """

    def build(files: Mapping[str, str | bytes], *options: str, **settings: Any) -> Site:
        write_site(tmp_path, files, settings)
        end = nursery.run(tmp_path, "content", "-s", "pelicanconf.py", *options)
        return Site(tmp_path, end.exit_code, end.stdout, end.stderr)

    return build
