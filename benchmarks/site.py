"""A site in a scratch folder that is built, changed in one place, and built again."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks import essays
from benchmarks.essays import CONTENT, ROOT, Essay


_SETTINGS, _THEME = "pelicanconf.py", "themes/broadside"
_ADDED = "\n\nA sentence that was added: "
_WORK = re.compile(r"\d+ read, \d+ printed, \d+ reused")


@dataclass(frozen=True, slots=True)
class Run:
    """One build: how long it took, and what it said."""

    seconds: float
    lines: tuple[str, ...]
    exit_code: int

    @property
    def work(self) -> str:
        """What the closing line says of the work that was done."""
        return work_of("\n".join(self.lines)) + (f", exit {self.exit_code}" if self.exit_code else "")


def work_of(said: str) -> str:
    found = _WORK.findall(said)
    return found[-1] if found else (said.splitlines() or ["it said nothing"])[-1]


def environment(scratch: Path) -> dict[str, str]:
    """Return an environment in which our modules are found, and what a killed process leaves is thrown away."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(scratch)}


@dataclass(slots=True)
class Site:
    root: Path
    middle: Essay

    @classmethod
    def of(cls, root: Path, chosen: list[Essay], content: Path = CONTENT) -> Site:
        """Write a site of these essays, with the rest of a content folder, and a copy of the theme."""
        essays.write(chosen, root / "content", plain=False)
        essays.copy_surroundings(content, root / "content")
        shutil.copytree(ROOT / _THEME, root / _THEME)
        site = cls(root, chosen[len(chosen) // 2])
        site.set_name("Essays")
        _age(root)
        return site

    def set_name(self, name: str) -> None:
        text = (ROOT / _SETTINGS).read_text(encoding="utf-8")  # its folders are those beside it
        # A site's own navigation may name pages that the essays do not come with.
        (self.root / _SETTINGS).write_text(f"{text}SITENAME, NAVIGATION = {name!r}, ()\n", encoding="utf-8")

    def command(self, *options: str) -> list[str]:
        return [sys.executable, "-m", "plugins.press", "content", "--settings", _SETTINGS, *options]

    def clean(self) -> None:
        put_aside(self.root, "output", ".cache")

    def build(self, *options: str) -> Run:
        began = time.perf_counter()
        words, env = self.command(*options), environment(self.root.parent)
        done = subprocess.run(words, cwd=self.root, env=env, capture_output=True, encoding="utf-8", check=False)
        return Run(time.perf_counter() - began, tuple(done.stdout.splitlines()), done.returncode)

    def edit_words(self, mark: str) -> None:
        """Put a sentence at the end of the middle essay, in the place of the last such one.

        The essay does not grow: its minutes of reading, which lists show, would change in one of many edits.
        """
        body = self.middle.body.partition(_ADDED)[0]
        self._save(replace(self.middle, body=f"{body}{_ADDED}{mark}.\n"))

    def edit_title(self, mark: str) -> None:
        self._save(replace(self.middle, metadata={**self.middle.metadata, "title": f"A title with {mark} in it"}))

    def edit_template(self, mark: str) -> None:
        """Edit the template of every page."""
        _edit(self.root / _THEME / "templates/base.html", r"(<!-- \w+ -->)?</body>", f"<!-- {mark} --></body>")

    def edit_bibliography(self, mark: str) -> None:
        """Edit the publisher of the first book."""
        _edit(self.root / "content/bibliography.bib", r"(publisher *= *)\{.*\}", rf"\1{{Publisher {mark}}}")

    def edit_setting(self, mark: str) -> None:
        self.set_name(f"Essays {mark}")

    def _save(self, essay: Essay) -> None:
        self.middle = essay
        (self.root / "content/essays" / f"{essay.name}.md").write_text(essay.for_broadside(), encoding="utf-8")


def put_aside(root: Path, *names: str) -> None:
    """Take from a folder what a build left there, and keep it until the end.

    Where thousands of files were just deleted, some file systems take many times as long to make others.
    """
    aside = Path(tempfile.mkdtemp(prefix=".aside-", dir=root.parent))
    for name in names:
        if (root / name).exists():
            (root / name).rename(aside / name)


def _age(root: Path) -> None:
    """Have the files of a site be as old as those of a real one: what is a second old is read again to be sure."""
    then = time.time() - 3600
    for path in root.rglob("*"):
        os.utime(path, (then, then))


def _edit(path: Path, pattern: str, text: str) -> None:
    path.write_text(re.sub(pattern, text, path.read_text(encoding="utf-8"), count=1), encoding="utf-8")


#: What may be changed between two builds, by what it is called.
EDITS: dict[str, Callable[[Site, str], None]] = {
    "an essay's words": Site.edit_words,
    "an essay's title": Site.edit_title,
    "a template": Site.edit_template,
    "a work cited": Site.edit_bibliography,
    "a setting": Site.edit_setting,
    "nothing": lambda _site, _mark: None,
}
