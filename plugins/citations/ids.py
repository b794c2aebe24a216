"""The ids that notes, marks, citations and works have on a page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from plugins.shared.html import Element


_OF_FOOTNOTES = ("fn:", "fnref")
# Attributes that hold ids of the same page.
_LEADING = ("aria-labelledby", "aria-describedby", "headers")


@dataclass(frozen=True, slots=True)
class Ids:
    """Ids that end in the name of their text, where several texts may stand on one page."""

    end: str = ""

    def note(self, number: int) -> str:
        return f"note-{number}{self.end}"

    def mark(self, number: int, place: int) -> str:
        """Return the id of a note's mark at a place, counted from 1."""
        return f"ref-{number}{self.end}" if place == 1 else f"ref-{number}-{place}{self.end}"

    def citation(self, number: int) -> str:
        return f"cite-{number}{self.end}"

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
            ids[key] = name + self.end
        return ids

    def extend(self, root: Element) -> None:
        """Have the ids that a text was read with end like the others, and what in the text leads to them.

        Those of footnotes are left as they are: notes have ids of their own.
        """
        if not self.end:
            return
        found = {name: one for one in root.iter("*") if (name := one.get("id")) and not name.startswith(_OF_FOOTNOTES)}
        for name, one in found.items():
            one.set("id", f"{name}{self.end}")
        for one in root.iter("*"):
            if (href := one.get("href", ""))[:1] == "#" and unquote(href[1:]) in found:
                one.set("href", f"{href}{self.end}")
            for attribute in _LEADING:
                if names := one.get(attribute):
                    one.set(attribute, " ".join(f"{n}{self.end}" if n in found else n for n in names.split()))
