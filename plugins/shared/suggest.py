"""“Did you mean …?” for keys, options and settings."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(word: str, known: Iterable[str], *, most: int = 3, before: str = "", cutoff: float = 0.7) -> str:
    """Return `; did you mean "a" or "b"?` for the known words nearest to `word`, or an empty string.

    `before` is put before each suggestion: a prefix that all words share and that was left out.
    """
    options = sorted(known)
    alike = [option for option in options if _composed(option) == _composed(word)]
    nearest = alike or get_close_matches(word, options, n=most, cutoff=cutoff)
    if not nearest:
        return ""
    named = " or ".join(f'"{before}{option}"' for option in nearest)
    return f"; did you mean {named}?{_strange(word, nearest[0])}"


def _strange(word: str, meant: str) -> str:
    """Say what sets one of two words apart from the other that nobody would see: its encoding, or another script."""
    if word != meant and _composed(word) == _composed(meant):
        return " (the letters look alike and are encoded differently; copy the one that is known)"
    for odd, plain, whose in ((word, meant, "your"), (meant, word, "its")):
        letters = (char for char in odd if char.isalpha() and char not in plain)
        strange = next((char for char in letters if not unicodedata.name(char, "").startswith("LATIN ")), "")
        if strange and plain.isascii():
            return f' ({whose} "{strange}" is U+{ord(strange):04X})'
    return ""


def _composed(word: str) -> str:
    return word if word.isascii() else unicodedata.normalize("NFC", word)
