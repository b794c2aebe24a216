"""Dates of items: what people write in bibliographies, as CSL writes it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any


_ISO = re.compile(r"\d{1,4}(?:-\d{1,2}(?:-\d{1,2})?)?")
_SHOWN = 60  # characters of what is no date
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
        ends = value.split("/")
        if len(ends) <= _ENDS and all(_ISO.fullmatch(end) for end in ends):
            return {"date-parts": [[int(part) for part in end.split("-")] for end in ends]}
        return {"literal": value}
    if isinstance(value, list):
        parts = [_parts_of(one) for one in value]
        return {"date-parts": parts} if all(parts) else value
    if isinstance(value, dict) and "year" in value:
        return {"date-parts": [_parts_of(value)]}
    if isinstance(value, dict) and isinstance(value.get("date-parts"), list):
        parts = [_numbers(one) for one in value["date-parts"]]
        others = {name: part for name, part in value.items() if name != "date-parts"}
        return {**others, "date-parts": parts} if parts else others
    return value


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
        return None
    if not isinstance(parts, list) or not parts or len(parts) > _ENDS:
        return "must have one or two dates in date-parts"
    for one in parts:
        if not isinstance(one, list) or not one or not all(type(part) is int for part in one):
            return f'"{str(one)[:_SHOWN]}" must be [year], [year, month] or [year, month, day] in numbers'
        if not _exists(one):
            return f'"{"-".join(map(str, one))[:_SHOWN]}" is no date'
    return None


def _exists(parts: list[int]) -> bool:
    """Tell whether year, month and day make a date; months beyond 12 are seasons."""
    year, month, day = (*parts, 1, 1)[:3]
    if len(parts) > len(("year", "month", "day")) or abs(year) > dt.MAXYEAR or month not in _MONTHS or day not in _DAYS:
        return False
    if month <= len("JFMAMJJASOND") and 1 <= year <= dt.MAXYEAR:
        try:
            dt.date(year, month, day)
        except ValueError:
            return False
    return True
