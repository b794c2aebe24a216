"""Dates as ISO 8601 writes them, whole: nothing is filled in."""

from __future__ import annotations

import datetime as dt
import re


_FORM = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:(?:T|t|[ ]+)(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?[ ]*(Z|z|[+-]\d\d(?::?\d\d)?)?)?",
    re.ASCII,
)


# Moments near the first and the last cannot be moved to another zone.
_YEARS = range(1000, 9999)


def parse(text: str) -> dt.datetime | None:
    """Return the moment (without a zone if none is written), or None if it is no full date."""
    match = _FORM.fullmatch(text.strip())
    if match is None:
        return None
    *numbers, zone = match.groups()
    if int(numbers[0]) not in _YEARS:
        return None
    try:
        return dt.datetime(*(int(number or 0) for number in numbers), tzinfo=_zone(zone))  # type: ignore[arg-type,misc]
    except ValueError:
        return None


def is_far(text: str) -> bool:
    """Tell whether a date is written as one, in a year that is out of bounds."""
    match = _FORM.fullmatch(text.strip())
    return match is not None and int(match[1]) not in _YEARS


def _zone(written: str | None) -> dt.timezone | None:
    if written is None:
        return None
    if written in "Zz":
        return dt.UTC
    digits = written[1:].replace(":", "").ljust(4, "0")
    offset = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return dt.timezone(-offset if written[0] == "-" else offset)
