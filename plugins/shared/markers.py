"""How a syntax extension hands data to a later pass: JSON in a `data-` attribute of a marker element.

The value is percent-encoded, so that it is made of letters, digits and `-._~%` alone: typography and
sanitising, which run in between, find nothing in it to change. Markers come out of an author's text,
who may forge one in raw HTML; whoever decodes a marker checks the shape of what it gets.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote, unquote


# What no page may hold: a character reference in an author's text can stand for it.
_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff\ufffe\uffff]")


def encode(data: Any) -> str:
    return quote(json.dumps(data, ensure_ascii=False, sort_keys=True), safe="")


def decode(value: str) -> Any:
    """Return the data of a marker without control characters, or None if it is not one of ours."""
    try:
        return _clean(json.loads(unquote(value, errors="strict")))
    except (ValueError, RecursionError):
        return None


def _clean(data: Any) -> Any:
    if isinstance(data, dict):
        return {_clean(name): _clean(part) for name, part in data.items()}
    if isinstance(data, list):
        return [_clean(part) for part in data]
    return _CONTROL.sub("", data) if isinstance(data, str) else data
