"""What is known of a work itself that tells it, or its authors, from others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from plugins.citations.items import NAMES
from plugins.citations.model import Item


_RUN = re.compile(r"[^\W_]+")


def runs(text: str) -> list[str]:
    """Return the runs of letters and digits of a text, without regard to case."""
    return _RUN.findall(text.casefold())


@dataclass(frozen=True, slots=True)
class Known:
    """A work's words; its people, each as all words of the name; and each word of a family name, with whose it is."""

    words: frozenset[str]
    people: frozenset[tuple[str, ...]]
    families: tuple[tuple[str, tuple[str, ...]], ...]

    @classmethod
    def of(cls, item: Item) -> Known:
        names = [name for role in NAMES for name in _listed(item.get(role))]
        people = [(tuple(sorted(_words(name))), name) for name in names]
        families = ((word, person) for person, name in people for word in runs(_family(name)))
        return cls(frozenset(_words(item)), frozenset(person for person, _ in people), tuple(families))


def _listed(names: Any) -> list[Any]:
    return names if isinstance(names, list) else [] if names is None else [names]


def _family(name: Any) -> str:
    """Return the family name; all that is said of a name that is no mapping of its parts."""
    return str(name.get("family", "")) if isinstance(name, Mapping) else str(name)


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _words(part)
    else:
        yield from runs(str(value))
