"""The ids that notes, marks, citations and works have on a page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


def name_of(content: Any) -> str:
    """Return what tells a text from the site's others: its slug, and the language of a translation."""
    is_own = content.lang == content.settings["DEFAULT_LANG"]
    return str(getattr(content, "slug", "")) + ("" if is_own else f"-{content.lang}")


@dataclass(frozen=True, slots=True)
class Ids:
    """Ids that end in the name of their page, where several texts may stand on one."""

    page: str = ""

    def note(self, number: int) -> str:
        return f"note-{number}{self._end}"

    def mark(self, number: int, place: int) -> str:
        """Return the id of a note's mark at a place, counted from 1."""
        return f"ref-{number}{self._end}" if place == 1 else f"ref-{number}-{place}{self._end}"

    def citation(self, number: int) -> str:
        return f"cite-{number}{self._end}"

    def works(self, keys: Iterable[str]) -> dict[str, str]:
        """Return an id for each key: letters, digits and `_.-` of it, told apart by a number where need be."""
        ids: dict[str, str] = {}
        taken = set()
        for key in keys:
            base = name = "work-" + re.sub(r"[^A-Za-z0-9_.-]+", "-", key)
            number = 1
            while name in taken:
                number += 1
                name = f"{base}-{number}"
            taken.add(name)
            ids[key] = name + self._end
        return ids

    @property
    def _end(self) -> str:
        return f".{self.page}" if self.page else ""
