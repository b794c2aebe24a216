"""Tell where brackets end, and where a text is no running text: in addresses, attributes, code, math."""

from __future__ import annotations

import re

from plugins.citations.parse import has_key


LONGEST = 20_000  # characters of a citation; the search for its end stays short
_NEAR = 500  # characters before and behind a key that are looked at
_URL = re.compile(r"(?:\w://|\bwww\.)[^\s()<>\"“”]*\Z")
_BRACKET = re.compile(r"[\[\]]")
_TAG = re.compile(r"<(?:/?[a-z][^<>]*|!--.*?--)>", re.I | re.S)
_RAW = re.compile(r"<(/?)(a|button|code|kbd|math|pre|samp|script|style|svg|textarea)\b[^<>]*>", re.I)
_ATTRIBUTES = re.compile(r"\{:?\s*(?:[#.][\w-]|[\w-]+=)[^{}\n]*\Z")
_ATTRIBUTES_END = re.compile(r"[^{}\n]*\}")
# As Pandoc has it: no space within the dollars, no digit behind the second.
_MATH = re.compile(r"(?<![\\$\w])\$(?=[^\s$])([^$]*)\Z")
_MATH_END = re.compile(r"([^$]*)(?<=[^\s$])\$(?![\w$])")
_FORMULA = re.compile(r"[\\^_=+<>|]")


def closing(text: str, start: int) -> int | None:
    """Return where the bracket that opened before `start` is closed."""
    depth = 1
    for sign in _BRACKET.finditer(text, start, start + LONGEST):
        depth += 1 if sign[0] == "[" else -1
        if depth == 0:
            return sign.end()
    return None


def belongs_elsewhere(text: str, start: int, end: int) -> bool:
    """Tell whether brackets stand where no text runs, or make a link, a span or an image."""
    if is_elsewhere(text, start, end):
        return True
    after = text[end : end + 1]
    if after in {"(", "{"}:
        return True
    if after == "[":
        following = closing(text, end + 1)
        return following is None or not has_key(text[end + 1 : following - 1])
    return text[start - 1 : start] == "!"


def is_elsewhere(text: str, start: int, end: int) -> bool:
    """Tell whether what stands from start to end is part of an address, an attribute, code or math."""
    before = text[max(0, start - _NEAR) : start]
    return bool(
        _in_tag(text, start)
        or _URL.search(before)
        or (_ATTRIBUTES.search(before) and _ATTRIBUTES_END.match(text, end))
        or _in_math(before, text, end)
        or _in_raw(text[:start])
    )


def _in_tag(text: str, start: int) -> bool:
    return "<" in text and any(tag.start() < start < tag.end() for tag in _TAG.finditer(text))


def _in_math(before: str, text: str, end: int) -> bool:
    if "$" not in before:
        return False
    if before.count("$$") % 2 and "$$" in text[end : end + _NEAR]:
        return True
    opened, closed = _MATH.search(before), _MATH_END.match(text, end, end + _NEAR)
    return bool(opened and closed and _FORMULA.search(opened[1] + closed[1]))


def _in_raw(before: str) -> bool:
    """Tell whether HTML of the author's own opened an element whose text is taken as it is."""
    opened: list[str] = []
    for tag in _RAW.finditer(before) if "<" in before else ():
        name = tag[2].lower()
        if not tag[1]:
            opened.append(name)
        elif name in opened:
            opened.remove(name)
    return bool(opened)
