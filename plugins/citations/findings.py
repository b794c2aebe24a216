"""What an author is told about a resolved page, with lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from functools import lru_cache

from plugins.citations.locators import locate
from plugins.citations.parse import BARE_KEY
from plugins.citations.resolve import Resolved
from plugins.shared.lines import lines_of, mask_code
from plugins.shared.problems import Problem, Severity
from plugins.shared.suggest import did_you_mean


_KEY = re.compile(rf"-?@(?:\{{([^{{}}]*)\}}|({BARE_KEY}))")
_CERTAIN = re.compile(r"-?@(?:\{|[^\s\[]*\{)")  # nobody's handle is followed by a place in braces
_DIGIT = re.compile(r"\d")
_ALIKE = 0.85  # of words without a digit


def findings(page: Resolved, *, path: str, source: str, known: Collection[str]) -> Iterator[Problem]:
    """Yield the problems of a page, found in its Markdown source."""
    for key in page.unknown:
        message = f'no item "{key}"{did_you_mean(key, known) or "; add it to the bibliography"}'
        for line in _key_lines(key, source):
            yield Problem(path, line, "citation-unknown", message)
    for written in page.loose:
        if problem := _loose(written, known):
            for line in _key_lines(key_of(written), source):
                yield Problem(path, line, "citation-unknown", *problem)
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


def _loose(written: str, known: Collection[str]) -> tuple[str, Severity] | None:
    """Return what to say of a key of no item in a sentence: nothing if it may well be somebody's handle."""
    key = key_of(written)
    hint = did_you_mean(key, known)
    if _CERTAIN.match(written) or locate(written.partition("[")[2]).locator:
        return f'no item "{key}"{hint or "; add it to the bibliography"}', "error"
    near = bool(hint) if _DIGIT.search(key) else bool(get_close_matches(key, known, n=1, cutoff=_ALIKE))
    return (f'no item "{key}"{hint} a handle is written "\\@{key}"', "warning") if near else None


def key_of(written: str) -> str:
    found = _KEY.match(written)
    return (found[1] or found[2] or "").strip() if found else ""


def _key_lines(key: str, source: str) -> tuple[int, ...]:
    """Return the lines where a key is cited: the whole key, not the start of a longer one."""
    whole = re.escape(key)
    pattern = rf"(?<![\w\\])@(?:\{{\s*{whole}\s*\}}|{whole}(?![:.#$%&\-+?<>~/]?\w))"
    return _lines(pattern, source) or (1,)


def _mark_lines(name: str, source: str) -> tuple[int, ...]:
    """Return the lines with a mark of a footnote; none if it is escaped throughout."""
    return _lines(rf"(?<!\\)\[\^{re.escape(name)}\]", source)


_masked = lru_cache(maxsize=1)(mask_code)  # a page with one wrong key often has more


def _lines(pattern: str, source: str) -> tuple[int, ...]:
    masked = _masked(source)
    found = {masked.count("\n", 0, match.start()) + 1 for match in re.finditer(pattern, masked)}
    return tuple(sorted(found))
