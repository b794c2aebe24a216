"""What a text rests on beside its own words: a work of the bibliography, the address of another essay.

Whoever resolves something in a text notes it in `content.grounds`, as pairs of kind and name. Who knows a kind says
what holds for a name now, as short text. A text whose grounds all hold need not be resolved again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias


#: A kind, and a name of that kind.
Ground: TypeAlias = tuple[str, str]
Lookup: TypeAlias = Callable[[str], str]

#: The key of Pelican's settings under which the press keeps who knows what.
SETTING = "GROUNDS"


class Grounds:
    """Who knows a kind of ground. What nobody knows does not hold."""

    def __init__(self) -> None:
        self._lookups: dict[str, Lookup] = {}
        self._known: dict[Ground, str] = {}

    def provide(self, kind: str, lookup: Lookup) -> None:
        """Have `lookup` asked for names of a kind; it answers a name that there is not with an empty text."""
        self._lookups[kind] = lookup
        self._known = {}

    def now(self, ground: Ground) -> str | None:
        """Return what holds for a ground in this build, or None if nobody knows."""
        if ground not in self._known:
            lookup = self._lookups.get(ground[0])
            if lookup is None:
                return None
            self._known[ground] = lookup(ground[1])
        return self._known[ground]


def grounds_of(settings: Mapping[str, Any]) -> Grounds:
    """Return the collection that the press put into Pelican's settings, or one that nobody asks."""
    grounds = settings.get(SETTING)
    return grounds if isinstance(grounds, Grounds) else Grounds()


def rest(content: Any, *grounds: Ground) -> None:
    """Note what a text rests on."""
    content.__dict__.setdefault("grounds", set()).update(grounds)
