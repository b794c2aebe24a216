"""The adapter: connect citations to Pelican's signals."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, astuple, dataclass, field, replace
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
from plugins.citations.model import Job, Result, Style
from plugins.citations.resolve import Resolved, concerns, resolve
from plugins.citations.settings import PREFIX, CitationSettings
from plugins.shared.contents import contents_of, path_of
from plugins.shared.files import digest, is_inside, site_path
from plugins.shared.grounds import grounds_of, rest
from plugins.shared.lines import lines_of
from plugins.shared.problems import Problem, Problems, problems_of
from plugins.shared.settings import load as load_settings
from plugins.shared.store import Store, store_of
from plugins.shared.values import digest_of


_NAMES = ("bibliography.json", "bibliography.yaml", "bibliography.yml", "bibliography.bib")
_SYNTAX = "plugins.citations.syntax"
_BUILD = "_citations"  # where the settings of a build hold what its pages share


def register() -> None:
    # What bibtexparser would log, the library says with path and line.
    logger = logging.getLogger("bibtexparser")
    logger.propagate = False
    logger.addHandler(logging.NullHandler())
    signals.initialized.connect(add_syntax)
    signals.article_generator_init.connect(tell_works)
    signals.all_generators_finalized.connect(resolve_all)


def add_syntax(pelican: Pelican) -> None:
    """Check the settings and let Markdown know the syntax."""
    _, problems = load_settings(CitationSettings, PREFIX, pelican.settings)
    problems_of(pelican.settings).extend(problems)
    extensions = pelican.settings["MARKDOWN"].setdefault("extension_configs", {})
    extensions.setdefault(_SYNTAX, {})


def tell_works(generator: Any) -> None:
    """Let the press ask which works a text rests on, and whether they are still the same."""
    build = _Build.of(generator.settings)
    grounds_of(generator.settings).provide("work", build.work)
    grounds_of(generator.settings).provide("style", build.style)


def resolve_all(generators: Iterable[Any]) -> None:
    """Resolve the citations of every page of the build through one engine."""
    generators = list(generators)
    if not generators:
        return
    build = _Build.of(generators[0].settings)
    try:
        build.report()
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
    store: Store
    engine: Engine
    _library: Library | None = None
    _credits: dict[str, str] = field(default_factory=dict)
    styles: dict[str, Style | None] = field(default_factory=dict)

    @classmethod
    def of(cls, settings: Any) -> _Build:
        """Return what the pages of the build share that these settings belong to."""
        if _BUILD not in settings:
            own, _ = load_settings(CitationSettings, PREFIX, settings)
            settings[_BUILD] = cls(
                own, Path(settings["PATH"]), problems_of(settings), store_of(settings), Engine(timeout=own.timeout)
            )
        build = settings[_BUILD]
        assert isinstance(build, _Build)
        return build

    @property
    def library(self) -> Library:
        if self._library is None:
            self._library = self._load()
            self._credits = {key: credit(item) for key, item in self._library.items.items()}
        return self._library

    @property
    def credits(self) -> dict[str, str]:
        _ = self.library
        return self._credits

    def work(self, key: str) -> str:
        """Return the digest of a work of the site's bibliography, or an empty string."""
        item = self.library.items.get(key)
        return (digest_of(item) or "") if item is not None else ""

    def style(self, name: str) -> str:
        """Return what tells a style from an earlier one of its name; those of the package come with its version."""
        path = self.content.parent / name
        if not name.endswith(".csl"):
            return name
        return digest(path.read_bytes()) if path.is_file() and is_inside(path, self.content.parent) else ""

    def report(self) -> None:
        """Say what is wrong with the bibliography and the site's style, whether or not anything is cited."""
        self.problems.extend(self.library.problems)
        self.check_style()

    def _load(self) -> Library:
        files = [(site_path(path, self.content), path.read_bytes()) for path in self._files()]
        key = self.store.key([(name, digest(data)) for name, data in files])
        if kept := self.store.get("library", "", key):
            items, problems = kept
            return Library(items, [Problem(*values) for values in problems])
        try:
            library = load(files, self.engine.read_biblatex)
        except EngineError as error:
            self.problems.add(Problem(files[0][0], 1, "citation-engine", str(error)))
            return Library()
        self.store.put("library", "", key, [library.items, [astuple(problem) for problem in library.problems]])
        return library

    def check_style(self) -> None:
        """Report a style of the site that is not there, whether or not anything is cited."""
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
        if not concerns(content._content):  # noqa: SLF001 -- the text before Pelican's own links are resolved
            return
        resolved = self._resolved(content, library)
        own = {item["id"] for item in getattr(content, "references_inline", ()) or () if isinstance(item, dict)}
        rest(content, *(("work", key) for key in resolved.cited if key not in own), ("style", self._style_name(content)))
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
            "format_job": lambda job: self._format(job, is_public=content.metadata.get("status") == "published"),
            "settings": self.settings,
        }
        try:
            return resolve(content._content, style=style, **options)  # noqa: SLF001
        except EngineError as error:
            self.problems.add(Problem(path_of(content), 1, "citation-engine", str(error)))
            return resolve(content._content, style=None, **options)  # noqa: SLF001

    def _format(self, job: Job, *, is_public: bool) -> Result:
        """Return a page's citations as they came out of the engine once; of what is not published none are kept."""
        key = self.store.key(asdict(replace(job, style=replace(job.style, path=""))), self.style(job.style.name))
        if kept := self.store.get("citations", key, key):
            return Result.of(kept)
        result = self.engine.format(job)
        if is_public:
            self.store.put("citations", key, key, asdict(result))
        return result

    def _style_name(self, content: Content) -> str:
        return str(_own_style(content) or self.settings.style)

    def _style_of(self, content: Content) -> Style | None:
        own, name = _own_style(content), self._style_name(content)
        if name not in self.styles:
            try:
                self.styles[name] = styles.find(name, self.content.parent)
            except styles.StyleError as error:
                self.styles[name] = None
                where = (path_of(content), lines_of(name, content.source_text)[0]) if own else ("pelicanconf.py", 1)
                self.problems.add(Problem(*where, "citation-style", str(error)))
        return self.styles[name]


def _own_style(content: Content) -> Any:
    return content.metadata.get("citation_style") or content.metadata.get("citation-style")


def _id_line(key: str, source: str) -> int:
    found = re.search(rf"^[ \t-]*[\"']?id[\"']?[ \t]*:[ \t]*[\"']?{re.escape(key)}\b", source, re.M)
    return source.count("\n", 0, found.start()) + 1 if found else 1
