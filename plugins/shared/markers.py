"""How a syntax extension hands data to a later pass: JSON in a `data-` attribute of a marker element.

The value is percent-encoded, so that it is made of letters, digits and `-._~%` alone: typography and
sanitising, which run in between, find nothing in it to change. Markers come out of an author's text,
who may forge one in raw HTML; whoever decodes a marker checks the shape of what it gets.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, unquote

from plugins.shared.characters import all_printable


def encode(data: Any) -> str:
    return quote(json.dumps(data, ensure_ascii=False, sort_keys=True), safe="")


def decode(value: str) -> Any:
    """Return the data of a marker without control characters, or None if it is not one of ours."""
    try:
        return all_printable(json.loads(unquote(value, errors="strict")))
    except (ValueError, RecursionError):
        return None
