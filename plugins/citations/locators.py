"""Read what follows a key: where its locator ends, and what kind it is.

Source: the Pandoc manual, “Citation syntax”.
"""

from __future__ import annotations

import re

from plugins.citations.labels import Labels, english
from plugins.citations.model import Located


_ROMAN = r"(?=[ivxlcdmIVXLCDM])(?:[ivxlcdm]+|[IVXLCDM]+)(?![^\W_])"
_DIGITS = r"\d\w*(?:[.:/]\w+|\(\w+\)|\[\w+\])*"
_NUMBER = rf"[^\W\d_]{{0,3}}[.:]?{_DIGITS}"
_LETTER = r"[A-Z](?![^\W_])"
_RANGE = r"\s*(?:--?-?|–|—|−|~|～)\s*"
_NEXT = r"\s*[,，、&]\s*"
_COMMA = re.compile(r"\s*[,，、]?\s*")
_BRACE = re.compile(r"\s*[,，、]?\s*\{")


def _sequence(unit: str) -> re.Pattern[str]:
    span = rf"(?:{unit})(?:{_RANGE}(?:{unit}))*"
    return re.compile(rf"{span}(?:{_NEXT}{span})*")


# Without a label only a number is a locator: "I" and "A" are words. With one they may be numerals.
_UNLABELLED = _sequence(_DIGITS)
_LABELLED = _sequence(f"{_NUMBER}|{_ROMAN}|{_LETTER}")


def opens_brace(rest: str) -> int | None:
    """Return where the inside of a locator in braces begins, if what follows a key is one."""
    match = _BRACE.match(rest)
    return match.end() if match else None


def locate(rest: str, labels: Labels | None = None) -> Located:
    """Split what follows a key into locator, label and suffix; without other labels, by those of English."""
    labels = labels or english()
    start = opens_brace(rest)
    end = rest.find("}", start) if start is not None else -1
    locator, label, suffix = _braced(rest, start, end, labels) if start and end >= 0 else _integrated(rest, labels)
    return Located(locator, label, "" if suffix.strip() == "." else _folded(suffix).rstrip())


def _braced(rest: str, start: int, end: int, labels: Labels) -> tuple[str, str, str]:
    """Read `{label value}`: all of it is the locator, a page where no label is written."""
    inner = rest[start:end].strip()
    found = labels.find(inner)
    label, value = (found[0], inner[found[1] :].strip()) if found else ("page", inner)
    if not value:
        label, value = "page", inner
    if not found and (behind := labels.find_behind(inner)) and behind[2] == len(inner):
        label, value = behind[:2]
    return _folded(value), label, rest[end + 1 :]


def _integrated(rest: str, labels: Labels) -> tuple[str | None, str | None, str]:
    """Read `, pp. 3-5, 7 and passim`: the locator ends with its last number."""
    comma = _COMMA.match(rest)
    text = rest[comma.end() :] if comma else rest
    if found := labels.find(text):
        label, end = found
        gap = len(text[end:]) - len(text[end:].lstrip())
        value = _sub_verbo(text[end + gap :]) if label == "sub-verbo" else _LABELLED.match(text, end + gap)
        if isinstance(value, str):
            return _folded(value), label, ""
        if value:
            return _folded(value[0]), label, text[value.end() :]
    elif behind := labels.find_behind(text):
        return _folded(behind[1]), behind[0], text[behind[2] :]
    elif number := _UNLABELLED.match(text):
        return _folded(number[0]), "page", text[number.end() :]
    return None, None, rest


def _sub_verbo(text: str) -> str | None:
    """Return the headword: all that follows, for it is made of words."""
    return text.strip() or None


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text)
