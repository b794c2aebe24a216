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
    path, line = _place(error, folders) or (folders[0] / template, 1)
    if isinstance(error, jinja2.TemplateNotFound):
        return TemplateFault(path, line, "template-missing", f'the theme has no template "{error.message}"')
    if isinstance(error, jinja2.UndefinedError):
        return TemplateFault(path, line, "template-undefined", _lower(error.message or ""))
    return TemplateFault(path, line, "template-failed", describe(error))


def describe(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"


def place_in(error: BaseException, folder: Path) -> str:
    """Return `file:line` of the innermost frame of an exception in a folder, or of its innermost frame."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return "unknown place"
    frame = next((frame for frame in reversed(frames) if is_inside(frame.filename, folder)), frames[-1])
    return f"{frame.filename}:{frame.lineno}"


def _place(error: Exception, folders: tuple[Path, ...]) -> tuple[Path, int] | None:
    # Jinja writes the template's name and line into the traceback; the innermost template is at fault.
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if any(is_inside(frame.filename, folder) for folder in folders):
            return Path(frame.filename), frame.lineno or 1
    return None


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]
