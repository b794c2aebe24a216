"""What an author is told about a resolved page, with lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from plugins.citations.resolve import Resolved
from plugins.shared.lines import lines_of, mask_code
from plugins.shared.problems import Problem
from plugins.shared.suggest import did_you_mean


def findings(page: Resolved, *, path: str, source: str, known: Collection[str]) -> Iterator[Problem]:
    """Yield the problems of a page, found in its Markdown source."""
    for key in page.unknown:
        message = f'no item "{key}"{did_you_mean(key, known) or "; add it to the bibliography"}'
        for line in _key_lines(key, source):
            yield Problem(path, line, "citation-unknown", message)
    for key in page.unprinted:
        message = f'the style prints nothing of "{key}"; give the item a title or an author'
        yield Problem(path, _key_lines(key, source)[0], "citation-empty", message, "warning")
    for name in page.unused:
        message = f'nothing refers to the note "[^{name}]"; refer to it or take it out'
        yield Problem(path, lines_of(f"[^{name}]:", source)[0], "note-unused", message, "warning")
    for name in page.undefined:
        message = f'no note "[^{name}]: …" is written; write it, or put a backslash before the bracket'
        for line in _mark_lines(name, source):
            yield Problem(path, line, "note-unknown", message)


def _key_lines(key: str, source: str) -> tuple[int, ...]:
    """Return the lines where a key is cited: the whole key, not the start of a longer one."""
    whole = re.escape(key)
    pattern = rf"(?<![\w\\])@(?:\{{\s*{whole}\s*\}}|{whole}(?![:.#$%&\-+?<>~/]?\w))"
    return _lines(pattern, source) or (1,)


def _mark_lines(name: str, source: str) -> tuple[int, ...]:
    """Return the lines with a mark of a footnote; none if it is escaped throughout."""
    return _lines(rf"(?<!\\)\[\^{re.escape(name)}\]", source)


def _lines(pattern: str, source: str) -> tuple[int, ...]:
    masked = mask_code(source)
    found = {masked.count("\n", 0, match.start()) + 1 for match in re.finditer(pattern, masked)}
    return tuple(sorted(found))
