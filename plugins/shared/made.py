"""A file of the output that no template makes, such as a list of works: a plugin hands it to Pelican's writer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Made:
    """A file by its name, how its text is made, and all that this depends on beside the code.

    `made_of` holds plain values, and articles or pages for what lists show of them. While it is the same, the file of
    the last build stands and `text` is not asked.
    """

    name: str
    text: Callable[[], str]
    made_of: tuple[Any, ...]

    def render(self, _context: Mapping[str, Any]) -> str:
        """Return the text: to a writer it is a template that always says the same."""
        return self.text()
