"""Tell whether style in a drawing stays within it."""

from __future__ import annotations

import re
import sys


_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})[ \t\r\n\f]?|(.|\n))", re.I | re.S)
# Whatever takes an address, and old ways to run a program.
_LOADING = re.compile(
    r"@import|@namespace|\b(?:url|src|image|image-set|cross-fade)\s*\(|expression\s*\(|-moz-binding|behavior\s*:", re.I
)
_WITHIN = re.compile(
    r"""url\(\s*(["']?)(?:#|data:(?:image/(?:png|jpeg|gif|webp|avif)|font/|application/(?:x-)?font))[^"'()\\]*\1\s*\)""",
    re.I,
)


def is_harmless(style: str) -> bool:
    """Tell whether a style sheet, a declaration or the value of an attribute loads nothing from elsewhere."""
    for text in (style, decoded(style)):
        if _LOADING.search(_WITHIN.sub(" ", _COMMENT.sub(" ", text))) or _LOADING.search(_WITHIN.sub(" ", text)):
            return False
    return True


def decoded(style: str) -> str:
    """Return the text without CSS's escapes, in which any letter can be written."""
    return _ESCAPE.sub(lambda match: _char(match[1]) if match[1] else match[2], style)


def _char(digits: str) -> str:
    number = int(digits, 16)
    return chr(number) if 0 < number <= sys.maxunicode else "\ufffd"
