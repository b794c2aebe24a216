"""The steps of a build, which are Pelican's, in its order: read, resolve, print, verify."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from pelican.plugins import signals

from plugins.press import ground, manifest, site_fonts
from plugins.press.batch import Batch, is_new, refresh, renew
from plugins.press.closures import Analyst, Closure, Snapshot, remembering
from plugins.press.compiled import Compiled
from plugins.press.emptiness import emptiness
from plugins.press.generators import OURS
from plugins.press.glyphs import coverage_of
from plugins.press.keys import Keys
from plugins.press.model import Facts, Leaf, hidden_name
from plugins.press.proofs import Proofs
from plugins.press.provide import provide
from plugins.press.record import Record
from plugins.press.replaced import wanted
from plugins.press.settings import base_path
from plugins.press.shelf import Shelf
from plugins.press.times import Times
from plugins.press.unshown import Unshown, withhold
from plugins.press.verify import Verdict, verify
from plugins.press.withheld import withheld_of
from plugins.press.writer import Writer
from plugins.shared import crew
from plugins.shared.contents import articles_of, contents_of, pages_of
from plugins.shared.files import digest, site_path
from plugins.shared.problems import Problem, problems_of
from plugins.shared.sections import SECTIONS


_AT_ONCE = 1500  # texts that are resolved at once; more of them are not held in memory afterwards
_SHELVED = tuple(cls for cls in OURS.values() if hasattr(cls, "standing"))


class Build:
    """One build of a site into a folder. With a foreign plugin, which may look at anything, nothing is reused."""

    def __init__(
        self, press: Any, record: Record, folder: Path, times: Times, *, foreign: bool = False, is_edit: bool = False
    ) -> None:
        self.settings: dict[str, Any] = press.settings
        self._press, self._record, self._folder, self._times, self._foreign = press, record, folder, times, foreign
        self._problems = problems_of(self.settings)
        self._texts_key = ground.of_texts(self.settings)
        is_kept = self._texts_key is not None and not foreign
        self.shelf = Shelf(record, self.settings, self._texts_key or "") if is_kept else None
        # In an edit the templates are those of the last build.
        self._closures = record.facts.closures if is_edit else {}
        self.generators: list[Any] = []
        self.leaves: dict[str, Leaf] = {}
        self.verdict = Verdict()
        self.unshown = Unshown()
        self.unsound: frozenset[str] = frozenset()
        self.read, self.concludes = 0, False

    def run(self, classes: list[Any]) -> None:
        """Read, resolve, print and verify; what is wrong goes to the problems of the build."""
        self.prepare(classes, context_of(self.settings))
        with self._times.of("read"):
            self.read_all()
            self._problems.extend(emptiness(self.settings, self.generators))
        with self._times.of("resolve"):
            self.resolve()
        with self._times.of("list"):
            self.writer = self.make_writer()
            for generator in self.generators:
                _call(generator, "generate_output", self.writer)
            signals.finalized.send(self._press)
        with self._times.of("print"):
            self.writer.finish(self._times, withheld_of(self.generators))
            self._copy_wanted()
            self.leaves = _found(self._folder) if self._foreign else self.writer.leaves
            self.unshown = withhold(self.leaves, self.generators, self._path_of, self.writer.made)
        self._conclude()
        with self._times.of("verify"):
            output = site_path(self._press.target, self.settings["PATH"])
            self.verdict = verify(self.leaves, self._record, self.generators, output, **self._doubts())
            self._problems.extend(self.verdict.problems)

    def _doubts(self) -> dict[str, Any]:
        return {"unwritten": self.writer.unwritten, "doubtful": {} if self._foreign else self.writer.doubtful}

    def prepare(self, classes: list[Any], context: dict[str, Any]) -> None:
        """Make the generators, which take what is on the shelf from there."""
        options = {"context": context, "settings": self.settings, "path": self._press.path, "theme": self._press.theme}
        options["output_path"] = str(self._folder)
        if not self.settings.get("_live"):
            self.generators = [_made(cls, self.shelf, options) for cls in classes]
            return
        kept = self._press.generators  # one of each, as it was made: its templates are those of every edit
        for cls in classes:
            if cls not in kept:
                kept[cls] = _made(cls, self.shelf, {**options, "context": {**context, "_only": []}})
        self.generators = [kept[cls].again(context, self.shelf, str(self._folder)) for cls in classes]

    @cached_property
    def _analyst(self) -> Analyst:
        return Analyst(self.generators[0].env)

    def read_all(self) -> None:
        if crew.is_at_work():  # on the texts; meanwhile here is time for what pages will be printed with
            names = ("article", "page", "tag", "author", *self.settings["DIRECT_TEMPLATES"])
            self._analyst.read_ahead(f"{name}.html" for name in names)
        for generator in self.generators:
            _call(generator, "generate_context")
            _call(generator, "check_disabled_readers")

    def resolve(self) -> None:
        if self.shelf is None:
            signals.all_generators_finalized.send(self.generators)
            refresh(contents_of(self.generators))
            self.read = sum(1 for _ in contents_of(self.generators))
            return
        provide(self.settings, self.generators[0].context, self._record.known)
        _read_again(self.generators, self.shelf)
        batch = Batch(self.generators)
        self.read = len(batch.texts) + len(batch.spoilt)
        before, is_large = frozenset(self._problems.sorted()), len(batch.texts) > _AT_ONCE
        for part in batch.parts(_AT_ONCE):
            signals.all_generators_finalized.send([part])
            refresh(part.texts)
            self.unsound = frozenset(problem.path for problem in self._problems.sorted() if problem not in before)
            self.shelf.put(part.texts, self.unsound, is_large=is_large)

    def _copy_wanted(self) -> None:
        """Copy the files that were replaced, where something leads to them all the same."""
        self.leaves = self.writer.leaves
        for file in wanted(self.generators, self.leaves, self._record, self._path_of):
            statics = next(each for each in self.generators if hasattr(each, "staticfiles"))
            statics.copy([file], self.writer)

    def _conclude(self) -> None:
        """Have generators make files of what is printed."""
        concluding = [generator for generator in self.generators if hasattr(generator, "conclude")]
        self.concludes = bool(concluding)
        for generator in concluding:
            with self._times.of("index"):
                proofs = Proofs(self.leaves, self._path_of, self.writer, self._record, self._folder)
                generator.conclude(proofs)
                self.leaves |= {name: self.writer.leaves[name] for name in proofs.added}

    def _path_of(self, name: str) -> Path:
        """Return where a file of the output is until it is in its place."""
        return (self._folder if self.leaves[name].is_new else self._press.target) / name

    def facts(self) -> Facts:
        """Return what is true of the site that was built."""
        texts = [*articles_of(self.generators), *pages_of(self.generators)]
        names = self.shelf.names if self.shelf else ()
        texts_kept = filter(None, map(self._record.text, names))
        of_reading = {Problem(*values) for text in texts_kept for values in text.remains["problems"]}
        others = of_reading.union(self.verdict.own).symmetric_difference(self._problems.sorted())
        return Facts(
            is_wide=self.writer.is_wide,
            concludes=self.concludes,
            last_day=max((getattr(each, "last_day", "") for each in self.generators), default=""),
            next_day=min(filter(None, (getattr(each, "next_day", "") for each in self.generators)), default=""),
            knows_days=all(hasattr(each, "next_day") for each in self.generators[:2]),
            feeds=[[feed.path, feed.url, feed.kind, feed.title, feed.shows] for feed in self.writer.feeds],
            told_elsewhere=sorted({found.path for found in others}),
            unplaced=sorted(self.verdict.unplaced),
            aimed=sorted(self.verdict.aimed),
            withheld=sorted(map(hidden_name, (*self.verdict.hidden, *self.unshown.names))),
            wanting=sorted(self.verdict.wanting),
            doubtful=list(self.unshown.suffixes),
            closures={name: closure.told for name, closure in self.keys.closures.items()},
            sections=[list(section) for section in self.generators[0].context.get(SECTIONS, ())],
            translated=sorted(text.get_relative_source_path() for text in texts if text.translations),
        )

    def make_writer(self) -> Writer:
        environment_key = ground.of_environment(self.settings)
        is_told = self._texts_key is not None and environment_key is not None
        glyphs = coverage_of(self.settings).digest  # what is kept of a page is also which of its characters none draws
        key = digest(f"{self._record.ground} {self._texts_key} {environment_key} {glyphs}".encode())
        known = {name: Closure.of(values) for name, values in self._closures.items()}
        self.keys = Keys(key, self._analyst, known)
        return self._press.writer(self._folder, self._record, self.keys, foreign=self._foreign or not is_told)  # type: ignore[no-any-return]


def _found(folder: Path) -> dict[str, Leaf]:
    """Return the files of a folder that a foreign plugin may have changed, or added to."""
    return {entry.name: Leaf("", entry.size, entry.sha256) for entry in manifest.take(folder)}


def context_of(settings: dict[str, Any]) -> dict[str, Any]:
    """Return what every template is given, as Pelican has it."""
    base = base_path(settings["SITEURL"])
    shared: dict[str, Any] = {"generated_content": {}, "static_links": set(), "static_content": {}}
    preload = site_fonts.preloaded(Path(settings["PATH"]))
    return {**settings, **shared, "localsiteurl": base, "BASE": f"{base}/", "PRELOAD": preload}


def _made(cls: Any, shelf: Shelf | None, options: Mapping[str, Any]) -> Any:
    generator = cls(**options, shelf=shelf) if cls in _SHELVED else cls(**options)
    generator.env.loader = Snapshot(generator.env.loader)
    generator.env.bytecode_cache = Compiled()
    remembering(generator.env)
    return generator


def _read_again(generators: list[Any], shelf: Shelf) -> None:
    """Read the texts anew that rested on what no longer holds, in the place of those from the shelf."""
    for generator in generators:
        if not isinstance(generator, _SHELVED):
            continue
        texts = articles_of([generator]) if hasattr(generator, "articles") else pages_of([generator])
        for text in list(texts):
            if not is_new(text) and not shelf.stands(text.get_relative_source_path()):
                renew(text, generator)


def _call(generator: Any, step: str, *arguments: Any) -> None:
    if hasattr(generator, step):
        getattr(generator, step)(*arguments)
