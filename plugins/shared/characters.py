"""Characters that no page may hold: a character reference in an author's text can stand for one."""

from __future__ import annotations

import re
from typing import Any


_UNFIT = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """Return a text without control characters, turns of direction and what is no character."""
    return _UNFIT.sub("", text)


def all_printable(data: Any) -> Any:
    """Return data of JSON with every text and name in it printable."""
    if isinstance(data, dict):
        return {all_printable(name): all_printable(part) for name, part in data.items()}
    if isinstance(data, list):
        return [all_printable(part) for part in data]
    return printable(data) if isinstance(data, str) else data
