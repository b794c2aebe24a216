"""Pelican's generators in an order that does not depend on chance, each fault kept to its own page."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import jinja2
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator, PelicanTemplateNotFound, StaticGenerator

from plugins.press.writer import Origin, Writer
from plugins.shared.files import site_path


class MissingTemplate:
    """Stand for a template that the theme lacks, so that only the page that asks for it is spoilt."""

    def __init__(self, name: str) -> None:
        self.name = name

    def render(self, _context: dict[str, Any]) -> str:
        raise jinja2.TemplateNotFound(self.name)


class Orderly(Generator):  # type: ignore[misc]
    def get_files(self, *args: Any, **kwargs: Any) -> Any:
        return dict.fromkeys(sorted(super().get_files(*args, **kwargs)))

    def get_template(self, name: str) -> Any:
        try:
            return super().get_template(name)
        except PelicanTemplateNotFound:
            return MissingTemplate(f"{name}.html")


class Articles(Orderly, ArticlesGenerator):  # type: ignore[misc]
    def generate_context(self) -> None:
        super().generate_context()
        self.context["tags"] = sorted(self.context["tags"], key=lambda pair: pair[0].slug)


class Pages(Orderly, PagesGenerator):  # type: ignore[misc]
    pass


class Statics(Orderly, StaticGenerator):  # type: ignore[misc]
    def get_files(self, *args: Any, **kwargs: Any) -> Any:
        return set(super().get_files(*args, **kwargs))  # Pelican unites it with the set of linked files

    def generate_context(self) -> None:
        super().generate_context()
        self.staticfiles.sort(key=lambda file: file.source_path)

    def generate_output(self, writer: Writer) -> None:
        for path in self.settings["THEME_STATIC_PATHS"]:
            self._copy_theme(Path(self.theme) / path, writer)
        for file in self.context["staticfiles"]:
            source = Path(self.path) / file.source_path
            name = site_path(source, self.path)
            writer.copy(source, file.save_as, Origin(f'"{name}"', name))

    def _copy_theme(self, root: Path, writer: Writer) -> None:
        for source in _files_below(root, self.settings["IGNORE_FILES"]):
            below = source.relative_to(root) if root.is_dir() else source.name
            name = (Path(self.settings["THEME_STATIC_DIR"]) / below).as_posix()
            writer.copy(source, name, Origin(f'the theme\'s "{below}"'))


def _files_below(root: Path, ignored: Iterable[str]) -> list[Path]:
    if root.is_file():
        return [root]
    found = []
    for parent, folders, files in os.walk(root):
        folders[:] = [name for name in folders if not _matches(name, ignored)]
        found += [Path(parent) / name for name in files if not _matches(name, ignored)]
    return sorted(found)


def _matches(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch.fnmatch(name, pattern) for pattern in patterns)


OURS = {ArticlesGenerator: Articles, PagesGenerator: Pages, StaticGenerator: Statics}
