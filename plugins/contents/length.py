"""Tell long texts from short ones, for which no tree of HTML need be made."""

from __future__ import annotations

import re


_START = re.compile(r"<h([2-6])[\s>]")


def is_long(text: str, least: int, depth: int) -> bool:
    """Tell whether a text may have so many headings down to a level."""
    return sum(int(level) <= depth for level in _START.findall(text)) >= least
