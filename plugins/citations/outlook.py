"""Foresee which works many texts cite: what is printed of them is worth keeping."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from plugins.citations.model import Item
from plugins.shared.crew import cores


if TYPE_CHECKING:
    from plugins.citations.clerk import Task

_KEY = re.compile(re.escape(quote('"id": "')) + "(.*?)" + re.escape(quote('"')))
_TEXTS = 40  # of fewer it is not worth it
_TIMES = 6  # that a work is cited on average, for each core: what one prints of it, it prints for itself


class Outlook:
    """What the texts that are to be resolved will cite."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self._tasks = tasks

    def take(self, address: str, locale: str) -> list[Item]:
        """Return the works that texts of a style and locale cite, if they do so often; of each once."""
        return self._often.pop((address, locale), [])

    @cached_property
    def _often(self) -> dict[tuple[str, str], list[Item]]:
        groups: dict[tuple[str, str], list[Task]] = {}
        for task in self._tasks if len(self._tasks) >= _TEXTS else ():
            if task.style is not None:
                groups.setdefault((task.style.path, task.locale), []).append(task)
        return {group: works for group, tasks in groups.items() if (works := _works(tasks))}


def _works(tasks: Sequence[Task]) -> list[Item]:
    """Return the works that texts cite, without those whose key means another elsewhere."""
    times = Counter[str]()
    found: dict[str, Item | None] = {}
    for task in tasks:
        keys = set(_keys(task.html)) & task.items.keys()
        times.update(keys)
        for key in sorted(keys):
            found[key] = task.items[key] if found.setdefault(key, task.items[key]) is task.items[key] else None
    is_often = len(tasks) >= _TEXTS and times.total() >= _TIMES * cores() * len(times)
    return [item for item in found.values() if item is not None] if is_often else []


def _keys(html: str) -> Iterator[str]:
    """Yield the keys in a text's markers, as those are encoded; one that is passed over is not foreseen."""
    return map(unquote, _KEY.findall(html))
