"""Hand essays to Pelican: the reader, and what can only be said when all sources are known."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup
from pelican.contents import Article
from pelican.plugins import signals
from pelican.readers import BaseReader, HTMLReader, RstReader
from pelican.urlwrappers import Author, Category, Tag

from plugins.essays import dates, link_check
from plugins.essays.ahead import Ahead, Read
from plugins.essays.awaited import save_as
from plugins.essays.budget import at_most
from plugins.essays.claims import Claims
from plugins.essays.duplicates import Slugs
from plugins.essays.kept import Kept
from plugins.essays.limits import TooSlow
from plugins.essays.model import Kind, Reading
from plugins.essays.read import Desk, read
from plugins.essays.settings import PREFIX, Settings
from plugins.essays.syntax import Converter
from plugins.essays.taxonomy import Spellings
from plugins.essays.typography import Typography
from plugins.essays.unread import unread
from plugins.shared.files import digest, is_inside, site_path
from plugins.shared.problems import Problem, problems_of
from plugins.shared.settings import load
from plugins.shared.sources import Unreadable, read_bytes
from plugins.shared.store import store_of


# Name in a reading -> attribute of Pelican's article.
_MARKUP = {
    "title_html": "title",
    "subtitle_html": "subtitle",
    "standfirst_html": "standfirst",
    "summary_html": "summary",
}
_CONVERTER = "_essays"  # where the settings of a build hold its converter
_DATES = ("date", "modified")
_RENAMED = {"title": "plain_title", "citation-style": "citation_style", "references": "references_inline"}
_TYPED = frozenset({*_MARKUP, *_DATES, "subtitle", "summary", "authors", "tags", "category", "lines"})
_PICTURES = frozenset(".apng .avif .bmp .gif .ico .jpeg .jpg .png .svg .webp".split())
_ANY, _MOST_WORKERS = 10**12, 64
_LIMIT = "ESSAY_MAX_BYTES; split the text"
_TAXONOMY = {"tags": ("tag", Tag), "authors": ("author", Author), "category": ("category", Category)}


def register() -> None:
    signals.initialized.connect(_check_settings)
    signals.readers_init.connect(_add_reader)
    signals.article_generator_init.connect(_read_essays)
    signals.article_generator_pretaxonomy.connect(_keep_passed_over)
    signals.page_generator_finalized.connect(_keep_passed_over)
    signals.static_generator_finalized.connect(_report_unread)
    signals.all_generators_finalized.connect(link_check.check_all)


class EssayReader(BaseReader):  # type: ignore[misc]
    """Read Markdown; what has an error or is not due yet is passed over."""

    enabled = True
    file_extensions = ("md", "markdown", "mkd", "mdown")

    def __init__(self, settings: dict[str, Any]) -> None:
        super().__init__(settings)
        self.kind: Kind = "page"
        self.passed_over: list[str] = []
        self.spoilt: list[tuple[str, Reading]] = []
        self.awaited: list[tuple[str, str, str]] = []
        self.due: list[str] = []
        self.not_due: list[str] = []
        self._own, _ = load(Settings, PREFIX, settings)
        self._problems = problems_of(settings)
        self._content = Path(settings["PATH"])
        self._slugs = Slugs()
        self._spellings = Spellings()
        self._slugs_of_names: dict[tuple[str, str], str] = {}
        self._wrappers: dict[tuple[str, str], Any] = {}
        self._desk: Desk | None = None
        self._ahead: Ahead | None = None
        self._kept = Kept(store_of(settings), self._own, settings)

    def read_ahead(self, paths: Iterable[str]) -> None:
        """Begin to read the sources that Pelican will ask for, in that order, but for those that are kept."""
        whole = [os.path.abspath(self._content / path) for path in paths]  # noqa: PTH100 - as Pelican asks, links and all
        new = [path for path in whole if not self._kept.holds(path, self._sha, self.kind)]
        if new:
            self._at_desk()  # once, before there are workers to inherit it
            self._ahead = Ahead(new, self._read_one, self._own.workers)

    def stands(self, remains: Mapping[str, Any], source_path: str) -> bool:
        """Take for a source that need not be read what its reading would take; return whether it may have all of it."""
        path = site_path(source_path, self._content)
        claims = Claims(*remains["claims"])
        if self._reason_to_wait(remains["metadata"]) or any(True for _ in self._faults_among_others(claims, path, "")):
            return False
        self._problems.extend(Problem(*values) for values in remains["problems"])
        return True

    def read(self, source_path: str) -> tuple[str | None, dict[str, Any]]:
        """Return HTML and metadata as Pelican wants them."""
        path = site_path(source_path, self._content)
        sha, reading = self._reading(source_path)
        self._problems.extend(reading.problems)
        if not reading.is_sound:
            self.spoilt.append((source_path, reading))
        if not reading.is_sound or self._reason_to_wait(reading.metadata) or not self._fits(reading, path):
            self._await(reading, path)
            return self._pass_over(source_path)
        return reading.html, self._pelican_metadata(reading, source_path, sha)

    def _reading(self, source_path: str) -> Read:
        if self._ahead and (coming := self._ahead.take(source_path)):
            sha, reading = coming
        else:
            sha = self._sha(source_path)
            if (kept := self._kept.reading(source_path, sha, self.kind)) is not None:
                return sha, kept
            sha, reading = self._read_one(source_path)
        if reading.is_sound and (store_of(self.settings).is_private or self._is_public(reading)):
            self._kept.keep(source_path, sha, self.kind, reading)
        return sha, reading

    def _read_one(self, source_path: str) -> Read:
        path = site_path(source_path, self._content)
        try:
            data = read_bytes(Path(source_path), self._content, self._own.max_bytes, _LIMIT)
        except Unreadable as error:
            return "", Reading({}, "", "", (Problem(path, 1, error.code, str(error)),))
        try:
            with at_most(self._own.timeout):
                return digest(data), read(data, path, self.kind, self._at_desk())
        except TooSlow as error:  # it came too late to be caught where texts are read
            return digest(data), Reading({}, "", "", (Problem(path, 1, "essay-unreadable", str(error)),))

    def _sha(self, source_path: str) -> str:
        """Return the digest of a source, or an empty string for one that reading will refuse."""
        try:
            return digest(read_bytes(Path(source_path), self._content, self._own.max_bytes, _LIMIT))
        except Unreadable:
            return ""

    def _is_public(self, reading: Reading) -> bool:
        """Tell whether a sound source is published now. Of any other no byte is kept where hosts share what is."""
        return reading.metadata.get("status", "published") == "published" and not self._reason_to_wait(reading.metadata)

    def _at_desk(self) -> Desk:
        if self._desk is None:
            self._desk = Desk(
                self._own,
                _converter(self.settings),
                _typography(self._own, self.settings),
                self.settings["DEFAULT_LANG"],
            )
        return self._desk

    def _pass_over(self, source_path: str) -> tuple[None, dict[str, Any]]:
        self.passed_over.append(os.path.relpath(source_path, self._content))
        return None, {"status": "skip"}

    def _await(self, reading: Reading, path: str) -> None:
        """Keep the file that a source passed over would have in the output, so that links to it can be explained."""
        reason = (reading.is_sound and self._reason_to_wait(reading.metadata)) or "spoilt"
        name = save_as(reading.metadata, self.settings, self.kind)
        if name:
            self.awaited.append((name, path, reason))

    def _reason_to_wait(self, found: Mapping[str, Any]) -> str:
        """Return why a sound source with these metadata is not built now, or an empty string."""
        if not self._is_due(found):
            return "later"
        is_hidden = self.kind == "essay" and found.get("status") == "hidden"
        return "hidden" if is_hidden and not self._own.hidden else ""

    def _is_due(self, found: Mapping[str, Any]) -> bool:
        moment = dates.parse(found.get("date", ""))
        if moment is None or self._own.future or found.get("status") == "draft":
            return True
        zone = ZoneInfo(self.settings["TIMEZONE"])
        day = moment.astimezone(zone).date() if moment.tzinfo else moment.date()
        is_due = day <= _now(zone).date()
        (self.due if is_due else self.not_due).append(day.isoformat())
        return is_due

    def _fits(self, reading: Reading, path: str) -> bool:
        """Report what is wrong with a sound essay as one of many; return whether it can be published."""
        found = list(
            self._faults_among_others(
                Claims.of(reading, self.kind, self.settings["DEFAULT_LANG"]), path, reading.source
            )
        )
        self._problems.extend(found)
        return all(problem.severity == "warning" for problem in found)

    def _faults_among_others(self, claims: Claims, path: str, source: str) -> Iterator[Problem]:
        for key, names in claims.names.items():
            noun, wrapper = _TAXONOMY[key]
            for name in names:
                if (key, name) not in self._slugs_of_names:  # one name is of many essays
                    slug = wrapper("", self.settings)._normalize_key(name)  # noqa: SLF001 - `slug` itself would log the fault
                    self._slugs_of_names[key, name] = slug
                for found in self._spellings.check(noun, name, self._slugs_of_names[key, name], path):
                    yield replace(found, line=_line_of(name, claims.lines[key], source))
        if claims.image and (fault := self._image_fault(claims.image)):
            yield Problem(path, claims.lines["image"], "image-missing", fault)
        if taken := self._slugs.claim(claims, path):
            yield taken

    def _image_fault(self, src: str) -> str | None:
        file = self._content / src
        if file.suffix.lower() not in _PICTURES:
            return f'"{src}" is no picture; name a file of {self._content.name}/, such as "images/map.png"'
        if file.is_file() and is_inside(file, self._content):
            return None
        return f'no image "{src}"; name a file of {self._content.name}/, such as "images/map.png"'

    def _pelican_metadata(self, reading: Reading, source_path: str, sha: str) -> dict[str, Any]:
        found = reading.metadata
        made: dict[str, Any] = {
            _RENAMED.get(key, key.replace("-", "_")): value for key, value in found.items() if key not in _TYPED
        }
        made |= {name: Markup(found[key]) for key, name in _MARKUP.items() if key in found}  # noqa: S704 - sanitise.py has seen to it
        made |= {name: dates.parse(found[name]) for name in _DATES if name in found}
        made |= {key: [self._wrapped(key, name) for name in found[key]] for key in ("tags", "authors") if key in found}
        if "translation" in found:  # Pelican reads it as it was written
            made["translation"] = str(found["translation"]).lower()
        if category := found.get("category") or self._default_category(source_path):
            made["category"] = self._wrapped("category", category)
        remains = {
            "sha": sha,
            "metadata": {name: found[name] for name in ("date", "status") if name in found},
            "claims": Claims.of(reading, self.kind, self.settings["DEFAULT_LANG"]).told,
            "problems": [astuple(problem) for problem in reading.problems],
        }
        path = site_path(source_path, self._content)
        return made | {"problem_path": path, "remains": remains}

    def _wrapped(self, key: str, name: str) -> Any:
        """Return the tag, author or category of a name, which works out its address once for all essays."""
        if (key, name) not in self._wrappers:
            self._wrappers[key, name] = _TAXONOMY[key][1](name, self.settings)
        return self._wrappers[key, name]

    def _default_category(self, source_path: str) -> str | None:
        """Return the site's category, unless Pelican is to take the name of a folder below the essays'."""
        folder = Path(os.path.relpath(source_path, self._content)).parent.as_posix()
        roots = {Path(path).as_posix() for path in (*self.settings["ARTICLE_PATHS"], *self.settings["PAGE_PATHS"])}
        if self.settings["USE_FOLDER_AS_CATEGORY"] and folder not in {*roots, "."}:
            return None
        return str(self.settings["DEFAULT_CATEGORY"])


def _check_settings(pelican: Any) -> None:
    own, faults = load(Settings, PREFIX, pelican.settings)
    problems = problems_of(pelican.settings)
    if own.trusted_html:
        problems.remark("raw HTML is trusted (ESSAY_TRUSTED_HTML)")
    problems.extend(faults)
    problems.extend(Problem("pelicanconf.py", 1, "setting-value", message) for message in _wrong_values(own))
    try:
        _converter(pelican.settings)
    except Exception as error:  # noqa: BLE001 - it imports what the setting names, which may raise anything
        message = f"MARKDOWN cannot be used: {type(error).__name__}: {error}; mend its extensions"
        problems.add(Problem("pelicanconf.py", 1, "setting-value", message))


def _wrong_values(own: Settings) -> Iterator[str]:
    for name, value, least, most in (
        ("ESSAY_MAX_BYTES", own.max_bytes, 1, _ANY),
        ("ESSAY_TIMEOUT", own.timeout, 0, _ANY),
        ("ESSAY_WORKERS", own.workers, 0, _MOST_WORKERS),
    ):
        if not least <= value <= most:
            yield f'{name} is "{value}"; write a number from {least}' + ("" if most == _ANY else f" to {most}")
    for key in own.extra_keys:
        if key.startswith("_") or hasattr(Article, key.replace("-", "_")):
            yield f'ESSAY_EXTRA_KEYS holds "{key}", which a template knows as something else; choose another name'


def _converter(settings: Any) -> Converter:
    """Return the one converter of a build: to make one takes as long as to read a few essays."""
    given = settings["MARKDOWN"]
    told = repr(given)  # plugins add their syntax to the setting as they start
    if settings.get(_CONVERTER, (None, None))[0] != told:
        settings[_CONVERTER] = told, Converter(given)
    return settings[_CONVERTER][1]  # type: ignore[no-any-return]


def _add_reader(readers: Any) -> None:
    """Read Markdown, and nothing that would come into a page as it was written."""
    own, _ = load(Settings, PREFIX, readers.settings)
    for extension, reader in list(readers.reader_classes.items()):
        if reader in {HTMLReader, RstReader} and not own.trusted_html:
            del readers.reader_classes[extension]
    readers.reader_classes.update(dict.fromkeys(EssayReader.file_extensions, EssayReader))


def _report_unread(generator: Any) -> None:
    settings, context = generator.settings, generator.context
    names = generator.get_files([*settings["ARTICLE_PATHS"], *settings["PAGE_PATHS"]], extensions=False)
    taken = {*context["static_content"], *context["generated_content"], *settings["TEMPLATE_PAGES"]}
    for name, message in unread(sorted(names), generator.readers.readers, taken):
        path = site_path(Path(settings["PATH"]) / name, settings["PATH"])
        problems_of(settings).add(Problem(path, 1, "source-unread", message, "warning"))


def _read_essays(generator: Any) -> None:
    paths, exclude = generator.settings["ARTICLE_PATHS"], generator.settings["ARTICLE_EXCLUDES"]
    for extension, reader in generator.readers.readers.items():
        if isinstance(reader, EssayReader):
            reader.kind = "essay"
            files = generator.get_files(paths, exclude, extensions=(extension,))
            standing: frozenset[str] = getattr(generator, "standing", frozenset())  # what the press will not have read
            reader.read_ahead(file for file in files if file not in standing)


def _keep_passed_over(generator: Any) -> None:
    """Tell Pelican which files are sources all the same, so that it does not copy them into the output.

    And the press, between which days the same sources are published: from the last day that has come to the next one.
    """
    generator.spoilt, generator.awaited = [], []
    readers = _readers_of(generator)
    generator.last_day = max((day for reader in readers for day in reader.due), default="")
    generator.next_day = min((day for reader in readers for day in reader.not_due), default="")
    for reader in readers:
        generator.awaited += reader.awaited
        for path in reader.passed_over:
            generator._add_failed_source_path(path)  # noqa: SLF001 - Pelican has no other way to say it
        generator.spoilt += [
            _spoilt(path, reading, generator) for path, reading in reader.spoilt if _is_legible(reading)
        ]


def _is_legible(reading: Reading) -> bool:
    """Tell whether the text of a spoilt essay can be searched for more faults: it was read, and so were its works."""
    return bool(reading.html and reading.metadata) and all(
        found.code != "references-invalid" for found in reading.problems
    )


def _spoilt(source_path: str, reading: Reading, generator: Any) -> Article:
    """Return an essay that is in none of Pelican's lists, so that what else is wrong in its text is found as well."""
    essay = Article.__new__(Article)  # its __init__ would announce it to every plugin
    found = reading.metadata
    essay.__dict__ |= {
        "settings": generator.settings,
        "metadata": {},
        "_content": reading.html,
        "_context": generator.context,
        "source_path": source_path,
        "lang": found.get("lang", generator.settings["DEFAULT_LANG"]),
        "references_inline": found.get("references", ()),
        "source_text": reading.source,
        "problem_path": site_path(source_path, generator.settings["PATH"]),
    }
    return essay


def _readers_of(generator: Any) -> list[EssayReader]:
    return [reader for reader in generator.readers.readers.values() if isinstance(reader, EssayReader)]


def _line_of(words: str, first: int, source: str) -> int:
    """Return the line, from `first` on, that holds the words, or else `first`."""
    for number, line in enumerate(source.split("\n")[first - 1 :], start=first):
        if words in line:
            return number
    return first


def _typography(own: Settings, settings: Mapping[str, Any]) -> Typography:
    return Typography(
        own.typogrify,
        settings["TYPOGRIFY_DASHES"],
        tuple(settings["TYPOGRIFY_IGNORE_TAGS"]),
        tuple(settings["TYPOGRIFY_OMIT_FILTERS"]),
    )


def _now(zone: ZoneInfo) -> dt.datetime:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return dt.datetime.fromtimestamp(int(epoch), zone)
    return dt.datetime.now(zone)
