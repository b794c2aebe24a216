"""The adapter: connect citations to Pelican's signals."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markupsafe import Markup
from pelican import Pelican, signals
from pelican.contents import Content

from plugins.citations import styles
from plugins.citations.credits import credit
from plugins.citations.engine import Engine, EngineError
from plugins.citations.findings import findings
from plugins.citations.library import Library, load
from plugins.citations.locales import locale_for
from plugins.citations.model import Style
from plugins.citations.resolve import Resolved, concerns, resolve
from plugins.citations.settings import PREFIX, CitationSettings
from plugins.shared.contents import contents_of, path_of
from plugins.shared.files import is_inside, site_path
from plugins.shared.lines import lines_of
from plugins.shared.problems import Problem, Problems, problems_of
from plugins.shared.settings import load as load_settings
from plugins.shared.sources import Unreadable, read_bytes


_NAMES = ("bibliography.json", "bibliography.yaml", "bibliography.yml", "bibliography.bib")
_LIMIT = "CITATIONS_MAX_BYTES; keep what is cited, or raise the limit"
_SYNTAX = "plugins.citations.syntax"


def register() -> None:
    # What bibtexparser would log, the library says with path and line.
    logger = logging.getLogger("bibtexparser")
    logger.propagate = False
    logger.addHandler(logging.NullHandler())
    signals.initialized.connect(add_syntax)
    signals.all_generators_finalized.connect(resolve_all)


def add_syntax(pelican: Pelican) -> None:
    """Check the settings and let Markdown know the syntax."""
    _, problems = load_settings(CitationSettings, PREFIX, pelican.settings)
    problems_of(pelican.settings).extend(problems)
    extensions = pelican.settings["MARKDOWN"].setdefault("extension_configs", {})
    extensions.setdefault(_SYNTAX, {})


def resolve_all(generators: Iterable[Any]) -> None:
    """Resolve the citations of every page of the build through one engine."""
    generators = list(generators)
    if not generators:
        return
    settings: Mapping[str, Any] = generators[0].settings
    build = _Build.of(settings)
    try:
        build.read_library()
        build.check_style()
        for content in contents_of(generators):
            build.resolve(content)
    finally:
        build.engine.close()


@dataclass(slots=True)
class _Build:
    """What the pages of one build share."""

    settings: CitationSettings
    content: Path
    problems: Problems
    engine: Engine
    library: Library = field(default_factory=Library)
    credits: dict[str, str] = field(default_factory=dict)
    styles: dict[str, Style | None] = field(default_factory=dict)

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> _Build:
        own, _ = load_settings(CitationSettings, PREFIX, settings)
        return cls(own, Path(settings["PATH"]), problems_of(settings), Engine(timeout=own.timeout))

    def read_library(self) -> None:
        files = list(self._files())
        try:
            self.library = load(files, self.engine.read_biblatex)
        except EngineError as error:
            self.problems.add(Problem(files[0][0], 1, "citation-engine", str(error)))
        self.problems.extend(self.library.problems)
        self.credits = {key: credit(item) for key, item in self.library.items.items()}

    def check_style(self) -> None:
        """Report a style of the site that is not there, whether or not anything is cited."""
        try:
            self.styles[self.settings.style] = styles.find(self.settings.style, self.content.parent)
        except styles.StyleError as error:
            self.styles[self.settings.style] = None
            self.problems.add(Problem("pelicanconf.py", 1, "citation-style", str(error)))

    def _files(self) -> Iterator[tuple[str, bytes]]:
        for name in self.settings.bibliography or _NAMES:
            path = self.content / name
            if os.path.islink(path) or (os.path.exists(path) and is_inside(path, self.content)):  # noqa: PTH110, PTH114 - without raising
                yield from self._read(path)
            elif self.settings.bibliography:
                message = f'CITATIONS_BIBLIOGRAPHY names "{name}", which is no file below the content folder'
                self.problems.add(Problem("pelicanconf.py", 1, "bibliography-missing", message))

    def _read(self, path: Path) -> Iterator[tuple[str, bytes]]:
        name = site_path(path, self.content)
        try:
            yield name, read_bytes(path, self.content, self.settings.max_bytes, _LIMIT)
        except Unreadable as error:
            self.problems.add(Problem(name, 1, error.code, str(error)))

    def resolve(self, content: Content) -> None:
        library, credited = self._library_of(content)
        content.credits = credited
        content.works_cited = ()
        if content.metadata.get("citation_style"):
            self._style_of(content)  # a style that is not there is wrong before the first citation
        if not concerns(content._content):  # noqa: SLF001 -- the text before Pelican's own links are resolved
            return
        resolved = self._resolved(content, library)
        source = getattr(content, "source_text", "")
        self.problems.extend(findings(resolved, path=path_of(content), source=source, known=library.items))
        content._content = resolved.content  # noqa: SLF001
        content.body = Markup(content._update_content(resolved.body, content.get_siteurl()))  # noqa: S704, SLF001
        content.works_cited = tuple(work._replace(html=Markup(work.html)) for work in resolved.works)  # noqa: S704

    def _library_of(self, content: Content) -> tuple[Library, Mapping[str, str]]:
        own = getattr(content, "references_inline", None)
        if not own:
            return self.library, self.credits
        path, source = path_of(content), getattr(content, "source_text", "")
        lines = {
            str(item["id"]): _id_line(str(item["id"]), source)
            for item in own
            if isinstance(item, dict) and item.get("id")
        }
        library = self.library.with_own(own, path, lines)
        self.problems.extend(library.problems)
        return library, {key: credit(item) for key, item in library.items.items()}

    def _resolved(self, content: Content, library: Library) -> Resolved:
        style = self._style_of(content)
        options: dict[str, Any] = {
            "items": library.items,
            "locale": locale_for(content.lang, style) if style else "",
            "format_job": self.engine.format,
            "settings": self.settings,
        }
        try:
            return resolve(content._content, style=style, **options)  # noqa: SLF001
        except EngineError as error:
            self.problems.add(Problem(path_of(content), 1, "citation-engine", str(error)))
            return resolve(content._content, style=None, **options)  # noqa: SLF001

    def _style_of(self, content: Content) -> Style | None:
        own = content.metadata.get("citation_style") or content.metadata.get("citation-style")
        name = str(own or self.settings.style)
        if name not in self.styles:
            try:
                self.styles[name] = styles.find(name, self.content.parent)
            except styles.StyleError as error:
                self.styles[name] = None
                where = (path_of(content), lines_of(name, content.source_text)[0]) if own else ("pelicanconf.py", 1)
                self.problems.add(Problem(*where, "citation-style", str(error)))
        return self.styles[name]


def _id_line(key: str, source: str) -> int:
    found = re.search(rf"^[ \t-]*[\"']?id[\"']?[ \t]*:[ \t]*[\"']?{re.escape(key)}\b", source, re.M)
    return source.count("\n", 0, found.start()) + 1 if found else 1
