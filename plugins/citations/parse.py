"""Read Pandoc's citation syntax: the inside of `[see @a, pp. 3-5; -@b and passim]`.

Source: the Pandoc manual, “Citation syntax”. A backslash takes the meaning from the sign after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5

from plugins.citations.locators import opens_brace
from plugins.citations.model import Citation, CitationItem, Fault


# A key starts with a letter, a digit or an underscore; of other signs it holds single ones, each between those.
BARE_KEY = r"\w+(?:[:.#$%&\-+?<>~/]\w+)*"
# What stands before a key may not be a word character: then it is an e-mail address.
_KEY = re.compile(rf"(?<![\w\\/])(?P<suppress>-?)@(?:\{{(?P<braced>[^{{}}\n]*)\}}|(?P<bare>{BARE_KEY}))")
_OPEN_KEY = re.compile(r"(?<![\w\\])@\{")
_REFERENCE = re.compile(r"#(?:\d{1,7}|[xX][\da-fA-F]{1,6});")
_LONGEST_ENTITY = 33
_SEPARATORS = frozenset(";；")


def has_key(text: str) -> bool:
    """Tell whether a text in brackets means to cite."""
    return bool(_KEY.search(text) or _OPEN_KEY.search(text))


def parse_group(text: str) -> Citation | Fault | None:
    """Read the text between `[` and `]`: a citation, what is wrong with it, or None if it cites nothing."""
    return _parse_all(_parts(text)) if has_key(text) and not _is_nested(text) else None


def parse_bracket(first: CitationItem, text: str) -> Citation | Fault:
    """Read the text between the brackets behind a key in the sentence: `p. 3; see also @b`."""
    own, *others = _parts(text)
    if _KEY.search(own):
        others = [own, *others]
    else:
        spaced = own if not own or own[0] in " {," else f" {own}"
        first = CitationItem(first.id, "", _folded(first.rest + spaced).rstrip(), first.mode)
    if fault := _open_locator(first.rest):
        return fault
    rest = _parse_all(others)
    return rest if isinstance(rest, Fault) else (first, *rest)


def _parse_all(parts: Iterator[str] | list[str]) -> Citation | Fault:
    items = []
    for part in parts:
        item = _parse_item(part)
        if isinstance(item, Fault):
            return item
        items.append(item)
    return tuple(items)


def _is_nested(text: str) -> bool:
    """Tell whether the first key stands within brackets of its own."""
    match = _KEY.search(text) or _OPEN_KEY.search(text)
    before = re.sub(r"\\.", "", text[: match.start()]) if match else ""
    return before.count("[") > before.count("]")


def _parts(text: str) -> Iterator[str]:
    """Split at semicolons that are not escaped or within brackets or braces."""
    depth = start = position = 0
    while position < len(text):
        sign = text[position]
        if sign == "\\":
            position += 1
        elif sign in "{[":
            depth += 1
        elif sign in "}]":
            depth = max(0, depth - 1)
        elif sign in _SEPARATORS and depth == 0 and not _ends_entity(text, position):
            yield text[start:position]
            start = position + 1
        position += 1
    yield text[start:]


def _ends_entity(text: str, position: int) -> bool:
    """Tell whether a semicolon ends a character reference such as `&amp;`."""
    name = text[max(0, position - _LONGEST_ENTITY) : position + 1].rpartition("&")
    return bool(name[1]) and (name[2] in html5 or bool(_REFERENCE.fullmatch(name[2]) and unescape("".join(name[1:]))))


def _parse_item(part: str) -> CitationItem | Fault:
    match = _KEY.search(part)
    if not match:
        return _keyless(part)
    key = match["bare"] or (match["braced"] or "").strip()
    if not key:
        return Fault('"@{}" names no item; write its key between the braces')
    rest = part[match.end() :]
    if part[: match.start()].endswith("@"):
        return Fault(f'"@@{key}" has an @ too many; write "[@{key}]"')
    if fault := _open_locator(rest):
        return fault
    if again := _KEY.search(_outside_braces(rest)):
        return Fault(f'"{again[0]}" is the second key between two semicolons; put ";" before it')
    return CitationItem(
        id=key,
        prefix=_folded(part[: match.start()]).lstrip(),
        rest=_folded(rest).rstrip(),
        mode="suppress-author" if match["suppress"] else "normal",
    )


def _keyless(part: str) -> Fault:
    if _OPEN_KEY.search(part):
        return Fault('no "}" closes "@{"; write "@{key}"')
    written = " ".join(part.split())
    if not written:
        return Fault('nothing stands between two semicolons, or after the last; write "[@one; @two]"')
    return Fault(f'"{written}" names no item; each part between semicolons needs its "@key"')


def _outside_braces(text: str) -> str:
    return re.sub(r"\{[^{}]*\}", lambda match: " " * len(match[0]), text)


def _open_locator(rest: str) -> Fault | None:
    start = opens_brace(rest)
    if start is not None and "}" not in rest[start:]:
        return Fault('no "}" closes the locator; write "{p. 3}"')
    return None


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text)
