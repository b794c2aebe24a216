"""Find the line of a construct in the Markdown it was written in.

Python-Markdown keeps no positions. A fault of a citation or a mark depends on its own raw text alone,
so every place where that text stands outside code has the fault: searching for it is exact enough to
send an author to the right lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from urllib.parse import unquote


# Fenced blocks, then code spans; indented code is left alone, as list items are indented too.
_FENCE = re.compile(r"^( {0,3})(```+|~~~+)[^\n]*\n.*?(?:^\1? {0,3}\2[`~]*[ ]*$|\Z)", re.M | re.S)
_SPAN = re.compile(r"(?<![\\`])(`+)(?!`)(?:(?!\n[ ]*\n).)+?(?<!`)\1(?!`)", re.S)
# Python-Markdown's placeholder for what an earlier inline pattern took out of the text.
_STASHED = re.compile("\x02[^\x03]*(?:\x03|\\Z)")
_BETWEEN = re.compile(r"[\s>]+")  # words of a construct: white space, and the marks of a block quotation
_ENOUGH = 400  # characters of a construct that tell it from others; some go on to the end of the text
# What an address follows: in a link or its definition or an attribute; on its own; anywhere that is no longer address.
_BEFORE_ADDRESS = tuple(
    re.compile(rf"{before}\Z") for before in (r"(?:\]\(|\]:|=)\s*[<\"']?", "<", r"(?:\A|[\s,(\"'])")
)
_AFTER_ADDRESS = frozenset({"", *" \t\n<>()[]\"',"})
_NEAR = 20  # characters before an address that are looked at
_ANYTHING = r"[^\n]*?(?:\n[^\n]+?){0,4}?"


@lru_cache(maxsize=1)  # a text with one fault often has more
def mask_code(source: str) -> str:
    """Return the source with the contents of code blanked; lines and columns stay."""
    if "`" not in source and "~~~" not in source:
        return source
    for pattern in (_FENCE, _SPAN):
        source = pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), source)
    return source


def lines_of(needle: str, source: str) -> tuple[int, ...]:
    """Return the lines (from 1) where the construct starts; (1,) if it cannot be found.

    White space in the needle matches any white space and the `>` of a block quotation; what an earlier
    pattern stashed matches anything.
    """
    parts = _STASHED.split(needle.strip()[:_ENOUGH])
    while parts and not parts[0].strip():  # what the construct starts with tells its line
        del parts[0]
    if not parts:
        return (1,)
    masked = mask_code(source)
    if len(parts) == 1:
        starts = list(_starts(_BETWEEN.split(parts[0].lstrip()), masked))
    else:
        starts = [match.start() for match in re.finditer(_pattern(parts), masked)]
    return tuple(sorted({masked.count("\n", 0, start) + 1 for start in starts})) or (1,)


def line_of_key(source: str, *keys: str) -> int:
    """Return the line of the first of these keys that stands in front matter, or 1."""
    for key in keys:
        if found := re.search(rf"^{key.replace('_', '[_-]')}[ \t]*:", source, re.M | re.I):
            return source.count("\n", 0, found.start()) + 1
    return 1


def lines_of_address(address: str, source: str) -> tuple[int, ...]:
    """Return the lines where an address stands as a link's or an image's; (1,) if it cannot be found."""
    masked = mask_code(source)
    forms = dict.fromkeys((address, escape(address), unquote(address)))
    places = [(start, masked[max(0, start - _NEAR) : start]) for form in forms for start in _whole(form, masked)]
    for before in _BEFORE_ADDRESS:
        starts = [start for start, text in places if before.search(text)]
        if starts:
            return tuple(sorted({masked.count("\n", 0, start) + 1 for start in starts}))
    return (1,)


def _whole(address: str, text: str) -> Iterator[int]:
    """Yield where an address stands that is not the beginning of a longer one."""
    start = text.find(address) if address else -1
    while start >= 0:
        end = start + len(address)
        if text[end : end + 1] in _AFTER_ADDRESS:
            yield start
        start = text.find(address, end)


def _pattern(parts: list[str]) -> str:
    """Return the pattern of parts with something stashed between them.

    Each is taken where it first stands: with many parts, to try all their places would take for ever.
    """
    first, *rest = map(_literal, (parts[0].lstrip(), *parts[1:]))
    return first + "".join(rf"(?>{_ANYTHING}{part})" for part in rest)


def _literal(text: str) -> str:
    # Words hold none of what stands between them, or there would be too many ways to share it out.
    return _BETWEEN.pattern.join(map(re.escape, _BETWEEN.split(text)))


def _starts(words: list[str], text: str) -> Iterator[int]:
    """Yield where the pattern of one part would match, which is too long to be made for one search."""
    start = text.find(words[0])
    while start >= 0:
        end = _end_of(words, text, start)
        if end is not None:
            yield start
        start = text.find(words[0], end or start + 1)


def _end_of(words: list[str], text: str, start: int) -> int | None:
    """Return where words that may begin at `start` end, or None if they are others."""
    end = start + len(words[0])
    for word in words[1:]:
        between = _BETWEEN.match(text, end)
        if between is None or not text.startswith(word, between.end()):
            return None
        end = between.end() + len(word)
    return end
