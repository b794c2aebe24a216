"""Lines of a YAML text. YAML ends a line at more characters than editors do."""

from __future__ import annotations

import re
from functools import lru_cache


_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


def line_feeds(text: str, line: int) -> int:
    """Return how many line feeds stand before a line of YAML's, counted from 0."""
    before = _line_feeds_before(text)
    return before[min(line, len(before) - 1)]


@lru_cache(maxsize=1)  # whoever asks for one line of a text has more to ask
def _line_feeds_before(text: str) -> list[int]:
    """Return how many line feeds stand before each line."""
    counts = [0]
    for match in _BREAK.finditer(text):
        counts.append(counts[-1] + match[0].endswith("\n"))
    return counts
