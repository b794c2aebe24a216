"""The essays of a benchmark, written once for Broadside and once as plain Pelican reads them."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import yaml


ROOT = Path(__file__).resolve().parents[1]
# The demo is in `examples/` once the site is somebody's own.
CONTENT = next(folder for folder in (ROOT / "examples", ROOT / "content") if folder.is_dir())

_FRONT_MATTER = re.compile(r"\A---\s*\n(.*?)\n---\s*\n(.*)\Z", re.S)
_DAY = re.compile(r"\A\d{4}-\d\d-\d\d-")
# What plain Pelican knows of our front matter; its other keys would be metadata that no template shows.
_PLAIN_KEYS = ("title", "date", "modified", "slug", "tags", "summary", "authors", "category", "status")


@dataclass(frozen=True, slots=True)
class Essay:
    name: str
    metadata: dict[str, Any]
    body: str

    @property
    def slug(self) -> str:
        return str(self.metadata.get("slug") or _DAY.sub("", self.name))

    def for_broadside(self) -> str:
        return f"---\n{yaml.safe_dump(self.metadata, allow_unicode=True, sort_keys=False)}---\n\n{self.body}"

    def for_pelican(self) -> str:
        lower = {key.lower(): value for key, value in self.metadata.items()}
        lines = [f"{key.title()}: {_line(lower[key])}" for key in _PLAIN_KEYS if lower.get(key)]
        return "\n".join(lines) + f"\n\n{self.body}"


def read(folder: Path) -> list[Essay]:
    """Return the essays of a folder.

    Left out are files without YAML front matter, and all but one essay of a slug: plain Pelican ends there.
    """
    paths = sorted(folder.glob("*.md"))
    found = [(path.stem, _FRONT_MATTER.match(path.read_text(encoding="utf-8-sig"))) for path in paths]
    essays = [Essay(name, yaml.safe_load(match[1]), match[2]) for name, match in found if match]
    return list({str(essay.metadata.get("slug") or essay.name): essay for essay in essays}.values())


def chosen(number: int) -> list[Essay]:
    """Return so many essays, with a slug each: those of the folder that BENCH_ESSAYS names, or the demo's, repeated."""
    folder = Path(os.environ.get("BENCH_ESSAYS") or CONTENT / "essays")
    found = read(folder) or sys.exit(f'no essay with YAML front matter in "{folder}"')
    return [replace(essay, metadata={**essay.metadata, "slug": essay.slug}) for essay in repeat(found, number)]


def repeat(essays: list[Essay], number: int) -> list[Essay]:
    """Return so many essays: the given ones, then copies of them under other names, of earlier days."""
    return [essay for essay, _ in zip(_copies(essays), range(number), strict=False)]


def write(essays: list[Essay], content: Path, *, plain: bool) -> None:
    folder = content / "essays"
    folder.mkdir(parents=True)
    for essay in essays:
        text = essay.for_pelican() if plain else essay.for_broadside()
        (folder / f"{essay.name}.md").write_text(text, encoding="utf-8")


def copy_surroundings(source: Path, content: Path) -> None:
    """Copy what the essays of a site refer to: everything in its content but the essays."""
    for path in source.iterdir():
        if path.name != "essays":
            (shutil.copytree if path.is_dir() else shutil.copy)(path, content / path.name)


def _copies(essays: list[Essay]) -> Iterator[Essay]:
    yield from essays
    for number in count(2):
        for essay in essays:
            own: dict[str, Any] = {"title": f"{essay.metadata['title']} ({number})", "slug": f"{essay.slug}-{number}"}
            if isinstance(day := essay.metadata.get("date"), date):
                own["date"] = day - timedelta(days=number)
            yield replace(essay, name=f"{essay.name}-{number}", metadata={**essay.metadata, **own})


def _line(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else " ".join(str(value).split())
