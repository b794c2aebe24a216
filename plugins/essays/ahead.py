"""Read sources on all cores, ahead of Pelican, which asks for them one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from plugins.essays.model import Reading
from plugins.shared.crew import in_order


#: The digest of a source, and what reading it gave.
Read: TypeAlias = tuple[str, Reading]


class Ahead:
    """Readings under way in worker processes, in the order in which they will be asked for."""

    def __init__(self, paths: Sequence[str], read_one: Callable[[str], Read], workers: int = 0) -> None:
        self._coming: Iterator[tuple[str, Read]] = zip(paths, in_order(read_one, paths, workers), strict=True)
        self._waiting = set(paths)
        self._come: dict[str, Read] = {}

    def take(self, path: str) -> Read | None:
        """Return the reading of a source, or None if it is not under way."""
        while path in self._waiting:
            name, reading = next(self._coming)
            self._waiting.remove(name)
            self._come[name] = reading
            if not self._waiting:
                next(self._coming, None)  # so that the workers end
        return self._come.pop(path, None)
