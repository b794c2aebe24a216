"""“Did you mean …?” for keys, options and settings."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(word: str, known: Iterable[str], *, most: int = 3) -> str:
    """Return `; did you mean "a" or "b"?` for the known words nearest to `word`, or an empty string."""
    nearest = get_close_matches(word, sorted(known), n=most, cutoff=0.6)
    if not nearest:
        return ""
    return "; did you mean " + " or ".join(f'"{option}"' for option in nearest) + "?"
