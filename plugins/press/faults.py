"""Where an exception comes from: the template and line, or the place in a program."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path

import jinja2

from plugins.shared.files import is_inside


@dataclass(frozen=True, slots=True)
class TemplateFault:
    path: Path
    line: int
    code: str
    message: str


def template_fault(error: Exception, folders: tuple[Path, ...], template: str) -> TemplateFault:
    """Return what is wrong with a template that could not be rendered.

    `folders` are where templates are kept, the theme's first; `template` is the one that was asked for.
    """
    if isinstance(error, jinja2.TemplateSyntaxError):
        path = Path(error.filename) if error.filename else folders[0] / (error.name or template)
        return TemplateFault(path, error.lineno, "template-syntax", _lower(error.message or ""))
    if isinstance(error, jinja2.TemplatesNotFound | jinja2.TemplateNotFound):
        path, line = _place(error, folders) or (folders[0] / template, 1)
        return TemplateFault(path, line, "template-missing", f'no template "{error.message}" in the theme')
    path, line = _place(error, folders) or (folders[0] / template, 1)
    if isinstance(error, jinja2.UndefinedError):
        return TemplateFault(path, line, "template-undefined", _lower(error.message or ""))
    return TemplateFault(path, line, "template-failed", f"{type(error).__name__}: {error}")


def innermost(error: BaseException) -> str:
    """Return `file:line` of the innermost frame of an exception."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "unknown place"


def _place(error: Exception, folders: tuple[Path, ...]) -> tuple[Path, int] | None:
    # Jinja writes the template's name and line into the traceback; the innermost template is at fault.
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if any(is_inside(frame.filename, folder) for folder in folders):
            return Path(frame.filename), frame.lineno or 1
    return None


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]
