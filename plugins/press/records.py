"""What Pelican logs at level warning and above, as problems, whatever it was told to print."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pelican.contents import Content
from pelican.log import LimitFilter

from plugins.press.settings import PATH
from plugins.shared.files import site_path
from plugins.shared.lines import lines_of
from plugins.shared.problems import Problem, Problems


_LOGGERS = (None, "pelican")  # those whose level Pelican's options set

# Messages of Pelican that say less than a problem which is always there as well.
_SAID_BETTER = (
    "Cannot load plugin `%s`\n%s",  # run.py compares the plugins asked for with those registered
    "Cannot register plugin `%s`",  # likewise
    'Failed to write Tag page for "%s".',  # writer.py reports each address that is written twice
    'Failed to write Category page for "%s".',
    'Failed to write Author page for "%s".',
    "Empty alt attribute for image %s in %s",  # an empty alt marks a picture that is decoration
)
_MISSING_LINK = "Unable to find '%s', skipping url replacement."


class Recorder(logging.Handler):
    """Turn records into problems. `failures` keeps the exception behind each plugin that did not start."""

    def __init__(self, problems: Problems, settings: dict[str, Any]) -> None:
        super().__init__(logging.WARNING)
        self._problems = problems
        self._content = Path(settings["PATH"])
        self._silenced = set(settings.get("LOG_FILTER", ()))
        self.failures: dict[str, BaseException] = {}

    def emit(self, record: logging.LogRecord) -> None:
        if record.msg in _SAID_BETTER[:2] and isinstance(record.args, tuple):
            error = sys.exc_info()[1]
            if error is not None:
                self.failures[str(record.args[0])] = error
        if record.msg in _SAID_BETTER or self._is_silenced(record):
            return
        self._problems.add(self._problem(record))

    def _is_silenced(self, record: logging.LogRecord) -> bool:
        return bool({(record.levelno, record.msg), (record.levelno, record.getMessage())} & self._silenced)

    def _problem(self, record: logging.LogRecord) -> Problem:
        if record.msg == _MISSING_LINK and (content := _content_at_work()) is not None:
            return self._missing_link(content, str(record.args[0]))  # type: ignore[index]
        message = record.getMessage()
        if (error := sys.exc_info()[1]) is not None:
            message += f": {type(error).__name__}: {error}"
        severe = record.levelno >= logging.ERROR
        code = "pelican-error" if severe else "pelican-warning"
        return Problem(self._path(record), 1, code, message, "error" if severe else "warning")

    def _missing_link(self, content: Content, target: str) -> Problem:
        source = getattr(content, "source_text", "")
        line = lines_of(target, source)[0] if source else 1
        message = f'no source "{target}"; name a file of content/, from its root with a leading slash'
        return Problem(site_path(content.source_path, self._content), line, "link-missing", message)

    def _path(self, record: logging.LogRecord) -> str:
        arguments = record.args if isinstance(record.args, tuple) else ()
        for argument in arguments:
            path = argument.source_path if isinstance(argument, Content) else argument
            if isinstance(path, str) and path and (self._content / path).is_file():
                return site_path(self._content / path, self._content)
        return PATH


def _content_at_work() -> Any:
    """Return the content object whose links are being replaced: the record itself does not name it."""
    frame = sys._getframe()  # noqa: SLF001 - there is no public way to one's callers' objects that is as quick
    while frame is not None:
        if frame.f_code.co_name == "_link_replacer":
            return frame.f_locals.get("self")
        frame = frame.f_back  # type: ignore[assignment]
    return None


@contextlib.contextmanager
def recording(recorder: Recorder) -> Iterator[None]:
    """Hear every warning and error, and keep the other handlers from printing them."""
    root = logging.getLogger()
    levels = {name: logging.getLogger(name).level for name in _LOGGERS}
    repeats, quiet = LimitFilter.LOGS_DEDUP_MIN_LEVEL, _QuietBelowWarning()
    others = list(root.handlers)
    LimitFilter.LOGS_DEDUP_MIN_LEVEL = logging.NOTSET
    for name, level in levels.items():
        logging.getLogger(name).setLevel(min(level, logging.WARNING))
    for handler in others:
        handler.addFilter(quiet)
    root.addHandler(recorder)
    try:
        yield
    finally:
        root.removeHandler(recorder)
        for handler in others:
            handler.removeFilter(quiet)
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)
        LimitFilter.LOGS_DEDUP_MIN_LEVEL = repeats


class _QuietBelowWarning(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        return record.levelno < logging.WARNING
