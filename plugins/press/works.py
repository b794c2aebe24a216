"""What a build does between looking and the last line: an edit if that is all, or the whole site; then it is kept."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from pelican.plugins._utils import get_plugin_name

from plugins.press import journal, output, report, whole
from plugins.press.archive import Archive
from plugins.press.build import Build
from plugins.press.configuration import WRITTEN
from plugins.press.edit import Edit
from plugins.press.model import Facts
from plugins.press.record import Record
from plugins.press.records import recording
from plugins.press.settings import Settings
from plugins.press.shelf import shown_around
from plugins.press.targets import Targets
from plugins.press.times import Times
from plugins.press.verify import told
from plugins.shared import store
from plugins.shared.files import site_path
from plugins.shared.problems import Problems
from plugins.shared.settings import load


_PLUGINS = Path(__file__).parents[1]


class Works:
    """The works of a press. `amended` are the files that the last edit has made anew."""

    def __init__(self, press: Any) -> None:
        self._press = press
        self.settings: dict[str, Any] = press.settings
        self.problems: Problems = press.problems
        self.target: Path = press.target
        self.times = Times(press.terminal)
        self.archive = Archive(press)
        self.amended: list[str] = []
        self.read_before = 0  # texts that were read to find out that the whole is to be built

    def start_again(self, start: Any) -> None:
        """Be ready for another edit: of the last one only `start`, a mark of the problems, is left."""
        self.problems.rewind(start)
        self.times, self.amended = Times(self._press.terminal), []

    def make(self, folder: Path) -> report.Closing:
        """Print what an edit of texts changes, or the whole site if that is not all."""
        mark = self.problems.mark()
        try:
            return self._attempt(folder)
        except store.Damaged:
            self.archive.forget()
            self.problems.rewind(mark)
            return self._attempt(folder)

    def _attempt(self, folder: Path) -> report.Closing:
        with self.times.of("look"):
            look = self.archive.look()
        record = look.record
        record.folder = folder
        changed, state = look.changed, self._state(record, look.sources)
        try:
            return self._edit(record, folder, changed, state) or self._whole(record, folder, state)
        finally:
            record.close(keep=False)  # but for what was kept with a new output
            store.store_of(self.settings).close()

    def _state(self, record: Record, sources: whole.Sources) -> Facts:
        """Return what this build starts from, with which that of the last one is compared."""
        return Facts(
            ground=record.ground,
            settings=whole.all_settings(self.settings),
            written=None if self._foreign else self.settings.get(WRITTEN),
            theme=whole.theme(record.known, Path(self.settings["THEME"]), self.archive.overrides()),
            listing=sources.listing,
        )

    def _edit(self, record: Record, folder: Path, changed: list[str], state: Facts) -> report.Closing | None:
        """Return how the build ends if its sources have been through no more than an edit of texts."""
        facts, mark = record.facts, self.problems.mark()
        if self._foreign or not whole.is_like(facts, state, whole.today(self.settings["TIMEZONE"])):
            return None
        try:
            after = replace(facts, settings=state.settings, written=state.written)
            return self.amend(record, folder, changed, after) if record.is_as_left() else None
        except (whole.Wider, OSError, ValueError):  # a whole build says what is wrong, if it still is
            self.problems.rewind(mark)
            journal.complete(self.target)  # if it was the disk that failed, and no more than half was in place
            return None

    def amend(self, record: Record, folder: Path, changed: list[str], facts: Facts) -> report.Closing:
        """Print an edit of these texts, and put it into the output; raise `Wider` if it may be more than that.

        `facts` are those of the site afterwards.
        """
        record.folder = folder
        edit = Edit(self._press, record, changed, self.times, self._targets(record))
        with self._writing_to(folder), recording(self._press.recorder):
            edit.make(folder)
        self.read_before, self.amended = 0, [*edit.leaves]
        facts = replace(facts, aimed=sorted({*facts.aimed, *edit.galleys.aimed}))
        if self._is_refused():
            return report.Closing(_tally(facts, len(changed)))
        if edit.leaves:
            output.amend(folder, self.target, edit.leaves)
        for name, leaf in edit.leaves.items():
            record.keep_leaf(name, leaf)
        record.keep_faults({name: found for name, found in edit.galleys.faults.items() if found}, edit.galleys.faults)
        record.keep_problems(self.problems.sorted(), edit.paths)
        self.archive.keep(record, facts)
        outcome = "output brought up to date" if edit.leaves else "output is up to date"
        reused = len(record.leaves) - len(edit.leaves)
        return report.Closing(_tally(facts, len(changed), len(edit.leaves), reused), outcome)

    def _targets(self, record: Record) -> Targets:
        own, _ = load(Settings, "PRESS", self.settings)
        return Targets(self.settings["SITEURL"], record.leaves, own.elsewhere)

    def _whole(self, record: Record, folder: Path, state: Facts) -> report.Closing:
        if not self._may_replace():
            return report.Closing()
        build = self._build(folder, record)
        tally = report.tally(build)
        tally = replace(tally, read=tally.read + self.read_before)
        if self._is_refused():
            return report.Closing(tally)
        with self.times.of("swap"):
            output.publish(folder, self.target, build.leaves)
        with self.times.of("keep"):
            self._keep_whole(record, build, tally, state)
        return report.Closing(tally, "output replaced")

    def _keep_whole(self, record: Record, build: Build, tally: report.Tally, state: Facts) -> None:
        record.keep_leaves(build.leaves)
        record.forget_files()
        record.forget_texts(build.shelf.names if build.shelf else ())
        if build.shelf:
            build.shelf.forget_others()
            record.keep_around(shown_around(build.generators))
        mine = build.facts()
        after = replace(
            mine,
            **{name: getattr(state, name) for name in ("ground", "settings", "written", "theme", "listing")},
            counts=[tally.essays, tally.pages, tally.files],
            remarks=list(self.problems.remarks()),
        )
        record.keep_faults(
            {page: told(build.verdict.faults[page]) for page in build.verdict.faults.keys() & build.leaves}
        )
        record.keep_problems(self.problems.sorted())
        self.archive.keep(record, after)

    def _may_replace(self) -> bool:
        """Tell whether the output is a build's, and of nothing else."""
        sources = [Path(self.settings["PATH"]), Path(self.settings["THEME"]), _PLUGINS]
        fault = output.refusal(self.target, sources, site_path(self.target, self.settings["PATH"]))
        self.problems.extend([fault] if fault else [])
        return not fault

    def _is_refused(self) -> bool:
        return self._press.strictness != "author" and report.failed(self.problems, self._press.strictness)

    @property
    def _foreign(self) -> list[str]:
        """The plugins that do not say that they look at each text by itself."""
        return [get_plugin_name(plugin) for plugin in self._press.plugins if not getattr(plugin, "BY_TEXT", False)]

    def _build(self, folder: Path, record: Record) -> Build:
        if foreign := self._foreign:
            names = ", ".join(f'"{name}"' for name in foreign)
            self.problems.remark(f"everything was made anew, as {names} may look at any page")
        build = Build(self._press, record, folder, self.times, foreign=bool(foreign))
        with self._writing_to(folder):
            build.run(self._press.generator_classes())
        return build

    @contextlib.contextmanager
    def _writing_to(self, folder: Path) -> Iterator[None]:
        """Have Pelican and its plugins take a folder for the output."""
        self._press.output_path = self.settings["OUTPUT_PATH"] = str(folder)
        try:
            yield
        finally:
            self._press.output_path = self.settings["OUTPUT_PATH"] = str(self.target)


def _tally(facts: Facts, read: int, printed: int = 0, reused: int = 0) -> report.Tally:
    essays, pages, files = facts.counts
    return report.Tally(essays, pages, files, read, printed, reused)
