"""An article or page as data, and back: what the press keeps of one between builds.

Only types of this list come back, and no code is looked up but classes of data in the `model.py` of a plugin of this
house. What cannot be told in data is not kept, and its text is read again.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import importlib
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup
from pelican.urlwrappers import Author, Category, Tag, URLWrapper


_MARK = "~"  # begins the one name of a mapping that stands for something else
_WRAPPERS = {"author": Author, "category": Category, "tag": Tag}
_MODEL = re.compile(r"(plugins\.[a-z]+\.model)\.([A-Za-z]+)")


class Unfit(TypeError):  # noqa: N818 - no error: such a text is read again
    """A value that data cannot tell."""


def freeze(value: Any) -> Any:
    """Return a value as JSON; raise `Unfit` if it cannot be told so that `thaw` returns its like."""
    kind = type(value)
    if value is None or kind in {bool, int, float, str}:
        return value
    if kind is list:
        return [freeze(part) for part in value]
    if kind is dict:
        return _frozen_mapping(value)
    return _frozen_other(value)


def _frozen_mapping(value: dict[Any, Any]) -> Any:
    if all(type(name) is str and not name.startswith(_MARK) for name in value):
        return {name: freeze(part) for name, part in value.items()}
    return {"~dict": [[freeze(name), freeze(part)] for name, part in value.items()]}


def _frozen_other(value: Any) -> Any:
    kind: Any = type(value)
    if name := _model(kind):
        return {"~model": [name, [freeze(part) for part in _parts(value)]]}
    match value:
        case Markup():
            return {"~markup": str(value)}
        case dt.datetime():
            return {"~moment": [value.replace(tzinfo=None).isoformat(), _frozen_zone(value.tzinfo), value.fold]}
        case ZoneInfo():
            return {"~zone": value.key}
        case URLWrapper() if (name := type(value).__name__.lower()) in _WRAPPERS:
            return {f"~{name}": value.name}
        case tuple() if type(value) is tuple:
            return {"~tuple": [freeze(part) for part in value]}
    raise Unfit(f"{type(value).__name__} cannot be kept")


def _parts(value: Any) -> list[Any]:
    if isinstance(value, tuple):
        return list(value)
    kind: Any = type(value)
    return [getattr(value, name) for name in _fields(kind)]


@cache  # of a few classes there are twenty values to a text
def _model(kind: Any) -> str:
    """Return the name of a class of data, or an empty string for any other."""
    name = f"{kind.__module__}.{kind.__name__}"
    is_data = dataclasses.is_dataclass(kind) or issubclass(kind, tuple)
    return name if is_data and _MODEL.fullmatch(name) else ""


@cache
def _fields(kind: Any) -> tuple[str, ...]:
    return tuple(each.name for each in dataclasses.fields(kind))


def _frozen_zone(zone: dt.tzinfo | None) -> Any:
    if zone is None or isinstance(zone, ZoneInfo):
        return zone.key if zone else None
    if isinstance(zone, dt.timezone):
        return zone.utcoffset(None).total_seconds()
    raise Unfit("a zone of its own kind cannot be kept")


def thaw(data: Any, settings: Mapping[str, Any]) -> Any:
    """Return the value that `freeze` was given. Tags and their like get these settings."""
    kind = type(data)
    if kind is list:
        return [thaw(part, settings) for part in data]
    if kind is not dict:
        return data
    if len(data) == 1:
        ((name, part),) = data.items()
        if name.startswith(_MARK):
            return _thawed(name[1:], part, settings)
    return {name: thaw(part, settings) for name, part in data.items()}


def _thawed(name: str, data: Any, settings: Mapping[str, Any]) -> Any:
    if name in _WRAPPERS:
        return _WRAPPERS[name](data, settings)
    return _THAW[name](data, settings)


def _thaw_model(data: Any, settings: Mapping[str, Any]) -> Any:
    name, parts = data
    found = _MODEL.fullmatch(name)
    if found is None:
        raise Unfit(f'"{name}" is no class of data')
    return getattr(importlib.import_module(found[1]), found[2])(*thaw(parts, settings))


def _thaw_moment(data: Any, _settings: Mapping[str, Any]) -> dt.datetime:
    text, zone, fold = data
    return dt.datetime.fromisoformat(text).replace(tzinfo=_thaw_zone(zone), fold=fold)


def _thaw_zone(zone: Any) -> dt.tzinfo | None:
    if zone is None or isinstance(zone, str):
        return ZoneInfo(zone) if zone else None
    return dt.timezone(dt.timedelta(seconds=zone))


_THAW: dict[str, Callable[[Any, Mapping[str, Any]], Any]] = {
    "dict": lambda data, settings: {thaw(name, settings): thaw(part, settings) for name, part in data},
    "markup": lambda data, _: Markup(data),  # noqa: S704 - it was Markup when it was frozen
    "moment": _thaw_moment,
    "zone": lambda data, _: ZoneInfo(data),
    "tuple": lambda data, settings: tuple(thaw(data, settings)),
    "model": _thaw_model,
}
