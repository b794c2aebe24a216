"""Which originals need not be published, as what is made of them is shown in their place."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fnmatch import fnmatchcase


def replaced(shown: Collection[str], linked: Collection[str], asked: Iterable[str]) -> frozenset[str]:
    """Return the pictures that texts show, but for those that a text links to, or a pattern asks for."""
    patterns = tuple(asked)
    return frozenset(
        name for name in shown if name not in linked and not any(fnmatchcase(name, each) for each in patterns)
    )
