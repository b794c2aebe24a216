"""Two sources cannot have one address."""

from __future__ import annotations

import unicodedata
from typing import Any

from plugins.essays.model import Kind
from plugins.shared.problems import Problem


class Slugs:
    """Keep the slugs and explicit addresses of the sources of one kind, in the order in which they are read."""

    def __init__(self, default_lang: str) -> None:
        self._lang = default_lang.lower()
        self._paths: dict[tuple[str, ...], str] = {}

    def claim(self, metadata: dict[str, Any], path: str, kind: Kind, line: int) -> Problem | None:
        """Take an address for a source; return what is wrong if an earlier source has it."""
        drafts = "draft" if metadata.get("status") == "draft" else ""
        key: tuple[str, ...]
        if "save_as" in metadata:
            key, what = ("save_as", metadata["save_as"]), f'the address "{metadata["save_as"]}"'
            code = "address-duplicate"
        else:
            key = ("slug", kind, drafts, metadata.get("lang", self._lang), metadata["slug"])
            what, code = f'the slug "{metadata["slug"]}"', "slug-duplicate"
        first = self._paths.setdefault(tuple(unicodedata.normalize("NFC", part).casefold() for part in key), path)
        if first == path:
            return None
        return Problem(path, line, code, f'{what} is taken by "{first}"; give one of them another, or another lang')
