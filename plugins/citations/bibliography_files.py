"""Find a site's bibliographies, and the lines of the works that an essay brings along."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from plugins.citations.settings import BIBLIOGRAPHIES, CitationSettings
from plugins.shared.files import is_inside, site_path
from plugins.shared.problems import Problem, Problems
from plugins.shared.sources import Unreadable, read_bytes


_LIMIT = "CITATIONS_MAX_BYTES; keep what is cited, or raise the limit"


def bibliography_files(settings: CitationSettings, content: Path, problems: Problems) -> Iterator[tuple[str, bytes]]:
    """Yield the bibliographies below a content folder, as problems name them, with what they hold."""
    for name in settings.bibliography or BIBLIOGRAPHIES:
        path = content / name
        if os.path.lexists(path) and (os.path.islink(path) or is_inside(path, content)):  # noqa: PTH114 - without raising
            yield from _read(path, settings, content, problems)
        elif settings.bibliography:
            message = f'CITATIONS_BIBLIOGRAPHY names "{name}", which is no file below the content folder'
            problems.add(Problem("pelicanconf.py", 1, "bibliography-missing", message))


def _read(path: Path, settings: CitationSettings, content: Path, problems: Problems) -> Iterator[tuple[str, bytes]]:
    name = site_path(path, content)
    try:
        yield name, read_bytes(path, content, settings.max_bytes, _LIMIT)
    except Unreadable as error:
        problems.add(Problem(name, 1, error.code, str(error)))


def lines_of_own(own: Iterable[Any], source: str) -> dict[str, int]:
    """Return the lines of an essay in which the works of its `references` stand, by key."""
    keys = (str(item["id"]) for item in own if isinstance(item, dict) and item.get("id"))
    return {key: _line(key, source) for key in keys}


def _line(key: str, source: str) -> int:
    found = re.search(rf"(?:^|[{{,])[ \t-]*[\"']?id[\"']?[ \t]*:[ \t]*[\"']?{re.escape(key)}\b", source, re.M)
    return source.count("\n", 0, found.start()) + 1 if found else 1
