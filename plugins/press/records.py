"""What Pelican logs at level warning and above, as problems, whatever it was told to print."""

from __future__ import annotations

import contextlib
import logging
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from types import FrameType
from typing import Any

from pelican.contents import Content
from pelican.log import LimitFilter

from plugins.press.faults import describe
from plugins.press.settings import PATH
from plugins.shared.files import site_path
from plugins.shared.lines import lines_of
from plugins.shared.problems import Problem, Problems


_LOGGERS = (None, "pelican")  # those whose level Pelican's options set

# Messages of Pelican, by their beginning, that say less than a problem which is always there as well.
_SAID_BETTER = (
    'Failed to write Tag page for "%s".',  # writer.py reports each address that is written twice
    'Failed to write Category page for "%s".',
    'Failed to write Author page for "%s".',
    "There are %s items ",  # two sources with one slug have one address
    "There are %s original ",
    "Empty alt attribute for image %s in %s",  # an empty alt marks a picture that is decoration
)
_ALL_TRANSLATED = 'All items ("%s") "%s" are translations'
_ATTACHED = "The {attach} link in %s cannot relocate %s because"
_OUTSIDE = "Skipping %s: file %r would be written outside output path"
_MISSING_LINK = "Unable to find '%s', skipping url replacement."


class Recorder(logging.Handler):
    """Turn records into problems."""

    def __init__(self, problems: Problems, settings: dict[str, Any]) -> None:
        super().__init__(logging.WARNING)
        self._problems = problems
        self._content = Path(settings["PATH"])
        self._silenced = set(settings.get("LOG_FILTER", ()))

    def emit(self, record: logging.LogRecord) -> None:
        if not str(record.msg).startswith(_SAID_BETTER) and not self._is_silenced(record):
            self._problems.add(self._problem(record))

    def _is_silenced(self, record: logging.LogRecord) -> bool:
        return bool({(record.levelno, record.msg), (record.levelno, record.getMessage())} & self._silenced)

    def _problem(self, record: logging.LogRecord) -> Problem:
        if record.msg == _MISSING_LINK and (link := _link_at_work()) is not None:
            return self._missing_link(*link)
        if record.msg == _OUTSIDE:
            message = f'"{record.args[1]}" is no address inside the output; name a plain file inside it'  # type: ignore[index]
            return Problem(self._path(record), 1, "address-outside", message)
        if str(record.msg).startswith(_ALL_TRANSLATED):
            message = 'every essay of this slug is a translation; take "translation" out of one, or write the original'
            return Problem(self._path(record), 1, "pelican-warning", message, "warning")
        if str(record.msg).startswith(_ATTACHED):
            message = f'"{record.args[1]}" has its address from another text; link to it by {{static}}'  # type: ignore[index]
            return Problem(self._path(record), 1, "pelican-warning", message, "warning")
        message = record.getMessage().replace(f"{self._content.parent}/", "")
        if (error := sys.exc_info()[1]) is not None:
            message += f": {describe(error)}"
        severe = record.levelno >= logging.ERROR
        code = "pelican-error" if severe else "pelican-warning"
        return Problem(self._path(record), 1, code, message, "error" if severe else "warning")

    def _missing_link(self, content: Content, target: str) -> Problem:
        source = getattr(content, "source_text", None) or Path(content.source_path).read_text("utf-8", "replace")
        message = f'"{target}" leads to no source; name a file of content/, from its root with a leading slash'
        line = lines_of(target, source)[0]
        return Problem(site_path(content.source_path, self._content), line, "link-missing", message)

    def _path(self, record: logging.LogRecord) -> str:
        arguments = record.args if isinstance(record.args, tuple) else ()
        for argument in arguments:
            path = argument.source_path if isinstance(argument, Content) else argument
            if isinstance(path, str) and path and (self._content / path).is_file():
                return site_path(self._content / path, self._content)
        return PATH


def _link_at_work() -> tuple[Any, str] | None:
    """Return the content object whose links are being replaced, and the link: the record names only its end."""
    frame: FrameType | None = sys._getframe()  # noqa: SLF001 - there is no public way to one's callers' objects
    while frame is not None:
        if frame.f_code.co_name == "_link_replacer":
            match = frame.f_locals["m"]
            return frame.f_locals["self"], unescape(match["path"])
        frame = frame.f_back
    return None


@contextlib.contextmanager
def recording(recorder: Recorder) -> Iterator[None]:
    """Hear every warning and error, and keep the other handlers from printing them."""
    root = logging.getLogger()
    levels = {name: logging.getLogger(name).level for name in _LOGGERS}
    repeats, quiet = LimitFilter.LOGS_DEDUP_MIN_LEVEL, _BelowWarning()
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


class _BelowWarning(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        return record.levelno < logging.WARNING
