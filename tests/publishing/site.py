"""A clone with a site, and the bare repository on disk that it is published to."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from plugins.press import manifest


def git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, encoding="utf-8").stdout


Files: TypeAlias = dict[str, str]

PAGES: Files = {
    "index.html": "home",
    "essays/a/index.html": "an essay",
    "文 字.html": "字",
    **{f"tags/{number}.html": "a tag" for number in range(4)},
}


@dataclass(frozen=True)
class Site:
    """`root` is the clone, `remote` the bare repository behind `origin`."""

    root: Path
    remote: Path

    def build(self, files: Files) -> Callable[[Path], Path]:
        """Return a build that writes these files as the press does: with a manifest."""

        def write(root: Path) -> Path:
            output = root / "output"
            for old in sorted(output.rglob("*"), reverse=True):
                old.rmdir() if old.is_dir() else old.unlink()
            for name, text in files.items():
                path = output / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            manifest.write(output, manifest.take(output))
            return output

        return write

    def published(self, branch: str = "gh-pages") -> dict[str, str]:
        """Return the published files and their text, without the manifest."""
        names = git(self.remote, "-c", "core.quotepath=off", "ls-tree", "-r", "--name-only", branch).split("\n")
        shown = [name for name in names if name not in {"", manifest.NAME}]
        return {name: self.raw(name, branch).decode(errors="replace") for name in shown}

    def raw(self, name: str, branch: str = "gh-pages") -> bytes:
        words = ["git", "cat-file", "blob", f"{branch}:{name}"]
        return subprocess.run(words, cwd=self.remote, check=True, capture_output=True).stdout

    def frozen(self) -> str:
        """Return all refs and objects of the remote."""
        objects = git(self.remote, "cat-file", "--batch-check", "--batch-all-objects")
        return git(self.remote, "for-each-ref") + objects

    def log(self, branch: str = "gh-pages") -> list[str]:
        return git(self.remote, "log", "--format=%s", branch).splitlines()

    def branches(self) -> list[str]:
        return git(self.remote, "for-each-ref", "--format=%(refname:short)").split()
