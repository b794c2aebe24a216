"""What Pelican's settings must be, so that a wrong one is told in a line instead of failing somewhere."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePosixPath
from string import Formatter
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

import jinja2
from pelican.settings import DEFAULT_CONFIG

from plugins.press import setting_values
from plugins.press.settings import PATH
from plugins.shared.problems import Problem
from plugins.shared.suggest import did_you_mean


_WITHOUT_DEFAULT = {"AUTHOR": "", "TIMEZONE": "", "SITESUBTITLE": "", "PLUGINS": []}
_FOLDERS = frozenset({"PATH", "OUTPUT_PATH", "THEME", "CACHE_PATH"})
_ANY = frozenset({"LOCALE", "PELICAN_CLASS", "ARTICLE_ORDER_BY", "PAGE_ORDER_BY"})  # a text or something else
_GROWN = frozenset({"ARTICLE_EXCLUDES", "PAGE_EXCLUDES"})  # lists that Pelican appends to
_OF_TEXTS = frozenset(
    "ARTICLE_PATHS PAGE_PATHS STATIC_PATHS DIRECT_TEMPLATES THEME_STATIC_PATHS THEME_TEMPLATES_OVERRIDES "
    "IGNORE_FILES PLUGIN_PATHS".split()
)
_PATTERNS = ("FILENAME_METADATA", "PATH_METADATA", "INTRASITE_LINK_REGEX")
_FIELDS = frozenset(
    "slug lang date author category tag name title path series status number base_name extension url save_as".split()
)
_NO_ADDRESS = re.compile("[\\s<>\"'\\\\\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")


def faults(settings: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield a problem for each setting of Pelican's that is of the wrong type or cannot have its value."""
    sound = dict(settings)
    for name, default in {**DEFAULT_CONFIG, **_WITHOUT_DEFAULT}.items():
        if name in settings and (wanted := _wanted(name, default, settings[name])):
            found = f'{type(settings[name]).__name__} ("{settings[name]}")'
            yield Problem(PATH, 1, "setting-type", f"{name} must be {wanted}, not {found}")
            del sound[name]
    for message in _wrong_values(sound):
        yield Problem(PATH, 1, "setting-value", message)


def _wanted(name: str, default: Any, value: Any) -> str:
    """Return what a setting must be, or an empty string if it is."""
    if name in _ANY:
        return ""
    match default:
        case bool():
            return "" if isinstance(value, int | None) else "True or False"
        case int():
            return "" if _is_number(value) or value is None else "a number"
        case str():
            return "" if _is_text(name, value) else "text"
        case list() | tuple():
            return _wanted_list(name, value)
        case dict():
            return "" if isinstance(value, Mapping) else "a mapping"
    return ""


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_text(name: str, value: Any) -> bool:
    if isinstance(value, str) or (name in _FOLDERS and isinstance(value, os.PathLike)):
        return True
    # What has no address is not written; Pelican takes more than one word for "none".
    optional = "FEED" in name or name.endswith(("_SAVE_AS", "_URL"))
    return optional and (value is None or value is False)


def _wanted_list(name: str, value: Any) -> str:
    if name == "PLUGINS" and value is None:
        return ""
    if not isinstance(value, list if name in _GROWN else list | tuple):
        return "a list"
    return "a list of texts" if name in _OF_TEXTS and not all(isinstance(item, str) for item in value) else ""


def _wrong_values(settings: Mapping[str, Any]) -> Iterator[str]:
    zone = settings.get("TIMEZONE", "UTC")
    if not _is_zone(zone):
        hint = did_you_mean(zone, available_timezones()) or '; write one such as "Europe/Berlin"'
        yield f'TIMEZONE is "{zone}", which is no time zone{hint}'
    if not _LANGUAGE.fullmatch(lang := settings.get("DEFAULT_LANG", "en")):
        yield f'DEFAULT_LANG is "{lang}", which is no language tag; write one such as "en" or "zh-Hans"'
    if not _is_address(siteurl := settings.get("SITEURL", "")):
        yield f'SITEURL is "{siteurl}", which is no address; write one such as "https://example.org"'
    if (size := settings.get("DEFAULT_PAGINATION") or 0) < 0:
        yield f'DEFAULT_PAGINATION is "{size}"; write how many essays a page lists, or False'
    static = PurePosixPath(settings.get("THEME_STATIC_DIR", "theme"))
    if static.is_absolute() or ".." in static.parts:
        yield f'THEME_STATIC_DIR is "{static}"; name a folder inside the output'
    yield from _wrong_patterns(settings)
    yield from _wrong_collections(settings)
    yield from setting_values.faults(settings)


def _wrong_patterns(settings: Mapping[str, Any]) -> Iterator[str]:
    for name in _PATTERNS:
        if fault := _pattern_fault(settings.get(name, "")):
            yield f"{name} is no regular expression: {fault}; mend it or leave it out"

    for name, value in settings.items():
        if name in DEFAULT_CONFIG and name.endswith(("_SAVE_AS", "_URL")) and name != "SITEURL":
            yield from _wrong_fields(name, value or "", settings.get("ESSAY_EXTRA_KEYS", ()))


def _wrong_fields(name: str, pattern: str, extra: Collection[str]) -> Iterator[str]:
    try:
        fields = {re.split(r"[.\[]", field)[0] for _, field, _, _ in Formatter().parse(pattern) if field is not None}
    except ValueError as error:
        yield f'{name} is "{pattern}": {error}; close its braces'
        return
    for field in sorted(fields - _FIELDS - set(extra)):
        hint = did_you_mean(field, _FIELDS) or '; write one such as "{slug}"'
        yield f'{name} has a field "{field}", which nothing has{hint}'


def _wrong_collections(settings: Mapping[str, Any]) -> Iterator[str]:
    for name, kind in (("EXTRA_PATH_METADATA", Mapping), ("PAGINATED_TEMPLATES", int | None)):
        for key, value in settings.get(name, {}).items():
            if not isinstance(value, kind):
                wanted = 'a mapping such as {"path": "robots.txt"}' if kind is Mapping else "a number or None"
                yield f'{name} has "{value}" for "{key}"; write {wanted}'
    for name, size in (("PAGINATION_PATTERNS", 3), ("SLUG_REGEX_SUBSTITUTIONS", 2)):
        for item in settings.get(name, ()):
            if not isinstance(item, tuple | list) or len(item) != size:
                yield f'{name} holds "{item}"; each of its items is a tuple of {size}'
            elif size == 2 and (fault := _pattern_fault(item[0])):  # noqa: PLR2004 - a pattern and what replaces it
                yield f"{name} holds no regular expression: {fault}; mend it or leave it out"
    try:
        jinja2.Environment(**settings.get("JINJA_ENVIRONMENT", {}))  # noqa: S701 - nothing is rendered
    except Exception as error:  # noqa: BLE001 - it imports what it is told
        yield f"JINJA_ENVIRONMENT cannot be used: {type(error).__name__}: {error}; mend it"


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # no such zone, no name of one, or the name of a folder of them
        return False
    return True


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return False
    return not _NO_ADDRESS.search(text) and ".." not in parts.path.split("/")


def _pattern_fault(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        return str(error)
    return ""
