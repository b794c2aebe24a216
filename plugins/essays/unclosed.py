"""Find what ends too late or never in an author's HTML, and takes with it what stands behind it.

Browsers, and who sanitises as they do, read a value in quotation marks to the next mark, wherever that is, and drop a
tag or a comment that the text ends in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


_MARKUP = re.compile(r"<(?:!--|/?([a-z][^\s/>]*+))", re.I)
_COMMENT = re.compile(r"<!--(?:-?>|.*?--!?>)", re.S)
_VALUE = r"""=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])[^\s>]*+)"""
_REST = re.compile(rf"(?:[^>=]++|{_VALUE})*+>")
_VALUES = re.compile(_VALUE)
_ENDS = re.compile(r"\s|/?>|\Z")  # what stands behind a value; a mark that was to begin one has its first letter there
_WORDS = frozenset({"iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"})  # hold no tags


@dataclass(frozen=True, slots=True)
class Unclosed:
    """What is not closed, in words, what closes it, and the text from there to where it ends after all."""

    what: str
    remedy: str
    written: str

    @property
    def beginning(self) -> str:
        """What of it stands in the source as it is here: Markdown works on what comes next."""
        return self.written[0] + re.split(r"[<\n]", self.written[1:], maxsplit=1)[0]


def unclosed(html: str) -> Iterator[Unclosed]:
    """Yield each comment and tag that is not closed where it was meant to be."""
    place = 0
    while found := _MARKUP.search(html, place):
        name = found[1]
        whole = _REST.match(html, found.end()) if name else _COMMENT.match(html, found.start())
        place = whole.end() if whole else len(html)
        if fault := _fault(name, html[found.start() : place], is_whole=whole is not None):
            yield fault
        if name and name.lower() in _WORDS:
            end = re.compile(f"</{name}", re.I).search(html, place)
            place = end.start() if end else len(html)


def _fault(name: str | None, written: str, *, is_whole: bool) -> Unclosed | None:
    if name is None:
        return None if is_whole else Unclosed("a comment", 'write "-->"', written)
    words = _VALUES.sub(" ", written[1:])
    runs_on = any("<" in found[0] and not _ENDS.match(written, found.end()) for found in _VALUES.finditer(written))
    if runs_on or '"' in words or "'" in words:
        return Unclosed(f"a quotation mark in <{name}>", "close it", written)
    return None if is_whole and "<" not in words else Unclosed(f"the tag <{name}>", 'write ">"', written)
