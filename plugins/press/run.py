"""The press: Pelican's run, to one side, judged by its problems, swapped in whole."""

from __future__ import annotations

import contextlib
import locale
import logging
import sys
import time
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

from plugins.press import contents, kinds, output, report, roster
from plugins.press.catalogue import misspelt
from plugins.press.emptiness import emptiness
from plugins.press.faults import describe, foreign_fault, place_in, template_fault, template_folders
from plugins.press.generators import OURS
from plugins.press.places import written
from plugins.press.records import Recorder, recording
from plugins.press.settings import PATH, Settings, base_path, unsupported
from plugins.press.theme_files import strange_files
from plugins.press.undefined import Printed
from plugins.press.verify import verify
from plugins.press.writer import Writer
from plugins.shared.files import site_path
from plugins.shared.problems import SETTING, Problem, Problems
from plugins.shared.settings import load


_PLUGINS = Path(__file__).parents[1]
_NEVER = logging.CRITICAL + 1  # Pelican's own value for "no log record is fatal"
_INTERRUPTED = 130  # what shells give a program that Ctrl-C ended


class Press(Pelican):  # type: ignore[misc]
    _is_set_up: bool

    def __init__(self, settings: dict[str, Any]) -> None:
        self.problems = settings.setdefault(SETTING, Problems())
        own, faults = load(Settings, "PRESS", settings)
        self.problems.extend((*faults, *unsupported(settings)))
        self._check(settings)
        self._strictness = _take_strictness(own)
        self._recorder = Recorder(self.problems, settings)
        self._target = Path(settings["OUTPUT_PATH"])
        _tame(settings)
        with self._guarded(), recording(self._recorder):
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
        began = time.perf_counter()
        tally, outcome = report.Tally(), "output left as it was"
        if self._may_build():
            with self._guarded(), output.staging(self._target, _say_waiting) as folder:
                with recording(self._recorder):
                    tally = self._build(folder)
                if not self._is_refused():
                    output.publish(folder, self._target)
                    outcome = "output replaced"
        self._end(report.closing_line(tally, self.problems, time.perf_counter() - began, outcome), sys.stdout)

    def _may_build(self) -> bool:
        """Tell whether a build makes sense. Without one of its plugins or settings the site would be another."""
        sources = [Path(self.settings["PATH"]), Path(self.settings["THEME"]), _PLUGINS]
        fault = output.refusal(self._target, sources, site_path(self._target, self.settings["PATH"]))
        self.problems.extend([fault] if fault else [])
        return self._is_set_up and not fault

    def _is_refused(self) -> bool:
        return self._strictness != "author" and report.failed(self.problems, self._strictness)

    def _build(self, folder: Path) -> report.Tally:
        self.output_path = self.settings["OUTPUT_PATH"] = str(folder)
        try:
            return self._generate(self._context())
        finally:
            self.output_path = self.settings["OUTPUT_PATH"] = str(self._target)

    def _context(self) -> dict[str, Any]:
        base = base_path(self.settings["SITEURL"])
        shared: dict[str, Any] = {"generated_content": {}, "static_links": set(), "static_content": {}}
        return {**self.settings, **shared, "localsiteurl": base, "BASE": f"{base}/"}

    def _generate(self, context: dict[str, Any]) -> report.Tally:
        """Take the steps of `Pelican.run`, which plugins know, in its order."""
        options = {"settings": self.settings, "path": self.path, "theme": self.theme, "output_path": self.output_path}
        generators = [cls(context=context, **options) for cls in self._get_generator_classes()]
        for generator in generators:
            _call(generator, "generate_context")
            _call(generator, "check_disabled_readers")
        self.problems.extend(emptiness(self.settings, generators))
        signals.all_generators_finalized.send(generators)
        for generator in generators:
            _call(generator, "refresh_metadata_intersite_links")
        writer = self._get_writer()
        for generator in generators:
            _call(generator, "generate_output", writer)
        signals.finalized.send(self)
        writer.finish()
        output_name = site_path(self._target, self.settings["PATH"])
        self.problems.extend(verify(Path(self.output_path), generators, self.settings, output_name, writer.unwritten))
        return _tally(generators, Path(self.output_path))

    def _get_generator_classes(self) -> list[Any]:
        return [OURS.get(cls, cls) for cls in super()._get_generator_classes()]

    def _get_writer(self) -> Writer:
        others = [writer for _, writer in signals.get_writer.send(self) if isinstance(writer, type)]
        for writer in others:
            message = f'the writer "{writer.__module__}.{writer.__name__}" of a plugin cannot be used; leave it out'
            self.problems.add(Problem(PATH, 1, "plugin-writer", message))
        return Writer(self.output_path, self.settings)

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        """End with one line for what nobody foresaw: no page is worth more than a whole site."""
        try:
            yield
        except KeyboardInterrupt:
            report.say("interrupted; output left as it was", sys.stderr)
            raise SystemExit(_INTERRUPTED) from None
        except (Exception, SystemExit) as error:  # noqa: BLE001 - told in one line; the traceback is for -D
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

    def _end(self, closing: str, stream: Any) -> None:
        for problem in sorted(map(self._written.locate, self.problems.sorted())):
            report.say(report.line_of(problem), sys.stderr)
        report.say(closing, stream)
        if report.failed(self.problems, self._strictness):
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
    settings["JINJA_ENVIRONMENT"]["autoescape"] = True  # in any theme: what the build made is Markup
    if settings["LOCALE"] == [""]:  # that of the environment
        locale.setlocale(locale.LC_ALL, "C")
    # A spinner takes over standard error while Pelican runs, and wraps what is printed there.
    pelican.console.status = contextlib.nullcontext


def _call(generator: Any, step: str, *arguments: Any) -> None:
    if hasattr(generator, step):
        getattr(generator, step)(*arguments)


def _tally(generators: list[Any], folder: Path) -> report.Tally:
    articles, pages = generators[:2]
    essays = len(articles.articles) + len(articles.translations)
    files = sum(path.is_file() for path in folder.rglob("*"))
    return report.Tally(essays, len(pages.pages) + len(pages.translations), files)


def _explain(error: BaseException) -> str:
    if isinstance(error, OSError):
        where = f' ("{error.filename}")' if error.filename else ""
        return f"the build cannot go on: {error.strerror or error}{where}"
    hint = "please report this line, and the traceback that the option -D shows"
    return f"internal error: {describe(error)} ({place_in(error, _PLUGINS)}); {hint}"


def _say_waiting() -> None:
    report.say("another build of this output is under way; waiting for it", sys.stderr)
