"""Stand-ins for templates that a theme lacks or that cannot be read: only the pages that ask for one are spoilt."""

from __future__ import annotations

from typing import Any

import jinja2


class MissingTemplate:
    """Stand for a template that the theme lacks, so that only the page that asks for it is spoilt."""

    def __init__(self, name: str) -> None:
        self.name = name

    def render(self, _context: dict[str, Any]) -> str:
        raise jinja2.TemplateNotFound(self.name)


class BrokenTemplate(MissingTemplate):
    def __init__(self, name: str, error: Exception) -> None:
        super().__init__(name)
        self._error = error

    def render(self, _context: dict[str, Any]) -> str:
        raise self._error
