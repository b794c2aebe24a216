"""Take the drawings among the files that a site copies: each is cleaned, or stays out."""

from __future__ import annotations

from pathlib import Path

from plugins.press import svg
from plugins.shared.problems import Problem
from plugins.shared.sources import open_inside


DRAWINGS = frozenset({".svg", ".svgz"})
_MAX_BYTES = 10_000_000  # a drawing is read whole, and a tree is many times its file


def cleaned(source: Path, name: str, content: Path) -> tuple[bytes | None, list[Problem]]:
    """Return the drawing to publish, or None for what is none, and what is to be said of it."""
    if source.stat().st_size > _MAX_BYTES:
        message = f"the drawing is larger than {_MAX_BYTES:,} bytes; simplify it; it was not copied"
        return None, [Problem(name, 1, "svg-size", message)]
    try:
        with open_inside(source, content) as file:
            data, removed = svg.clean(file.read())
    except OSError as error:
        return None, [Problem(name, 1, "source-unreadable", f"{error.strerror}; it was not copied")]
    except svg.TooMuch as error:
        return None, [Problem(name, error.line, "svg-size", f"{error}; it was not copied")]
    except svg.InvalidDrawing as error:
        return None, [Problem(name, error.line, "svg-invalid", f"{error}; it was not copied")]
    return data, [_problem(name, part) for part in removed]


def _problem(name: str, part: svg.Removed) -> Problem:
    message = f"{part.what} has no place in a drawing; it was left out of the copy, take it out of the file"
    return Problem(name, part.line, "svg-cleaned", message, "warning")
