"""A file that is all there already, where Pelican's writers want a template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Ready:
    """A template that always says the same, so that any writer of Pelican's can write it."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self._text = text

    def render(self, _context: Mapping[str, Any]) -> str:
        return self._text
