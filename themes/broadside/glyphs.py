"""Tell which characters of a page no shipped font draws: a reader whose machine lacks them sees boxes or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from fontTools.ttLib import TTFont


#: Languages that the reader's own machine draws, with the generic `serif` at the end of every stack: systems sold
#: where they are read have such a face, and the theme ships none.
LOCAL_FALLBACK = frozenset("ar bn el fa he hi ja ka ko ru ta th uk ur".split())
_UNDRAWN_ELEMENTS = frozenset({"script", "style", "title", "template"})
_LOCAL_ELEMENTS = frozenset({"code", "kbd", "pre", "samp"})  # set in the reader's own monospace face
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_INVISIBLE = frozenset("\n\r\t\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")


@dataclass(frozen=True, slots=True, order=True)
class Undrawn:
    """A character without a glyph, and the words round its first place."""

    character: str
    near: str

    def __str__(self) -> str:
        return f'U+{ord(self.character):04X} "{self.character}" near "{self.near}"'


def shipped(fonts: Path) -> frozenset[str]:
    """Return the characters that the fonts of a folder draw between them."""
    return frozenset(chr(code) for path in sorted(fonts.glob("*.woff2")) for code in TTFont(path).getBestCmap())


def undrawn(page: str, characters: frozenset[str]) -> tuple[Undrawn, ...]:
    """Return each character of an HTML page that is not among `characters` and has no stated fallback."""
    found: dict[str, str] = {}
    for text in texts(page):
        for place, char in enumerate(text):
            if char not in characters and char not in _INVISIBLE:
                found.setdefault(char, " ".join(text[max(place - 20, 0) : place + 20].split()))
    return tuple(sorted(Undrawn(char, near) for char, near in found.items()))


def texts(page: str) -> Iterator[str]:
    """Yield the texts of a page that are drawn with the theme's fonts."""
    reader = _Texts()
    reader.feed(page)
    reader.close()
    yield from reader.found


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        above = self._open[-1][1] if self._open else True
        language = dict(attrs).get("lang")
        ours = language.split("-")[0].lower() not in LOCAL_FALLBACK if language else above
        self._open.append((tag, ours and tag not in _UNDRAWN_ELEMENTS | _LOCAL_ELEMENTS))

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place][0] == tag:
                del self._open[place:]
                return

    def handle_data(self, data: str) -> None:
        if not self._open or self._open[-1][1]:
            self.found.append(data)
