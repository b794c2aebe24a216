"""The steps of a build, which are Pelican's, in its order: read, resolve, print, verify."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pelican.plugins import signals

from plugins.press import ground
from plugins.press.closures import Snapshot
from plugins.press.emptiness import emptiness
from plugins.press.generators import OURS
from plugins.press.keys import Keys
from plugins.press.record import Leaf, Record
from plugins.press.settings import base_path
from plugins.press.shelf import Shelf
from plugins.press.times import Times
from plugins.press.verify import verify
from plugins.press.writer import Writer
from plugins.shared.contents import articles_of, contents_of, pages_of
from plugins.shared.files import digest, site_path
from plugins.shared.grounds import grounds_of
from plugins.shared.problems import problems_of


_SHELVED = tuple(cls for cls in OURS.values() if hasattr(cls, "standing"))


class Batch:
    """What plugins are to resolve: like a generator, to whoever asks it for its articles and pages."""

    def __init__(self, generators: list[Any]) -> None:
        self.settings, self.context = generators[0].settings, generators[0].context
        self.articles = [text for text in articles_of(generators) if is_new(text)]
        self.pages = [text for text in pages_of(generators) if is_new(text)]
        self.spoilt = [text for generator in generators for text in getattr(generator, "spoilt", ())]

    @property
    def texts(self) -> list[Any]:
        return [*self.articles, *self.pages]


def is_new(text: Any) -> bool:
    """Tell whether a text was read in this build, and not taken from the shelf."""
    return "digests" not in text.__dict__


class Build:
    """One build of a site into a folder. With a foreign plugin, which may look at anything, nothing is reused."""

    def __init__(self, press: Any, record: Record, folder: Path, times: Times, *, foreign: bool) -> None:
        self.settings: dict[str, Any] = press.settings
        self._press, self._record, self._folder, self._times, self._foreign = press, record, folder, times, foreign
        self._problems = problems_of(self.settings)
        self.generators: list[Any] = []
        self.leaves: dict[str, Leaf] = {}
        self.read = self.printed = 0
        self.standing: list[str] = []

    def run(self, classes: list[Any]) -> None:
        """Read, resolve, print and verify; what is wrong goes to the problems of the build."""
        context = context_of(self.settings)
        texts_key = ground.of_texts(self.settings)
        shelf = None if self._foreign or texts_key is None else Shelf(self._record, self.settings, texts_key)
        options = {"context": context, "settings": self.settings} | {
            "path": self._press.path, "theme": self._press.theme, "output_path": str(self._folder)
        }
        self.generators = [_made(cls, shelf, options) for cls in classes]
        with self._times.of("read"):
            self._read()
        with self._times.of("resolve"):
            self._resolve(shelf)
        with self._times.of("print"):
            writer = self._print(texts_key)
        with self._times.of("verify"):
            output = site_path(self._press.target, self.settings["PATH"])
            self._problems.extend(verify(writer.leaves, self._record, self.generators, output, writer.unwritten))

    def _read(self) -> None:
        for generator in self.generators:
            _call(generator, "generate_context")
            _call(generator, "check_disabled_readers")
        self._problems.extend(emptiness(self.settings, self.generators))

    def _resolve(self, shelf: Shelf | None) -> None:
        if shelf is None:
            signals.all_generators_finalized.send(self.generators)
            _refresh(contents_of(self.generators))
            self.read = sum(1 for _ in contents_of(self.generators))
            return
        _provide(self.settings, self.generators[0].context)
        _read_again(self.generators, shelf)
        batch, before = Batch(self.generators), set(self._problems.sorted())
        signals.all_generators_finalized.send([batch])
        _refresh(batch.texts)
        unsound = frozenset(problem.path for problem in self._problems.sorted() if problem not in before)
        shelf.put(batch.texts, unsound)
        self.standing = shelf.names
        self.read = len(batch.texts) + len(batch.spoilt)

    def _print(self, texts_key: str | None) -> Writer:
        environment_key = ground.of_environment(self.settings)
        is_told = texts_key is not None and environment_key is not None
        environment = self.generators[0].env
        keys = Keys(digest(f"{self._record.ground} {texts_key} {environment_key}".encode()), environment)
        foreign = self._foreign or not is_told
        writer = self._press.writer(self._folder, self._record, keys, foreign=foreign)
        for generator in self.generators:
            _call(generator, "generate_output", writer)
        signals.finalized.send(self._press)
        writer.finish()
        self.leaves, self.printed = writer.leaves, writer.printed
        return writer


def context_of(settings: dict[str, Any]) -> dict[str, Any]:
    """Return what every template is given, as Pelican has it."""
    base = base_path(settings["SITEURL"])
    shared: dict[str, Any] = {"generated_content": {}, "static_links": set(), "static_content": {}}
    return {**settings, **shared, "localsiteurl": base, "BASE": f"{base}/"}


def _made(cls: Any, shelf: Shelf | None, options: Mapping[str, Any]) -> Any:
    generator = cls(**options, shelf=shelf) if cls in _SHELVED else cls(**options)
    generator.env.loader = Snapshot(generator.env.loader)
    return generator


def _provide(settings: Mapping[str, Any], context: Mapping[str, Any]) -> None:
    """Tell what is known of the sources and files of a site, whose addresses links by source lead to."""
    texts, files = context["generated_content"], context["static_content"]

    def source(name: str) -> str:
        text = texts.get(name)
        return "" if text is None else f"{text.status} {text.url}"

    def static(name: str) -> str:
        # Not its `url`: that would fix the address of a file that a text is about to attach.
        return files[name].get_url_setting("url") if files.get(name) else ""

    grounds_of(settings).provide("source", source)
    grounds_of(settings).provide("static", static)


def _read_again(generators: list[Any], shelf: Shelf) -> None:
    """Read the texts anew that rested on what no longer holds, in the place of those from the shelf."""
    for generator in generators:
        if not isinstance(generator, _SHELVED):
            continue
        texts = articles_of([generator]) if hasattr(generator, "articles") else pages_of([generator])
        for text in list(texts):
            if not is_new(text) and not shelf.stands(text.get_relative_source_path()):
                _renew(text, generator)


def _renew(text: Any, generator: Any) -> None:
    new = generator.readers.read_anew(text)
    new.translations = text.translations
    text.__dict__ = new.__dict__


def _refresh(texts: Any) -> None:
    for text in texts:
        if hasattr(text, "metadata"):
            text.refresh_metadata_intersite_links()


def _call(generator: Any, step: str, *arguments: Any) -> None:
    if hasattr(generator, step):
        getattr(generator, step)(*arguments)
