"""The adapter: connect citations to Pelican's signals."""

from __future__ import annotations

import logging
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
from plugins.citations.locales import LOCALES, locale_for
from plugins.citations.model import Style
from plugins.citations.resolve import Resolved, concerns, resolve
from plugins.citations.settings import PREFIX, CitationSettings
from plugins.citations.summary import set_summary
from plugins.citations.themes import shows_body
from plugins.shared.contents import contents_of, path_of
from plugins.shared.files import is_inside, site_path
from plugins.shared.lines import lines_of
from plugins.shared.problems import Problem, Problems, problems_of
from plugins.shared.settings import load as load_settings
from plugins.shared.suggest import did_you_mean


_NAMES = ("bibliography.json", "bibliography.yaml", "bibliography.yml", "bibliography.bib")
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
    shows_body: bool
    library: Library = field(default_factory=Library)
    credits: dict[str, str] = field(default_factory=dict)
    styles: dict[str, Style | None] = field(default_factory=dict)

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> _Build:
        own, _ = load_settings(CitationSettings, PREFIX, settings)
        folders = (Path(settings["THEME"]) / "templates", *map(Path, settings["THEME_TEMPLATES_OVERRIDES"]))
        engine = Engine(timeout=own.timeout)
        return cls(own, Path(settings["PATH"]), problems_of(settings), engine, shows_body(folders))

    def read_library(self) -> None:
        files = [(site_path(path, self.content), path.read_bytes()) for path in self._files()]
        try:
            self.library = load(files, self.engine.read_biblatex)
        except EngineError as error:
            self.problems.add(Problem(files[0][0], 1, "citation-engine", str(error)))
        self.problems.extend(self.library.problems)
        self.credits = {key: credit(item) for key, item in self.library.items.items()}

    def check_style(self) -> None:
        """Report a style or locale of the site that is not there, whether or not anything is cited."""
        if self.settings.locale and self.settings.locale not in LOCALES:
            hint = did_you_mean(self.settings.locale, LOCALES) or '; name one of CSL, such as "en-GB"'
            message = f'CITATIONS_LOCALE: no locale "{self.settings.locale}"{hint}'
            self.problems.add(Problem("pelicanconf.py", 1, "citation-locale", message))
        try:
            self.styles[self.settings.style] = styles.find(self.settings.style, self.content.parent)
        except styles.StyleError as error:
            self.styles[self.settings.style] = None
            self.problems.add(Problem("pelicanconf.py", 1, "citation-style", str(error)))

    def _files(self) -> Iterator[Path]:
        for name in self.settings.bibliography or _NAMES:
            path = self.content / name
            if path.is_file() and is_inside(path, self.content):
                yield path
            elif self.settings.bibliography:
                message = f'CITATIONS_BIBLIOGRAPHY names "{name}", which is no file below the content folder'
                self.problems.add(Problem("pelicanconf.py", 1, "bibliography-missing", message))

    def resolve(self, content: Content) -> None:
        library, credited = self._library_of(content)
        content.credits = credited
        content.works_cited = ()
        if content.metadata.get("citation_style"):
            self._style_of(content)  # a style that is not there is wrong before the first citation
        summary = str(content.metadata.get("standfirst", ""))
        if not any(map(concerns, (content._content, summary))):  # noqa: SLF001 -- before Pelican's own links are resolved
            return
        resolved = self._resolved(content, library, summary)
        source = getattr(content, "source_text", "")
        self.problems.extend(findings(resolved, path=path_of(content), source=source, known=library.items))
        content._content = resolved.content  # noqa: SLF001
        content.body = Markup(content._update_content(resolved.body, content.get_siteurl()))  # noqa: S704, SLF001
        content.works_cited = tuple(work._replace(html=Markup(work.html)) for work in resolved.works)  # noqa: S704
        set_summary(content, resolved.summary, resolved.names)

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

    def _resolved(self, content: Content, library: Library, summary: str) -> Resolved:
        style = self._style_of(content)
        options: dict[str, Any] = {
            "items": library.items,
            "locale": locale_for(content.lang, style, self._own_locale(content)) if style else "",
            "format_job": self.engine.format,
            "settings": self.settings,
            "summary": summary,
            "name": "" if self.shows_body else _name_of(content),
        }
        try:
            return resolve(content._content, style=style, **options)  # noqa: SLF001
        except EngineError as error:
            self.problems.add(Problem(path_of(content), 1, "citation-engine", str(error)))
            return resolve(content._content, style=None, **options)  # noqa: SLF001

    def _own_locale(self, content: Content) -> str:
        """Return the site's locale for a page in the site's language; a page in another has that language's."""
        return self.settings.locale if content.lang == content.settings["DEFAULT_LANG"] else ""

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


def _name_of(content: Content) -> str:
    """Return what tells a page from the site's others: its slug, and the language of a translation."""
    is_own = content.lang == content.settings["DEFAULT_LANG"]
    return str(getattr(content, "slug", "")) + ("" if is_own else f"-{content.lang}")


def _id_line(key: str, source: str) -> int:
    found = re.search(rf"^[ \t-]*[\"']?id[\"']?[ \t]*:[ \t]*[\"']?{re.escape(key)}\b", source, re.M)
    return source.count("\n", 0, found.start()) + 1 if found else 1
