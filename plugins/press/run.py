"""The press: Pelican's run, to one side, judged by its problems, swapped in whole."""

from __future__ import annotations

import contextlib
import locale
import logging
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2
import pelican
from pelican import Pelican
from pelican.log import FatalLogger
from pelican.plugins import signals
from pelican.plugins._utils import get_plugin_name

from plugins.press import contents, kinds, languages, output, report, roster
from plugins.press.catalogue import misspelt
from plugins.press.faults import describe, foreign_fault, place_in, template_fault, template_folders
from plugins.press.generators import OURS
from plugins.press.keys import Keys
from plugins.press.places import written
from plugins.press.record import Record
from plugins.press.records import Recorder, recording
from plugins.press.settings import PATH, Settings, unsupported
from plugins.press.theme_files import strange_files
from plugins.press.undefined import Printed
from plugins.press.works import Works
from plugins.press.writer import Writer
from plugins.shared import grounds, progress, words
from plugins.shared.files import site_path
from plugins.shared.problems import SETTING, Problem, Problems, order
from plugins.shared.settings import load


_PLUGINS = Path(__file__).parents[1]
_NEVER = logging.CRITICAL + 1  # Pelican's own value for "no log record is fatal"
_INTERRUPTED = 130  # what shells give a program that Ctrl-C ended
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
        self.strictness = _take_strictness(own)
        self.recorder = Recorder(self.problems, settings)
        self.target = Path(settings["OUTPUT_PATH"])
        self.terminal = sys.stderr
        self.generators: dict[type[Any], Any] = {}
        _tame(settings)
        self.settings = settings
        self.works = Works(self)
        settings[progress.SETTING] = self._count
        with self._guarded(), recording(self.recorder):
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
        if not found:
            settings[words.SETTING], faults = languages.read(Path(settings["THEME"]), Path(settings["PATH"]))
            self.problems.extend(faults)

    def _count(self, total: int) -> None:
        self.works.times.count(total)

    def init_plugins(self) -> None:
        self.plugins, faults = roster.start(self.settings["PLUGINS"], self.settings["PLUGIN_PATHS"])
        self.settings["PLUGINS"] = [get_plugin_name(plugin) for plugin in self.plugins]
        self.problems.extend(faults)
        self._is_set_up = self._is_set_up and not faults

    def run(self) -> None:
        """Build the site and replace the output, or say why not. Raise `SystemExit(1)` if it failed."""
        staging = output.staging(self.target, _say_waiting)
        with self._guarded(), staging as folder, recording(self.recorder), self.works.times.shown():
            closing = self.works.make(folder) if self._is_set_up else report.Closing()
        self._end(self.closing_line(closing), sys.stdout)

    def generator_classes(self) -> list[Any]:
        return [OURS.get(cls, cls) for cls in self._get_generator_classes()]

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

    def closing_line(self, closing: report.Closing) -> str:
        return closing.line(self.problems, self.works.times.total, *self.works.archive.damage)

    def located(self) -> list[Problem]:
        """Return the problems of the build, those of settings where they stand."""
        return sorted(map(self._written.locate, self.problems.sorted()), key=order)

    def _end(self, closing: str, stream: Any) -> None:
        report.say_all(self.located(), sys.stderr)
        for line in self.works.times.lines() if self.settings.get(PROFILE) else ():
            report.say(line, sys.stdout)
        report.say(closing, stream)
        if report.failed(self.problems, self.strictness):
            raise SystemExit(1)


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
