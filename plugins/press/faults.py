"""Where an exception comes from: the template and line, or the place in a program."""

from __future__ import annotations

import os
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2

from plugins.press.scan import files_below
from plugins.shared.files import is_inside, site_path
from plugins.shared.problems import Problem


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
    if isinstance(error, UnicodeDecodeError) and (file := _holding(error.object, folders)):
        line = error.object.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{error.object[error.start]:02x} is not UTF-8; save the template as UTF-8"
        return TemplateFault(file, line, "template-failed", message)
    path, line = _place(error, folders) or (_path_of(template, folders), 1)
    if isinstance(error, jinja2.TemplateNotFound):
        return TemplateFault(path, line, "template-missing", f'the theme has no template "{error.message}"')
    if isinstance(error, jinja2.UndefinedError):
        return TemplateFault(path, line, "template-undefined", _lower(error.message or ""))
    return TemplateFault(path, line, "template-failed", describe(error))


def template_folders(settings: Mapping[str, Any]) -> tuple[Path, ...]:
    """Return where templates are kept, the theme's first."""
    own = (Path(settings["THEME"]) / "templates", *map(Path, settings["THEME_TEMPLATES_OVERRIDES"]))
    return (*own, Path(settings["PATH"]))


def describe(error: BaseException) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{type(error).__name__}: {error.strerror}" + (
            f' ("{Path(str(error.filename)).name}")' if error.filename else ""
        )
    return f"{type(error).__name__}: {error}"


def place_in(error: BaseException, folder: Path) -> str:
    """Return `file:line` of the innermost frame of an exception in a folder, or of its innermost frame."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return "unknown place"
    frame = next((frame for frame in reversed(frames) if is_inside(frame.filename, folder)), frames[-1])
    return f"{frame.filename}:{frame.lineno}"


def line_in(error: BaseException, folder: Path) -> tuple[Path, int] | None:
    """Return the file and line of a folder's programs where an exception comes from, or None if it is not there."""
    places = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError) and error.filename:  # it is not run, so no frame is its
        places.append((error.filename, error.lineno))
    inside = [(Path(file), line or 1) for file, line in places if _is_of_a_site(file, folder)]
    return inside[-1] if inside else None


def foreign_fault(error: BaseException, site: Path, house: Path) -> Problem | None:
    """Return the problem of an exception that comes from a site's own plugin, or None if it is the house's own."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = max((number for number, frame in enumerate(frames) if is_inside(frame.filename, house)), default=-1)
    below = [frame for frame in frames[ours + 1 :] if _is_of_a_site(frame.filename, site)]
    if not below:
        return None
    where, hint = below[-1], "mend the plugin or take it out of PLUGINS"
    return Problem(
        site_path(where.filename, site / "x"), where.lineno or 1, "plugin-failed", f"{describe(error)}; {hint}"
    )


def _is_of_a_site(file: str, site: Path) -> bool:
    # What Python made of no file has a name in angle brackets; what is installed is no part of the site.
    return not file.startswith("<") and is_inside(file, site) and "site-packages" not in Path(file).parts


def _path_of(template: str, folders: tuple[Path, ...]) -> Path:
    """Return where a template is, the site's own before the theme's, or would be."""
    paths = [folder / template for folder in (*folders[1:], folders[0])]
    return next((path for path in paths if os.access(path, os.F_OK)), paths[-1])


def _holding(data: bytes, folders: tuple[Path, ...]) -> Path | None:
    """Return the template that holds these bytes: whoever reads it names only what it read."""
    paths = (path for folder in folders for path in files_below(folder) if path.stat().st_size == len(data))
    return next((path for path in paths if path.read_bytes() == data), None)


def _place(error: Exception, folders: tuple[Path, ...]) -> tuple[Path, int] | None:
    # Jinja writes the template's name and line into the traceback; the innermost template is at fault.
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if any(is_inside(frame.filename, folder) for folder in folders):
            return Path(frame.filename), frame.lineno or 1
    return None


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]
