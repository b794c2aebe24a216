"""The site that the command is for: its settings, bibliographies and essays."""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from plugins.citations.bibtex import ReadBiblatex
from plugins.citations.cite.model import Refused
from plugins.citations.library import Library, load
from plugins.citations.settings import BIBLIOGRAPHIES, PREFIX, CitationSettings
from plugins.shared.files import is_inside, site_path
from plugins.shared.settings import load as load_settings


_SOURCES = frozenset((".md", ".markdown", ".mkd", ".mdown"))


@dataclass(frozen=True, slots=True)
class Site:
    root: Path
    content: Path
    settings: CitationSettings

    @classmethod
    def of(cls, path: str) -> Site:
        """Return the site of a settings file, which is a program."""
        if not Path(path).is_file():
            raise Refused(f'there are no settings "{path}"; call this from the site\'s folder, or name them')
        try:
            found = runpy.run_path(path)
        except (Exception, SystemExit) as error:  # noqa: BLE001 -- a program may raise anything
            raise Refused(f"{path} fails: {type(error).__name__}: {error}; mend it first") from None
        settings, problems = load_settings(CitationSettings, PREFIX, found, path=path)
        if problems:
            raise Refused(str(problems[0]))
        root = Path(path).resolve().parent
        return cls(root, root / str(found.get("PATH", "content")), settings)

    @property
    def names(self) -> tuple[str, ...]:
        return self.settings.bibliography or BIBLIOGRAPHIES

    def library(self, read_biblatex: ReadBiblatex) -> Library:
        return load([(self.shown(path), path.read_bytes()) for path in self._files()], read_biblatex)

    def sources(self) -> Iterator[str]:
        """Yield the texts of essays and pages, drafts too."""
        for path in sorted(self.content.rglob("*")):
            if path.suffix in _SOURCES and path.is_file() and is_inside(path, self.content):
                yield path.read_text(encoding="utf-8-sig", errors="replace")

    def target(self, name: str) -> Path:
        """Return the bibliography to add to: the one that is named, or the first that is there."""
        path = self._named(name) if name else next(self._files(), self.content / self._usual())
        if not is_inside(path, self.content):
            raise Refused(f"{self.shown(path)} leads out of the content folder; nothing is written there")
        return path

    def shown(self, path: Path) -> str:
        return site_path(path, self.content)

    def _usual(self) -> str:
        return self.settings.bibliography[0] if self.settings.bibliography else "bibliography.yaml"

    def _files(self) -> Iterator[Path]:
        paths = (self.content / name for name in self.names)
        return (path for path in paths if path.is_file() and is_inside(path, self.content))

    def _named(self, name: str) -> Path:
        for own in self.names:
            path = self.content / own
            if name in {own, path.name, self.shown(path)}:
                return path
        known = ", ".join(self.shown(self.content / own) for own in self.names)
        raise Refused(f'"{name}" is no bibliography of this site; it reads {known}')
