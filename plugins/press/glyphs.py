"""Which characters of a page no font draws that the site ships: on some machines readers would see boxes for them.

What the fonts draw stands in a file of the theme, which `inv fonts` writes; a theme without it is not checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from lxml import etree

from plugins.press.links import PARSER
from plugins.press.site_fonts import COVERAGE, folder_of
from plugins.shared.files import digest


#: What is never drawn with the theme's fonts: no text, or set in the reader's own monospace face.
_NOT_DRAWN = frozenset({"code", "kbd", "pre", "samp", "script", "style", "template", "title"})
_INVISIBLE = frozenset(
    "\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e"
) | frozenset(map(chr, (*range(0x2060, 0x2070), 0xFEFF, *range(0xFE00, 0xFE10))))
_ASCII = bytes(range(0x80))
_RANGE = re.compile(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?")
_LAST = 0x10FFFF


@dataclass(frozen=True, slots=True)
class Coverage:
    """The characters that fonts draw, and the languages and scripts (`ar`, `cyrl`) that the reader's machine may draw.

    Without characters nothing is checked.
    """

    characters: frozenset[str] = frozenset()
    local: frozenset[str] = frozenset()

    @property
    def digest(self) -> str:
        return digest("".join((*sorted(self.characters), *sorted(self.local))).encode(errors="surrogatepass"))

    def undrawn(self, page: bytes) -> frozenset[str]:
        """Return the characters of an HTML page in UTF-8 that no font draws and that have no stated fallback."""
        if not self.characters:
            return frozenset()
        left = set(page.translate(None, _ASCII).decode()) - self.characters - _INVISIBLE  # a page is mostly ASCII
        return frozenset(left.intersection(chain.from_iterable(self._drawn(page)))) if left else frozenset()

    def _drawn(self, page: bytes) -> Iterator[str]:
        """Yield the texts that are drawn with the theme's fonts; without recursion, as a page may be nested deeply."""
        root = etree.fromstring(page, PARSER)
        waiting: list[tuple[Any, bool]] = [] if root is None else [(root, True)]
        while waiting:
            element, ours = waiting.pop()
            if not isinstance(element.tag, str):
                continue
            language = element.get("lang")
            here = ours if language is None else not self._is_local(language)
            here = here and element.tag not in _NOT_DRAWN
            if here and element.text:
                yield element.text
            for child in element:
                if here and child.tail:
                    yield child.tail
                waiting.append((child, here))

    def _is_local(self, language: str) -> bool:
        return not self.local.isdisjoint(language.replace("_", "-").lower().split("-"))


def coverage_of(settings: Mapping[str, Any]) -> Coverage:
    """Return what the fonts of a theme and of a site draw between them."""
    of_theme = _file(Path(settings["THEME"]) / COVERAGE)
    if not of_theme.characters:
        return Coverage()
    own = _file(folder_of(Path(settings["PATH"])) / COVERAGE)
    return Coverage(of_theme.characters | own.characters, of_theme.local)


def _file(path: Path) -> Coverage:
    return read(path.read_text("utf-8", "replace")) if path.is_file() else Coverage()


@lru_cache(maxsize=4)  # a build asks more than once, and one that stays in memory for each edit
def read(text: str) -> Coverage:
    """Return what a file says in lines of `characters:` (as in CSS, `U+20-7E, U+A0`) and `local:`."""
    values: dict[str, str] = dict(re.findall(r"^(characters|local):(.*)$", text, re.M))
    local = frozenset(values.get("local", "").lower().split())
    return Coverage(frozenset(_characters(values.get("characters", ""))), local)


def _characters(written: str) -> Iterator[str]:
    for first, last in _RANGE.findall(written):
        yield from map(chr, range(int(first, 16), min(int(last or first, 16), _LAST) + 1))
