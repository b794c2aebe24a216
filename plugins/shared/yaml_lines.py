"""Lines of a YAML text. YAML ends a line at more characters than editors do."""

from __future__ import annotations

import re


_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


def line_feeds(text: str, line: int) -> int:
    """Return how many line feeds stand before a line of YAML's, counted from 0."""
    ends = [match.end() for match, _ in zip(_BREAK.finditer(text), range(line), strict=False)]
    return text.count("\n", 0, ends[-1]) if ends else 0
