"""Read Pandoc's citation syntax: the inside of `[see @a, pp. 3-5; -@b and passim]`.

Source: the Pandoc manual, “Citation syntax”. A backslash takes the meaning from the sign after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plugins.citations import labels
from plugins.citations.model import Citation, CitationItem, Fault


# A key starts with a letter, a digit or an underscore; of other signs it holds single ones, each between those.
BARE_KEY = r"\w+(?:[:.#$%&\-+?<>~/]\w+)*"
# What stands before a key may not be a word character: then it is an e-mail address.
_KEY = re.compile(rf"(?<![\w\\])(?P<suppress>-?)@(?:\{{(?P<braced>[^{{}}\n]*)\}}|(?P<bare>{BARE_KEY}))")
_OPEN_KEY = re.compile(r"(?<![\w\\])@\{")

_ROMAN = r"(?=[ivxlcdmIVXLCDM])(?:[ivxlcdm]+|[IVXLCDM]+)(?![^\W_])"
_DIGITS = r"\d\w*(?:[.:/]\w+|\(\w+\)|\[\w+\])*"
_NUMBER = rf"[^\W\d_]{{0,3}}[.:]?{_DIGITS}"
_LETTER = r"[A-Z](?![^\W_])"
_RANGE = r"\s*(?:--?-?|–|—|−)\s*"
_NEXT = r"\s*[,&]\s*"


def _sequence(unit: str) -> re.Pattern[str]:
    span = rf"(?:{unit})(?:{_RANGE}(?:{unit}))*"
    return re.compile(rf"{span}(?:{_NEXT}{span})*")


# Without a label only a number is a locator: "I" and "A" are words. With one they may be numerals.
_UNLABELLED = _sequence(_DIGITS)
_LABELLED = _sequence(f"{_NUMBER}|{_ROMAN}|{_LETTER}")


def has_key(text: str) -> bool:
    """Tell whether a text in brackets means to cite."""
    return bool(_KEY.search(text) or _OPEN_KEY.search(text))


def parse_group(text: str) -> Citation | Fault | None:
    """Read the text between `[` and `]`: a citation, what is wrong with it, or None if it cites nothing."""
    if not has_key(text):
        return None
    items = []
    for part in _parts(text):
        item = _parse_item(part)
        if isinstance(item, Fault):
            return item
        items.append(item)
    return tuple(items)


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
        elif sign == ";" and depth == 0:
            yield text[start:position]
            start = position + 1
        position += 1
    yield text[start:]


def _parse_item(part: str) -> CitationItem | Fault:
    match = _KEY.search(part)
    if not match:
        return _keyless(part)
    key = match["bare"] or (match["braced"] or "").strip()
    if not key:
        return Fault('"@{}" names no item; write its key between the braces')
    rest = part[match.end() :]
    if again := _KEY.search(_outside_braces(rest)):
        return Fault(f'"{again[0]}" is the second key between two semicolons; put ";" before it')
    located = _locator(rest)
    if isinstance(located, Fault):
        return located
    locator, label, suffix = located
    return CitationItem(
        id=key,
        prefix=_folded(part[: match.start()]).lstrip(),
        suffix="" if suffix.strip() == "." else _folded(suffix).rstrip(),
        locator=locator,
        label=label,
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


def _locator(rest: str) -> tuple[str | None, str | None, str] | Fault:
    """Split what follows a key into locator, label and suffix."""
    opening = re.match(r"\s*,?\s*\{", rest)
    if opening:
        return _braced(rest, opening.end())
    comma = re.match(r"\s*,?\s*", rest)
    assert comma is not None
    return _integrated(rest, comma.end())


def _braced(rest: str, start: int) -> tuple[str, str, str] | Fault:
    """Read `{label value}`: all of it is the locator, a page where no label is written."""
    end = rest.find("}", start)
    if end < 0:
        return Fault('no "}" closes the locator; write "{p. 3}"')
    inner = rest[start:end].strip()
    found = labels.find(inner)
    label, value = (found[0], inner[found[1] :].strip()) if found else ("page", inner)
    if found and not value:
        label, value = "page", inner
    return _folded(value), label, rest[end + 1 :]


def _integrated(rest: str, start: int) -> tuple[str | None, str | None, str]:
    """Read `, pp. 3-5, 7 and passim`: the locator ends with its last number."""
    text = rest[start:]
    found = labels.find(text)
    if found:
        label, end = found
        gap = len(text[end:]) - len(text[end:].lstrip())
        value = _sub_verbo(text[end + gap :]) if label == "sub-verbo" else _LABELLED.match(text, end + gap)
        if isinstance(value, str):
            return _folded(value), label, ""
        if value:
            return _folded(value[0]), label, text[value.end() :]
    elif number := _UNLABELLED.match(text):
        return _folded(number[0]), "page", text[number.end() :]
    return None, None, rest


def _sub_verbo(text: str) -> str | None:
    """Return the headword: all that follows, for it is made of words."""
    return text.strip() or None


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text)
