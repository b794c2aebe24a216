"""Read a plugin's settings out of Pelican's: typed, with defaults, every fault named."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from plugins.shared.problems import Problem
from plugins.shared.suggest import did_you_mean


Settings = TypeVar("Settings")
#: What a setting must be, in the words that the press has for Pelican's.
_WANTED: Mapping[Any, str] = {
    str: "text",
    bool: "True or False",
    int: "a number",
    tuple[str, ...]: "a list of texts",
    tuple[int, ...]: "a list of numbers",
}


def load(
    cls: type[Settings], prefix: str, settings: Mapping[str, Any], *, path: str = "pelicanconf.py"
) -> tuple[Settings, tuple[Problem, ...]]:
    """Fill the frozen dataclass `cls` from the settings that start with `prefix_`.

    A field `style` of prefix `CITATIONS` is the setting `CITATIONS_STYLE`. A setting of the wrong type
    keeps its default; a setting of the prefix that is no field is a problem too.
    """
    hints = get_type_hints(cls)
    names = {f"{prefix}_{field.name}".upper(): field.name for field in dataclasses.fields(cls)}  # type: ignore[arg-type]
    values: dict[str, Any] = {}
    problems = []
    for name in sorted(key for key in settings if key.startswith(f"{prefix}_")):
        if name not in names:
            problems.append(Problem(path, 1, "setting-unknown", f'no setting "{name}"{_suggest(name, prefix, names)}'))
        elif not _fits(settings[name], hints[names[name]]):
            problems.append(Problem(path, 1, "setting-type", _wrong_type(name, settings[name], hints[names[name]])))
        else:
            values[names[name]] = _frozen(settings[name])
    return cls(**values), tuple(problems)


def _suggest(name: str, prefix: str, names: Mapping[str, str]) -> str:
    """Suggest by what follows the prefix: with it, every setting of the plugin is near to every other."""
    start = len(prefix) + 1
    return did_you_mean(name[start:], (known[start:] for known in names), before=f"{prefix}_")


def _fits(value: Any, hint: Any) -> bool:
    if hint is Any:
        return True
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return any(_fits(value, option) for option in get_args(hint))
    if hint is type(None) or hint is None:
        return value is None
    if origin is tuple:
        return isinstance(value, list | tuple) and all(_fits(item, get_args(hint)[0]) for item in value)
    if origin is not None:
        return isinstance(value, origin)
    if hint is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, hint)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _wrong_type(name: str, value: Any, hint: Any) -> str:
    wanted = _WANTED.get(hint) or str(getattr(hint, "__name__", hint)).replace("typing.", "")
    return f'{name} must be {wanted}, not {type(value).__name__} ("{value}")'
