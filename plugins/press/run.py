"""The press: Pelican's run, to one side, judged by its problems, swapped in whole."""

from __future__ import annotations

import contextlib
import locale
import logging
import sys
import traceback
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jinja2
import pelican
from pelican import Pelican
from pelican.log import FatalLogger
from pelican.plugins import signals
from pelican.plugins._utils import get_plugin_name

from plugins.press import contents, ground, kinds, output, report, roster, standing, whole
from plugins.press.build import Build
from plugins.press.catalogue import misspelt
from plugins.press.configuration import WRITTEN
from plugins.press.edit import Edit, Wider
from plugins.press.faults import describe, foreign_fault, place_in, template_fault, template_folders
from plugins.press.generators import OURS
from plugins.press.keys import Keys
from plugins.press.model import Facts
from plugins.press.places import written
from plugins.press.record import CACHE, Record, name_of
from plugins.press.records import Recorder, recording
from plugins.press.settings import PATH, Settings, unsupported
from plugins.press.targets import Targets
from plugins.press.theme_files import strange_files
from plugins.press.times import Times
from plugins.press.undefined import Printed
from plugins.press.verify import told
from plugins.press.writer import Writer
from plugins.shared import grounds, store
from plugins.shared.files import site_path
from plugins.shared.problems import SETTING, Problem, Problems, order
from plugins.shared.settings import load


_PLUGINS = Path(__file__).parents[1]
_NEVER = logging.CRITICAL + 1  # Pelican's own value for "no log record is fatal"
_INTERRUPTED = 130  # what shells give a program that Ctrl-C ended
#: The key of Pelican's settings that holds the words of the command.
COMMAND = "_command"
#: The key that holds what was seen of the last build before.
LOOK = "_look"
#: The key that says whether to tell where the time went.
PROFILE = "_profile"
#: The key that says that more edits will come.
LIVE = "_live"


class Press(Pelican):  # type: ignore[misc]
    _is_set_up: bool

    def __init__(self, settings: dict[str, Any]) -> None:
        self.problems = settings.setdefault(SETTING, Problems())
        settings[grounds.SETTING] = grounds.Grounds()
        own, faults = load(Settings, "PRESS", settings)
        self.problems.extend((*faults, *unsupported(settings)))
        self._check(settings)
        self._strictness = _take_strictness(own)
        self._recorder = Recorder(self.problems, settings)
        self.target = Path(settings["OUTPUT_PATH"])
        self._times = Times(sys.stderr)
        self._damage: tuple[str, ...] = ()
        self.read_before = 0  # texts that were read to find out that the whole is to be built
        self.amended: list[str] = []
        self.generators: dict[type[Any], Any] = {}
        _tame(settings)
        self.settings = settings
        with self._guarded(), recording(self._recorder):
            if self._is_set_up:  # or plugins would start with what is no setting
                super().__init__(settings)
        # What a plugin says of its settings as it starts: without them the site would be another, too.
        self._is_set_up = self._is_set_up and all(each.code != "setting-value" for each in self.problems.sorted())

    def _check(self, settings: dict[str, Any]) -> None:
        """Report the settings that nobody could build with, and those that nobody asked for."""
        self._written = written(Path(settings["PATH"]))
        found = tuple(kinds.faults({**settings, **self._written.values}))
        self.problems.extend(() if found else strange_files(settings))
        self._is_set_up = not found
        self.problems.extend((*found, *misspelt(settings, theme=Path(settings["THEME"]))))

    def init_plugins(self) -> None:
        self.plugins, faults = roster.start(self.settings["PLUGINS"], self.settings["PLUGIN_PATHS"])
        self.settings["PLUGINS"] = [get_plugin_name(plugin) for plugin in self.plugins]
        self.problems.extend(faults)
        self._is_set_up = self._is_set_up and not faults

    def run(self) -> None:
        """Build the site and replace the output, or say why not. Raise `SystemExit(1)` if it failed."""
        staging = output.staging(self.target, _say_waiting)
        with self._guarded(), staging as folder, recording(self._recorder), self._times.shown():
            closing = self._make(folder) if self._is_set_up else report.Closing()
        self._end(self.closing_line(closing), sys.stdout)

    def _make(self, folder: Path) -> report.Closing:
        """Print what an edit of texts changes, or the whole site if that is not all."""
        mark = self.problems.mark()
        try:
            return self._attempt(folder)
        except store.Damaged:
            self._tell_damage()
            self.problems.rewind(mark)
            self.settings.pop(LOOK, None)
            for file in self._cache.glob("*.db"):
                file.unlink()
            return self._attempt(folder)

    def _attempt(self, folder: Path) -> report.Closing:
        with self._times.of("look"):
            look = self._look()
        record = look.record
        record.folder = folder
        changed, state = look.changed, self._state(record, look.sources)
        try:
            return self._edit(record, folder, changed, state) or self._whole(record, folder, state)
        finally:
            record.close(keep=False)  # but for what was kept with a new output
            store.store_of(self.settings).close()

    @property
    def _cache(self) -> Path:
        return Path(self.settings["PATH"]).parent / CACHE

    def _state(self, record: Record, sources: whole.Sources) -> Facts:
        """Return what this build starts from, with which that of the last one is compared."""
        return Facts(
            ground=record.ground,
            settings=whole.all_settings(self.settings),
            written=None if self._foreign else self.settings.get(WRITTEN),
            theme=whole.theme(record.known, Path(self.settings["THEME"]), self.settings["THEME_TEMPLATES_OVERRIDES"]),
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
        except (Wider, OSError, ValueError):  # a whole build says what is wrong, if it still is
            self.problems.rewind(mark)
            return None

    def amend(self, record: Record, folder: Path, changed: list[str], facts: Facts) -> report.Closing:
        """Print an edit of these texts, and put it into the output; raise `Wider` if it may be more than that.

        `facts` are those of the site afterwards.
        """
        record.folder = folder
        edit = Edit(self, record, changed, self._times, self._targets(record))
        self.output_path = self.settings["OUTPUT_PATH"] = str(folder)
        try:
            with recording(self._recorder):
                edit.make(folder)
            self.read_before = 0
            self.amended = [*edit.leaves]
            if self._is_refused():
                return report.Closing(_tally(facts, len(changed)))
            if edit.leaves:
                output.amend(folder, self.target, edit.leaves)
        finally:
            self.output_path = self.settings["OUTPUT_PATH"] = str(self.target)
        for name, leaf in edit.leaves.items():
            record.keep_leaf(name, leaf)
        record.keep_faults({name: found for name, found in edit.faults.items() if found}, edit.faults)
        record.keep_problems(self.problems.sorted(), edit.paths)
        self._keep(record, facts)
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
        with self._times.of("swap"):
            output.publish(folder, self.target, build.leaves)
        with self._times.of("keep"):
            self._keep_whole(record, build, tally, state)
        return report.Closing(tally, "output replaced")

    def _keep_whole(self, record: Record, build: Build, tally: report.Tally, state: Facts) -> None:
        record.keep_leaves(build.leaves)
        record.forget_files()
        record.forget_texts(build.shelf.names if build.shelf else ())
        if build.shelf:
            build.shelf.forget_others()
        mine = build.facts()
        after = replace(
            mine,
            **{name: getattr(state, name) for name in ("ground", "settings", "written", "theme", "listing")},
            counts=[tally.essays, tally.pages, tally.files],
            remarks=list(self.problems.remarks()),
        )
        record.keep_faults({page: told(faults) for page, faults in build.verdict.faults.items()})
        record.keep_problems(self.problems.sorted())
        self._keep(record, after)

    def _look(self) -> standing.Look:
        """Return what there is to do: what was seen before Pelican was imported, if that was of this very output."""
        look = self.settings.get(LOOK)
        if look is not None and look.damaged:
            self._tell_damage()
        if look is not None and look.record.name == name_of(self.target) and look.is_sound and look.record.is_current():
            self._open_store(look.record)
            return look  # type: ignore[no-any-return]
        record, content = self.open_record(), Path(self.settings["PATH"])
        sources = whole.sources(content, self.settings["IGNORE_FILES"])
        return standing.Look(record, sources, whole.changed(record.known, content, sources.names))

    def open_record(self) -> Record:
        cache = self._cache
        # An output elsewhere is made to be looked at, or taken away: nobody builds there again.
        path = cache / name_of(self.target) if self.target.parent == cache.parent else None
        record = Record(self.target, store.Store(path, damaged=self._tell_damage))
        code = ground.code(record.known, Path(self.settings["PATH"]).parent)
        record.rest_on(code)
        self._open_store(record)
        return record

    def _open_store(self, record: Record) -> None:
        kept = self.settings[store.SETTING] = store.Store(self._cache / "kept.db", record.ground, self._tell_damage)
        kept.is_private = self._strictness == "author"

    def _keep(self, record: Record, facts: Facts) -> None:
        record.keep_facts(facts)
        record.keep_known()
        if self.settings.get(COMMAND) is not None:
            standing.keep(self.settings[COMMAND], self._command(), self._cache)
        record.close()
        store.store_of(self.settings).close()

    def _command(self) -> standing.Command:
        names = ("PATH", "OUTPUT_PATH", "THEME", "THEME_TEMPLATES_OVERRIDES", "IGNORE_FILES", "TIMEZONE")
        content, target, theme, templates, ignored, zone = (self.settings[name] for name in names)
        folders = [str(folder) for folder in templates]
        return standing.Command(str(content), str(target), str(theme), folders, list(ignored), zone, self._strictness)

    def _tell_damage(self) -> None:
        self._damage = (f"the cache in {CACHE} was damaged; what it lacks was made anew",)

    def _may_replace(self) -> bool:
        """Tell whether the output is a build's, and of nothing else."""
        sources = [Path(self.settings["PATH"]), Path(self.settings["THEME"]), _PLUGINS]
        fault = output.refusal(self.target, sources, site_path(self.target, self.settings["PATH"]))
        self.problems.extend([fault] if fault else [])
        return not fault

    def _is_refused(self) -> bool:
        return self._strictness != "author" and report.failed(self.problems, self._strictness)

    @property
    def _foreign(self) -> list[str]:
        """The plugins that do not say that they look at each text by itself."""
        return [get_plugin_name(plugin) for plugin in self.plugins if not getattr(plugin, "BY_TEXT", False)]

    def _build(self, folder: Path, record: Record) -> Build:
        self.output_path = self.settings["OUTPUT_PATH"] = str(folder)
        if foreign := self._foreign:
            names = ", ".join(f'"{name}"' for name in foreign)
            self.problems.remark(f"everything was made anew, as {names} may look at any page")
        try:
            build = Build(self, record, folder, self._times, foreign=bool(foreign))
            build.run(self._get_generator_classes())
        finally:
            self.output_path = self.settings["OUTPUT_PATH"] = str(self.target)
        return build

    def _get_generator_classes(self) -> list[Any]:
        return [OURS.get(cls, cls) for cls in super()._get_generator_classes()]

    def writer(self, folder: Path, record: Record, keys: Keys, *, foreign: bool) -> Writer:
        others = [writer for _, writer in signals.get_writer.send(self) if isinstance(writer, type)]
        for writer in others:
            message = f'the writer "{writer.__module__}.{writer.__name__}" of a plugin cannot be used; leave it out'
            self.problems.add(Problem(PATH, 1, "plugin-writer", message))
        return Writer(str(folder), self.settings, record, keys, foreign=foreign)

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        """End with one line for what nobody foresaw: no page is worth more than a whole site."""
        try:
            yield
        except KeyboardInterrupt:
            report.say("interrupted; output left as it was", sys.stderr)
            raise SystemExit(_INTERRUPTED) from None
        except BaseException as error:  # noqa: BLE001 - told in one line; the traceback is for -D
            if self.settings.get("DEBUG"):
                traceback.print_exc()
            if fault := self._fault_of_the_site(error):
                self.problems.add(fault)
                self._end("nothing was built; output left as it was", sys.stdout)
            self._end(f"{_explain(error)}; output left as it was", sys.stderr)
            raise SystemExit(1) from None

    def _fault_of_the_site(self, error: BaseException) -> Problem | None:
        """Return what is wrong with a template or plugin of the site, or None if it is not at fault."""
        if isinstance(error, jinja2.TemplateError):
            fault = template_fault(error, template_folders(self.settings), str(error))
            path = site_path(fault.path, self.settings["PATH"])
            return Problem(path, fault.line, fault.code, fault.message)
        return foreign_fault(error, Path(self.settings["PATH"]).parent, _PLUGINS)

    def start_again(self, start: Any) -> None:
        """Be ready for another edit: of the last one only `start`, a mark of the problems, is left."""
        self.problems.rewind(start)
        self._times = Times()
        self.amended = []

    def closing_line(self, closing: report.Closing) -> str:
        return closing.line(self.problems, self._times.total, *self._damage)

    def located(self) -> list[Problem]:
        """Return the problems of the build, those of settings where they stand."""
        return sorted(map(self._written.locate, self.problems.sorted()), key=order)

    def _end(self, closing: str, stream: Any) -> None:
        report.say_all(self.located(), sys.stderr)
        for line in self._times.lines() if self.settings.get(PROFILE) else ():
            report.say(line, sys.stdout)
        report.say(closing, stream)
        if report.failed(self.problems, self._strictness):
            raise SystemExit(1)


def _tally(facts: Facts, read: int, printed: int = 0, reused: int = 0) -> report.Tally:
    essays, pages, files = facts.counts
    return report.Tally(essays, pages, files, read, printed, reused)


def _take_strictness(own: Settings) -> report.Strictness:
    """Return how strict `--fatal` asks to be, and keep Pelican from acting on it: it would raise at a log record."""
    level, FatalLogger.fatal_lvl = FatalLogger.fatal_lvl, _NEVER
    if own.strict or level <= logging.WARNING:
        return "warnings"
    return "errors" if level < _NEVER else "author"


def _tame(settings: dict[str, Any]) -> None:
    """Take from Pelican what would make a build depend on where it runs, or hide what it says and shows."""
    contents.use()
    settings["JINJA_ENVIRONMENT"].setdefault("undefined", Printed)
    # A text in reStructuredText could read any file of the machine into a page.
    settings["DOCUTILS_SETTINGS"] = {**settings["DOCUTILS_SETTINGS"], "file_insertion_enabled": False}
    settings["JINJA_ENVIRONMENT"]["autoescape"] = True  # in any theme: what the build made is Markup
    if settings["LOCALE"] == [""]:  # that of the environment
        locale.setlocale(locale.LC_ALL, "C")
    # A spinner takes over standard error while Pelican runs, and wraps what is printed there.
    pelican.console.status = contextlib.nullcontext


def _explain(error: BaseException) -> str:
    if isinstance(error, OSError):
        where = f' ("{error.filename}")' if error.filename else ""
        return f"the build cannot go on: {error.strerror or error}{where}"
    hint = "please report this line, and the traceback that the option -D shows"
    return f"internal error: {describe(error)} ({place_in(error, _PLUGINS)}); {hint}"


def _say_waiting() -> None:
    report.say("another build of this output is under way; waiting for it", sys.stderr)
