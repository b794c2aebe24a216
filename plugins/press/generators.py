"""Pelican's generators in an order that does not depend on chance, each fault kept to its own page."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import jinja2
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator, PelicanTemplateNotFound, StaticGenerator

from plugins.press.addresses import Origin
from plugins.press.drawings import DRAWINGS, cleaned
from plugins.press.scan import Scan, closed, files_below
from plugins.press.unshown import shown
from plugins.press.writer import Writer
from plugins.shared.files import is_inside, site_path
from plugins.shared.problems import problems_of


class MissingTemplate:
    """Stand for a template that the theme lacks, so that only the page that asks for it is spoilt."""

    def __init__(self, name: str) -> None:
        self.name = name

    def render(self, _context: dict[str, Any]) -> str:
        raise jinja2.TemplateNotFound(self.name)


class Orderly(Generator):  # type: ignore[misc]
    def get_files(self, paths: Any, exclude: list[str] | None = None, extensions: Any = None) -> Any:
        """List sources as Pelican does, but sorted, contained in the content folder, and regular files only."""
        content = Path(self.path)
        excluded = frozenset(os.path.normpath(folder) for folder in exclude or ())
        scan = Scan(content, tuple(self.settings["IGNORE_FILES"]), excluded)
        for path in [paths] if isinstance(paths, str) else paths:
            scan.take(path)
        problems_of(self.settings).extend(scan.problems)
        return dict.fromkeys(name for name in scan.files if self._include_path(name, extensions))

    def get_template(self, name: str) -> Any:
        try:
            return super().get_template(name)
        except PelicanTemplateNotFound:
            return MissingTemplate(f"{name}.html")
        except (jinja2.TemplateSyntaxError, OSError, UnicodeDecodeError) as error:
            return BrokenTemplate(f"{name}.html", error)


class BrokenTemplate(MissingTemplate):
    def __init__(self, name: str, error: Exception) -> None:
        super().__init__(name)
        self._error = error

    def render(self, _context: dict[str, Any]) -> str:
        raise self._error


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
        # A link that no longer finds its file here is reported where it is written.
        self.context["static_links"] = {name for name in self.context["static_links"] if self._is_source(name)}
        super().generate_context()
        self.staticfiles.sort(key=lambda file: file.source_path)

    def generate_output(self, writer: Writer) -> None:
        for path in self.settings["THEME_STATIC_PATHS"]:
            self._copy_theme(Path(self.theme) / path, writer)
        for file in shown(self.context["staticfiles"], self.context, self.settings, Path(self.output_path)):
            source = Path(self.path) / file.source_path
            name = site_path(source, self.path)
            self._copy(source, file.save_as, Origin(f'"{name}"', name), writer)

    def _copy(self, source: Path, save_as: str, origin: Origin, writer: Writer) -> None:
        if fault := closed(source, origin.source):
            problems_of(self.settings).add(fault)
            return
        if not {source.suffix.lower(), Path(save_as).suffix.lower()} & DRAWINGS:
            writer.copy(source, save_as, origin)
            return
        data, faults = cleaned(source, origin.source)
        problems_of(self.settings).extend(faults)
        if data is not None:
            writer.write(save_as, data, origin)

    def _is_source(self, name: str) -> bool:
        path = Path(self.path) / name
        return is_inside(path, self.path) and path.is_file()

    def _copy_theme(self, root: Path, writer: Writer) -> None:
        for source in files_below(root, self.settings["IGNORE_FILES"]):
            below = source.relative_to(root).as_posix() if root.is_dir() else source.name
            name = f"{self.settings['THEME_STATIC_DIR']}/{below}"
            writer.copy(source, name, Origin(f'the theme\'s "{below}"'))


OURS = {ArticlesGenerator: Articles, PagesGenerator: Pages, StaticGenerator: Statics}
