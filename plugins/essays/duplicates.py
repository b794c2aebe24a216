"""Two sources cannot have one address."""

from __future__ import annotations

import unicodedata

from plugins.essays.claims import Claims
from plugins.shared.problems import Problem


class Slugs:
    """Keep the slugs and explicit addresses of the sources of one kind, in the order in which they are read."""

    def __init__(self) -> None:
        self._paths: dict[tuple[str, ...], str] = {}

    def claim(self, claims: Claims, path: str) -> Problem | None:
        """Take an address for a source; return what is wrong if an earlier source has it."""
        key = tuple(unicodedata.normalize("NFC", part).casefold() for part in claims.place)
        first = self._paths.setdefault(key, path)
        if first == path:
            return None
        message = f'{claims.what} is taken by "{first}"; give one of them another, or another lang'
        return Problem(path, claims.line, claims.code, message)
