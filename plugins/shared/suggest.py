"""“Did you mean …?” for keys, options and settings."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(word: str, known: Iterable[str], *, most: int = 3, before: str = "") -> str:
    """Return `; did you mean "a" or "b"?` for the known words nearest to `word`, or an empty string.

    `before` is put before each suggestion: a prefix that all words share and that was left out.
    """
    nearest = get_close_matches(word, sorted(known), n=most, cutoff=0.7)
    if not nearest:
        return ""
    return "; did you mean " + " or ".join(f'"{before}{option}"' for option in nearest) + "?"
