"""Quotation marks and tags that a field leaves open. The engine's time doubles with each of them."""

from __future__ import annotations

import re


MAX_OPEN = 10
_SIGNS = re.compile(r"<(?P<end>/?)[a-z][^<>]*>|[“‘«„‚‹](?=\S)|[”’»›]|[\"']", re.I)
_OPENING, _CLOSING = frozenset("“‘«„‚‹"), frozenset("”’»›")


def most_open(text: str) -> int:
    """Return how many quotation marks and tags are open at once at most."""
    depth = most = 0
    for sign in _SIGNS.finditer(text):
        depth = max(0, depth + _step(sign))
        most = max(most, depth)
    return most


def _step(sign: re.Match[str]) -> int:
    if sign[0] in _OPENING:
        return 1
    if sign[0] in _CLOSING:
        return -1
    if sign[0].startswith("<"):
        return -1 if sign["end"] else 1
    before, after = sign.string[: sign.start()][-1:], sign.string[sign.end() :][:1]
    if not before.isalnum() and after and not after.isspace():
        return 1
    return -1 if before and not before.isspace() and not after.isalnum() else 0
