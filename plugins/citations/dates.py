"""Dates of items: what people write in bibliographies, as CSL writes it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any


_ISO = re.compile(r"(-?\d{1,4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]\d\d:\d\d.*)?([~?%]?)")
_DECADE = re.compile(r"(\d{2})(?:(\d)[Xxu]|[Xxu]{2})")  # EDTF's unspecified digits: 199X
_SPAN = re.compile(r"(\d{4})\s*(?:--+|[–—])\s*(\d{4}|\d\d)")
_ABOUT = re.compile(r"(?:c\.|ca\.?|circa|about)\s*", re.I)
_NO_DATE = re.compile(r"\[?\s*(?:n\.?\s*d\.?|no date|undated|s\.\s*[ad]\.)\s*\]?", re.I)
# Months count from 1, seasons from 21.
_MONTH = [*"jan feb mar apr may jun jul aug sep oct nov dec".split(), *[""] * 8, *"spr sum aut win".split()]
_NAMES = "|".join([*filter(None, _MONTH), "fall"])
_NAMED = re.compile(rf"(?:(\d\d?)(?:st|nd|rd|th|\.)?\s+)?({_NAMES})[a-z]*\.?(?:\s+(\d\d?))?,?\s+(-?\d{{4}})", re.I)
_OPEN = ("", "..", "unknown", "open")
_ENDS = 2  # a range has a start and an end
_MONTHS = range(1, 25)  # 13 to 24 are seasons and parts of years
_DAYS = range(1, 32)


def normal(value: Any) -> Any:
    """Return a date as CSL writes it: date-parts, or a literal where it is none."""
    if isinstance(value, dt.date):
        return {"date-parts": [[value.year, value.month, value.day]]}
    if isinstance(value, int):
        return {"date-parts": [[value]]}
    if isinstance(value, str):
        return read(value) or {"literal": value}
    if isinstance(value, list):
        parts = [_parts_of(one) for one in value]
        return {"date-parts": parts} if all(parts) else value
    return _of_mapping(value) if isinstance(value, dict) else value


def _of_mapping(value: dict[Any, Any]) -> Any:
    if "year" in value:
        return {"date-parts": [_parts_of(value)]}
    if isinstance(value.get("date-parts"), list):
        parts = [_numbers(one) for one in value["date-parts"]]
        others = {name: part for name, part in value.items() if name != "date-parts"}
        return {**others, "date-parts": parts} if parts else others
    if isinstance(value.get("raw"), str) and (found := read(value["raw"])):
        return {**{name: part for name, part in value.items() if name != "raw"}, **found}
    return value


def read(text: str) -> dict[str, Any] | None:
    """Return the date that a text writes: ISO 8601 and EDTF, "May 2020", "c. 1990", "1990–91"; None if it is none."""
    text = text.strip().strip("[]{}")
    ends = text.split("/")
    if len(ends) > _ENDS:
        return None
    if len(ends) == _ENDS:
        return _range(*ends)
    if span := _SPAN.fullmatch(text):
        end = span[2] if len(span[2]) > len("90") else span[1][:2] + span[2]
        return {"date-parts": [[int(span[1])], [int(end)]]}
    if decade := _DECADE.fullmatch(text):
        first = int(decade[1] + (decade[2] or "0") + "0")
        return {"date-parts": [[first], [first + (9 if decade[2] else 99)]]}
    return _one(text)


def _range(start: str, end: str) -> dict[str, Any] | None:
    first, last = _one(start), {"date-parts": [[0]]} if end.strip() in _OPEN else _one(end)
    if first is None or last is None:
        return None
    circa = {"circa": True} if "circa" in first or "circa" in last else {}
    return {"date-parts": [*first["date-parts"], *last["date-parts"]], **circa}


def _one(text: str) -> dict[str, Any] | None:
    text = text.strip()
    circa = {"circa": True} if (about := _ABOUT.match(text)) or text.endswith(("~", "%")) else {}
    text = text[about.end() :] if about else text
    if iso := _ISO.fullmatch(text):
        return {"date-parts": [[_year(iso[1]), *(int(part) for part in iso.groups()[1:3] if part)]], **circa}
    if named := _NAMED.fullmatch(text):
        day = named[1] or named[3]
        month = _MONTH.index(named[2].lower().replace("fall", "aut")) + 1
        return {"date-parts": [[int(named[4]), month, *([int(day)] if day else [])]], **circa}
    return None


def _year(written: str) -> int:
    """Return a year as CSL counts: ISO 8601 has a year 0000, and so -0043 is 44 BC."""
    year = int(written)
    return year - 1 if year < 0 and len(written) > len("-999") else year


def _parts_of(value: Any) -> list[Any]:
    if not isinstance(value, dict) or "year" not in value:
        return []
    return [_number(value[name]) for name in ("year", "month", "day") if name in value]


def _numbers(parts: Any) -> Any:
    return [_number(part) for part in parts] if isinstance(parts, list) else parts


def _number(part: Any) -> Any:
    return int(part) if isinstance(part, str) and re.fullmatch(r"-?\d{1,9}", part) else part


def fault(date: Any) -> str | None:
    if not isinstance(date, dict):
        return 'must be a date like "2020-03-05" or {"date-parts": [[2020, 3, 5]]}'
    parts = date.get("date-parts")
    if parts is None:
        written = str(date.get("literal", date.get("raw", "")))
        lost = written and not says_nobody_knows(written)
        return f'"{written}" is no date that a style can print; write one like "2020-03"' if lost else None
    if not isinstance(parts, list) or not parts or len(parts) > _ENDS:
        return "must have one or two dates in date-parts"
    for one in parts:
        if not isinstance(one, list) or not one or not all(type(part) is int for part in one):
            return f'"{one}" must be [year], [year, month] or [year, month, day] in numbers'
        if not _exists(one):
            return f'"{"-".join(map(str, one))}" is no date'
    return None


def says_nobody_knows(literal: str) -> bool:
    return bool(_NO_DATE.fullmatch(literal.strip()))


def _exists(parts: list[int]) -> bool:
    """Tell whether year, month and day make a date; months beyond 12 are seasons."""
    year, month, day = (*parts, 1, 1)[:3]
    if len(parts) > len(("year", "month", "day")) or month not in _MONTHS or day not in _DAYS or abs(year) > dt.MAXYEAR:
        return False
    if month <= len("JFMAMJJASOND") and 1 <= year <= dt.MAXYEAR:
        try:
            dt.date(year, month, day)
        except ValueError:
            return False
    return True
