"""Hand essays to Pelican: the reader, and what can only be said when all sources are known."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pelican.contents import Article
from pelican.plugins import signals
from pelican.readers import BaseReader, HTMLReader, RstReader
from pelican.settings import DEFAULT_CONFIG
from pelican.urlwrappers import Author, Category, Tag, URLWrapper

from plugins.essays import desks, handover, link_check
from plugins.essays.among import Among
from plugins.essays.awaited import save_as
from plugins.essays.claims import Claims
from plugins.essays.days import Days
from plugins.essays.kept import Kept
from plugins.essays.lectern import Lectern
from plugins.essays.model import Kind, Reading
from plugins.essays.read import Desk
from plugins.essays.settings import PREFIX, Settings
from plugins.essays.unread import unread
from plugins.shared.files import site_path
from plugins.shared.problems import Problem, problems_of
from plugins.shared.settings import load
from plugins.shared.store import store_of


_WRAPPERS = {"tags": Tag, "authors": Author, "category": Category}


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
        self.passed_over: list[str] = []
        self.spoilt: list[tuple[str, Reading]] = []
        self.awaited: list[tuple[str, str, str]] = []
        self._own, _ = load(Settings, PREFIX, settings)
        self._problems = problems_of(settings)
        self._content = Path(settings["PATH"])
        self._among = Among(self._content, self._slug_of)
        self._wrappers: dict[tuple[str, str], Any] = {}
        self.days = Days(self._own, settings["TIMEZONE"], _now)
        self._desk: Desk | None = None
        kept = Kept(store_of(settings), self._own, settings)
        self.lectern = Lectern(self._content, self._own, kept, self._at_desk, self._may_keep)

    @property
    def kind(self) -> Kind:
        return self.lectern.kind

    def stands(self, remains: Mapping[str, Any], source_path: str) -> bool:
        """Take for a source that need not be read what its reading would take; return whether it may have all of it."""
        path = site_path(source_path, self._content)
        claims = Claims(*remains["claims"])
        if self.days.reason_to_wait(remains["metadata"], self.kind) or any(
            True for _ in self._among.faults(claims, path, "")
        ):
            return False
        self._problems.extend(Problem(*values) for values in remains["problems"])
        return True

    def read(self, source_path: str) -> tuple[str | None, dict[str, Any]]:
        """Return HTML and metadata as Pelican wants them."""
        path = site_path(source_path, self._content)
        sha, reading = self.lectern.read(source_path)
        self._problems.extend(reading.problems)
        if not reading.is_sound:
            self.spoilt.append((source_path, reading))
        if (
            not reading.is_sound
            or self.days.reason_to_wait(reading.metadata, self.kind)
            or not self._fits(reading, path)
        ):
            self._await(reading, path)
            return self._pass_over(source_path)
        return reading.html, self._pelican_metadata(reading, source_path, sha)

    def _may_keep(self, reading: Reading) -> bool:
        """Tell whether a reading may be kept: of what is not published no byte is, where hosts share what is."""
        return store_of(self.settings).is_private or self.days.is_public(reading.metadata, self.kind)

    def _at_desk(self) -> Desk:
        if self._desk is None:
            self._desk = Desk(
                self._own,
                desks.converter_of(self.settings),
                desks.typography_of(self._own, self.settings),
                self.settings["DEFAULT_LANG"],
            )
        return self._desk

    def _pass_over(self, source_path: str) -> tuple[None, dict[str, Any]]:
        self.passed_over.append(os.path.relpath(source_path, self._content))
        return None, {"status": "skip"}

    def _await(self, reading: Reading, path: str) -> None:
        """Keep the file that a source passed over would have in the output, so that links to it can be explained."""
        reason = (reading.is_sound and self.days.reason_to_wait(reading.metadata, self.kind)) or "spoilt"
        name = save_as(reading.metadata, self.settings, self.kind)
        if name:
            self.awaited.append((name, path, reason))

    def _fits(self, reading: Reading, path: str) -> bool:
        """Report what is wrong with a sound essay as one of many; return whether it can be published."""
        found = list(
            self._among.faults(Claims.of(reading, self.kind, self.settings["DEFAULT_LANG"]), path, reading.source)
        )
        self._problems.extend(found)
        return all(problem.severity == "warning" for problem in found)

    def _pelican_metadata(self, reading: Reading, source_path: str, sha: str) -> dict[str, Any]:
        found = reading.metadata
        made = handover.attributes(found)
        made |= {key: [self._wrapped(key, name) for name in found[key]] for key in ("tags", "authors") if key in found}
        below = os.path.relpath(source_path, self._content)
        if category := found.get("category") or handover.default_category(below, self.settings):
            made["category"] = self._wrapped("category", category)
        claims = Claims.of(reading, self.kind, self.settings["DEFAULT_LANG"])
        path = site_path(source_path, self._content)
        return made | {"problem_path": path, "remains": handover.remains(reading, sha, claims)}

    def _wrapped(self, key: str, name: str) -> Any:
        """Return the tag, author or category of a name, which works out its address once for all essays."""
        if (key, name) not in self._wrappers:
            self._wrappers[key, name] = _WRAPPERS[key](name, self.settings)
        return self._wrappers[key, name]

    def _slug_of(self, key: str, name: str) -> str:
        wrapper = _WRAPPERS.get(key, URLWrapper)("", self.settings)  # a series has an address like a tag's
        return str(wrapper._normalize_key(name))  # noqa: SLF001 - `slug` itself would log that there is none


def _check_settings(pelican: Any) -> None:
    desks.check(pelican.settings, frozenset(dir(Article)))
    if pelican.settings["FILENAME_METADATA"] == DEFAULT_CONFIG["FILENAME_METADATA"]:
        pelican.settings["FILENAME_METADATA"] = ""  # Pelican would fail over a file that is called 2016-13-45-map.md


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
            reader.lectern.kind = "essay"
            files = generator.get_files(paths, exclude, extensions=(extension,))
            standing: frozenset[str] = getattr(generator, "standing", frozenset())  # what the press will not have read
            reader.lectern.read_ahead(file for file in files if file not in standing)


def _keep_passed_over(generator: Any) -> None:
    """Tell Pelican which files are sources all the same, so that it does not copy them into the output.

    And the press, between which days the same sources are published: from the last day that has come to the next one.
    """
    generator.spoilt, generator.awaited = [], []
    readers = _readers_of(generator)
    generator.last_day = max((day for reader in readers for day in reader.days.come), default="")
    generator.next_day = min((day for reader in readers for day in reader.days.to_come), default="")
    for reader in readers:
        generator.awaited += reader.awaited
        for path in reader.passed_over:
            generator._add_failed_source_path(path)  # noqa: SLF001 - Pelican has no other way to say it
        generator.spoilt += [_spoilt(path, reading, generator) for path, reading in reader.spoilt if reading.is_legible]


def _spoilt(source_path: str, reading: Reading, generator: Any) -> Article:
    """Return an essay that is in none of Pelican's lists, so that what else is wrong in its text is found as well."""
    essay = Article.__new__(Article)  # its __init__ would announce it to every plugin
    essay.__dict__ |= handover.spoilt(reading, generator.settings) | {
        "settings": generator.settings,
        "metadata": {},
        "_context": generator.context,
        "source_path": source_path,
        "problem_path": site_path(source_path, generator.settings["PATH"]),
    }
    return essay


def _readers_of(generator: Any) -> list[EssayReader]:
    return [reader for reader in generator.readers.readers.values() if isinstance(reader, EssayReader)]


def _now(zone: ZoneInfo) -> dt.datetime:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return dt.datetime.fromtimestamp(int(epoch), zone)
    return dt.datetime.now(zone)
