"""The normal form in which a shorter form is sought in the marked words.

Quotation marks, dashes, ellipses and white space fold to one of each kind, and text to Unicode NFC. An asterisk
is nothing: whoever copies words out of a source copies its emphasis. No letter becomes another: not in case,
not in width, and Han characters never by their variants.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


ELLIPSIS = "…"
_SIGNS = re.compile(
    r"(?P<space>\s+)|(?P<ellipsis>…+|\.(?:\s?\.){2,})|(?P<dash>[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D-]+)"
    r"|(?P<double>[\"“”„‟«»″「」『』〝〞])|(?P<single>['‘’‚‛‹›′])|(?P<nothing>[\u00AD\u200B\u2060\uFEFF*])"
)
_FOLDED = {"space": " ", "ellipsis": ELLIPSIS, "dash": "-", "double": '"', "single": "'", "nothing": ""}
_CONJOINING = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff]")


@dataclass(frozen=True, slots=True)
class Folded:
    """Text in normal form; `starts[i]` and `ends[i]` say where in the original its character i stands."""

    text: str
    original: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def source(self, start: int, end: int) -> str:
        """Return the original of a part that is not empty."""
        return self.original[self.starts[start] : self.ends[end - 1]]


def fold(original: str) -> Folded:
    parts: list[tuple[str, int, int]] = []
    position = 0
    while position < len(original):
        sign = _SIGNS.match(original, position)
        end = sign.end() if sign else _cluster_end(original, position)
        folded = _FOLDED[sign.lastgroup] if sign and sign.lastgroup else _composed(original[position:end])
        parts += [(character, position, end) for character in folded]
        position = end
    text, starts, ends = zip(*parts, strict=True) if parts else ((), (), ())
    return Folded("".join(text), original, starts, ends)


def _composed(cluster: str) -> str:
    return unicodedata.normalize("NFC", cluster)


def _cluster_end(text: str, start: int) -> int:
    """Return the end of a character with the marks that may compose with it."""
    end = start + 1
    while end < len(text) and (unicodedata.combining(text[end]) or _CONJOINING.match(text[end])):
        end += 1
    return end
