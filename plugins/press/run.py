"""The press: Pelican's run, to one side, judged by its problems, swapped in whole."""

from __future__ import annotations

import contextlib
import logging
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pelican
from pelican import Pelican
from pelican.log import FatalLogger
from pelican.plugins import signals
from pelican.plugins._utils import get_plugin_name

from plugins.press import output, report
from plugins.press.faults import innermost
from plugins.press.generators import OURS
from plugins.press.records import Recorder, recording
from plugins.press.settings import PATH, Settings, base_path, unsupported
from plugins.press.undefined import Printed
from plugins.press.writer import Writer
from plugins.shared.files import site_path
from plugins.shared.problems import SETTING, Problem, Problems
from plugins.shared.settings import load


_NEVER = logging.CRITICAL + 1  # Pelican's own value for "no log record is fatal"


class Press(Pelican):  # type: ignore[misc]
    def __init__(self, settings: dict[str, Any]) -> None:
        self.problems = settings[SETTING] = Problems()
        own, faults = load(Settings, "PRESS", settings)
        self.problems.extend((*faults, *unsupported(settings)))
        self.strictness = _take_strictness(own)
        self._recorder = Recorder(self.problems, settings)
        self._target = Path(settings["OUTPUT_PATH"])
        settings["JINJA_ENVIRONMENT"].setdefault("undefined", Printed)
        # Pelican turns a spinner while it runs, which takes over what is printed meanwhile and wraps it.
        pelican.console.status = contextlib.nullcontext
        asked = [_name(plugin) for plugin in settings["PLUGINS"] or ()]
        with self._guarded(), recording(self._recorder):
            super().__init__(settings)
        self._started = self._check_plugins(asked)

    def run(self) -> None:
        """Build the site and replace the output, or say why not. Raise `SystemExit(1)` if it failed."""
        began = time.perf_counter()
        tally, outcome = report.Tally(), "output left as it was"
        if self._may_build():
            with self._guarded(), output.staging(self._target, _say_waiting) as folder:
                with recording(self._recorder):
                    tally = self._build(folder)
                if self._is_sound():
                    output.publish(folder, self._target)
                    outcome = "output replaced"
        self._print(report.closing_line(tally, self.problems, time.perf_counter() - began, outcome))

    def _may_build(self) -> bool:
        name = site_path(self._target, self.settings["PATH"])
        sources = [Path(self.settings[key]) for key in ("PATH", "THEME")]
        fault = output.refusal(self._target, [*sources, Path(__file__).parents[1]], name)
        if fault:
            self.problems.add(fault)
        return self._started and not fault

    def _is_sound(self) -> bool:
        return self.strictness == "author" or not report.failed(self.problems, self.strictness)

    def _build(self, folder: Path) -> report.Tally:
        self.output_path = self.settings["OUTPUT_PATH"] = str(folder)
        try:
            return self._generate(self._context())
        finally:
            self.output_path = self.settings["OUTPUT_PATH"] = str(self._target)

    def _context(self) -> dict[str, Any]:
        base = base_path(self.settings["SITEURL"])
        shared = {"generated_content": {}, "static_links": set(), "static_content": {}}
        return {**self.settings, **shared, "localsiteurl": base, "BASE": f"{base}/"}

    def _generate(self, context: dict[str, Any]) -> report.Tally:
        """Take the steps of `Pelican.run`, which plugins know, in its order."""
        options = {"settings": self.settings, "path": self.path, "theme": self.theme, "output_path": self.output_path}
        generators = [cls(context=context, **options) for cls in self._get_generator_classes()]
        for generator in generators:
            _call(generator, "generate_context")
            _call(generator, "check_disabled_readers")
        signals.all_generators_finalized.send(generators)
        for generator in generators:
            _call(generator, "refresh_metadata_intersite_links")
        writer = self._get_writer()
        for generator in generators:
            _call(generator, "generate_output", writer)
        signals.finalized.send(self)
        writer.finish()
        return _tally(generators, Path(self.output_path))

    def _get_generator_classes(self) -> list[Any]:
        return [OURS.get(cls, cls) for cls in super()._get_generator_classes()]

    def _get_writer(self) -> Writer:
        others = [writer for _, writer in signals.get_writer.send(self) if isinstance(writer, type)]
        for writer in others:
            message = f'the writer "{writer.__module__}.{writer.__name__}" of a plugin cannot be used; leave it out'
            self.problems.add(Problem(PATH, 1, "plugin-writer", message))
        return Writer(self.output_path, self.settings)

    def _check_plugins(self, asked: list[str]) -> bool:
        """Report each plugin that did not start: Pelican would go on without it."""
        started = {name.removeprefix("pelican.plugins.") for name in self.settings["PLUGINS"]}
        for name in asked:
            if name.removeprefix("pelican.plugins.") not in started:
                message = f'the plugin "{name}" did not start: {_describe(self._recorder.failures.get(name))}'
                self.problems.add(Problem(PATH, 1, "plugin-failed", message))
        return all(problem.code != "plugin-failed" for problem in self.problems.sorted())

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        """End with one line for an exception that nobody foresaw: no page is worth more than a whole site."""
        try:
            yield
        except Exception as error:
            if self.settings.get("DEBUG"):
                traceback.print_exc()
            words = f"internal error: {_describe(error)} ({innermost(error)})"
            hint = "the output is as it was; please report this line (-D shows the traceback)"
            self._print(f"{words}; {hint}", sys.stderr)
            raise SystemExit(1) from None

    def _print(self, closing: str, stream: Any = None) -> None:
        for problem in self.problems.sorted():
            print(report.line_of(problem), file=sys.stderr)
        sys.stderr.flush()
        print(closing, file=stream or sys.stdout, flush=True)
        if report.failed(self.problems, self.strictness):
            raise SystemExit(1)


def _take_strictness(own: Settings) -> report.Strictness:
    """Return how strict `--fatal` asks to be, and keep Pelican from acting on it: it would raise at a log record."""
    level, FatalLogger.fatal_lvl = FatalLogger.fatal_lvl, _NEVER
    if own.strict or level <= logging.WARNING:
        return "warnings"
    return "errors" if level < _NEVER else "author"


def _name(plugin: Any) -> str:
    return plugin if isinstance(plugin, str) else str(get_plugin_name(plugin))


def _call(generator: Any, step: str, *arguments: Any) -> None:
    if hasattr(generator, step):
        getattr(generator, step)(*arguments)


def _tally(generators: list[Any], folder: Path) -> report.Tally:
    articles, pages = generators[:2]
    essays = len(articles.articles) + len(articles.translations)
    files = sum(path.is_file() for path in folder.rglob("*"))
    return report.Tally(essays, len(pages.pages) + len(pages.translations), files)


def _describe(error: BaseException | None) -> str:
    return f"{type(error).__name__}: {error}" if error else "no reason was given"


def _say_waiting() -> None:
    print("another build of this output is under way; waiting for it", file=sys.stderr, flush=True)
