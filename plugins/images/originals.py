"""Which originals are published beside what is made of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fnmatch import fnmatchcase


def kept_back(shown: Collection[str], linked: Collection[str], asked: Iterable[str]) -> frozenset[str]:
    """Return the pictures that are shown and whose originals nobody links to or asks for, by pattern."""
    patterns = tuple(asked)
    return frozenset(
        name for name in shown if name not in linked and not any(fnmatchcase(name, each) for each in patterns)
    )
