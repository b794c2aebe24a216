"""Values of settings that are of the right type, and that nobody can have meant."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePath, PurePosixPath
from string import Formatter
from typing import Any
from urllib.parse import urlsplit

from pelican.settings import DEFAULT_CONFIG
from pelican.utils import strftime

from plugins.press import setting_texts
from plugins.shared import named_links
from plugins.shared.suggest import did_you_mean


_BELOW_CONTENT = ("ARTICLE_PATHS", "PAGE_PATHS", "STATIC_PATHS")
_FOLDERS = ("PATH", "OUTPUT_PATH", "THEME", "CACHE_PATH")
_NAMES = ("SITENAME", "SITESUBTITLE", "AUTHOR", "DEFAULT_CATEGORY")
_CONTROL = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff\ufffe\uffff]")
_ORDER = ("essays", "citations", "pullquotes", "contents", "series", "discovery", "redirects")
_OF_ONE_FEED = ("FEED_ATOM", "FEED_RSS", "FEED_ALL_ATOM", "FEED_ALL_RSS")
_OF_MANY_FEEDS = re.compile(r"(?:CATEGORY|AUTHOR|TAG|TRANSLATION)_FEED_(?:ATOM|RSS)(?:_URL)?")
_OF_PEOPLE = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+", re.IGNORECASE)
_NO_PAIR = '{} holds "{}"; each of its items is a pair of a name and an address'
_ENDLESS = re.compile(r":[^{}]*\d{4}")  # a width that fills the memory
_DAY = dt.datetime(2016, 12, 20)  # noqa: DTZ001 - any will do


class _Name(str):
    """A tag, an author or a category, as patterns of addresses see it."""

    __slots__ = ()
    slug = name = url = save_as = page_name = "a"


_SAMPLE: Mapping[str, Any] = {
    **dict.fromkeys("slug lang title path series status base_name extension url save_as name".split(), "a"),
    **dict.fromkeys(("author", "category", "tag"), _Name("a")),
    "date": _DAY,
    "number": 2,
}


def faults(settings: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with settings whose types are known to be right."""
    for check in _CHECKS:
        yield from check(settings)


def _places(settings: Mapping[str, Any]) -> Iterator[str]:
    for name in (*_BELOW_CONTENT, "THEME_STATIC_PATHS"):
        for item in settings.get(name, ()):
            if PurePosixPath(item).is_absolute() or ".." in PurePosixPath(item).parts or _CONTROL.search(item):
                root = "the content folder" if name in _BELOW_CONTENT else "the theme"
                yield f'{name} holds "{item}"; name what lies below {root}'
    for name in _FOLDERS:
        if _CONTROL.search(folder := str(settings.get(name) or "")):
            yield f'{name} is "{folder}", which no folder can be called; write its name'
    output = settings.get("OUTPUT_PATH")
    if output is not None and not PurePath(output).name:
        yield f'OUTPUT_PATH is "{output}"; name a folder that holds nothing else'


def _texts(settings: Mapping[str, Any]) -> Iterator[str]:
    for name in _NAMES:
        if found := _CONTROL.search(text := settings.get(name) or ""):
            yield f'{name} is "{text}", with the control character U+{ord(found[0]):04X}; delete it'
    if not (settings.get("SITENAME", "A") or "").strip():
        yield 'SITENAME is ""; name the site'
    for name in ("AUTHOR", "DEFAULT_CATEGORY"):
        if (text := settings.get(name)) and not any(map(str.isalnum, text)):
            yield f'{name} is "{text}", of which no address can be made; use letters or digits'


def _site(settings: Mapping[str, Any]) -> Iterator[str]:
    try:
        parts = urlsplit(address := settings.get("SITEURL", ""))
    except ValueError:  # which is told already
        return
    is_whole = parts.scheme in {"http", "https"} and parts.netloc and "@" not in parts.netloc
    is_path = not parts.scheme and not parts.netloc and (not parts.path or parts.path.startswith("/"))
    if not (is_whole or is_path) or parts.query or parts.fragment:
        hint = "write only scheme, host and path, such as https://example.org"
        yield f'SITEURL is "{address}", which is no address of a site; {hint}'


def _navigation(settings: Mapping[str, Any]) -> Iterator[str]:
    for item in named_links.items(settings.get("NAVIGATION", ())):
        if not named_links.is_pair(item):
            yield _NO_PAIR.format("NAVIGATION", item)


def _social(settings: Mapping[str, Any]) -> Iterator[str]:
    for item in named_links.items(settings.get("SOCIAL", ())):
        if not named_links.is_pair(item):
            yield _NO_PAIR.format("SOCIAL", item)
        elif not _OF_PEOPLE.fullmatch(item[1]):
            yield f'SOCIAL leads to "{item[1]}"; write an address that begins with https:, http: or mailto:'
    address = settings.get("LICENSE_URL", "")
    if address and not (isinstance(address, str) and _OF_PEOPLE.fullmatch(address)):
        yield f'LICENSE_URL is "{address}"; write the whole address of the licence, from https:// on'


def _pagination(settings: Mapping[str, Any]) -> Iterator[str]:
    for name, size in settings.get("PAGINATED_TEMPLATES", {}).items():
        if isinstance(size, bool) or (isinstance(size, int) and size < 0):
            yield f'PAGINATED_TEMPLATES has "{size}" for "{name}"; write how many essays a page lists, or None'
    for name, least in (("FEED_MAX_ITEMS", 1), ("DEFAULT_ORPHANS", 0)):
        if (number := settings.get(name)) is not None and number < least:
            yield f'{name} is "{number}"; write a number from {least} on'
    given = [tuple(rule) for rule in settings.get("PAGINATION_PATTERNS", ()) if isinstance(rule, list | tuple)]
    rules = [rule for rule in given if [type(part) for part in rule] == [int, str, str]]
    for rule in given:
        if rule not in rules and len(rule) == len(("number", "address", "file")):
            yield f'PAGINATION_PATTERNS holds "{rule}"; a rule is a number, an address and a file'
    last = max(rules, default=None)
    if last and "{number}" not in last[2]:
        yield f'PAGINATION_PATTERNS has "{last[2]}" for every page from {last[0]} on; write {{number}} in it'


def _feeds(settings: Mapping[str, Any]) -> Iterator[str]:
    for name, value in settings.items():
        if not value or not isinstance(value, str):
            continue
        has_field = "%s" in value or any(field for _, field, _, _ in _parsed(value))
        if name in _OF_ONE_FEED and has_field:
            yield f'{name} is "{value}"; a feed of the whole site has one name, without braces'
        if _OF_MANY_FEEDS.fullmatch(name) and not has_field:
            yield f'{name} is "{value}" for each of several feeds; write {{slug}} in it'


def _parsed(pattern: str) -> list[Any]:
    try:
        return list(Formatter().parse(pattern))
    except ValueError:  # which is told already
        return []


def extra_keys(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the keys that a site has of its own; whoever takes them says if they are none."""
    keys = settings.get("ESSAY_EXTRA_KEYS", ())
    given = keys if isinstance(keys, list | tuple | set | frozenset) else ()
    return tuple(key for key in given if isinstance(key, str))


def _patterns(settings: Mapping[str, Any]) -> Iterator[str]:
    sample = {**dict.fromkeys(extra_keys(settings), "a"), **_SAMPLE}
    for name, value in settings.items():
        if name in DEFAULT_CONFIG and name.endswith(("_SAVE_AS", "_URL")) and isinstance(value, str):
            if _ENDLESS.search(value):
                yield f'{name} is "{value}", which asks for a name without end; leave the width out'
                continue
            try:
                value.format(**sample)
            except (AttributeError, TypeError, ValueError, LookupError) as error:
                if not isinstance(error, KeyError) and _parsed(value):
                    yield f'{name} is "{value}": {error}; mend the field, as in "{{date:%Y}}/{{slug}}/"'


def _dates(settings: Mapping[str, Any]) -> Iterator[str]:
    for name in ("DEFAULT_DATE_FORMAT", "DATE_FORMATS"):
        value = settings.get(name, "")
        for form in value.values() if isinstance(value, Mapping) else [value]:
            form = form[-1] if isinstance(form, list | tuple) else form  # noqa: PLW2901 - a locale may stand before it
            try:
                strftime(_DAY, form)
            except (ValueError, TypeError, AttributeError) as error:
                yield f'{name} has "{form}": {error}; write one such as "%d %B %Y"'


def _markdown(settings: Mapping[str, Any]) -> Iterator[str]:
    options = settings.get("MARKDOWN", {})
    extensions, configs = options.get("extensions", []), options.get("extension_configs", {})
    if not isinstance(extensions, list | tuple):
        yield f'MARKDOWN has "{extensions}" for "extensions"; write a list of their names'
    if not isinstance(configs, Mapping) or not all(isinstance(each, Mapping) for each in configs.values()):
        yield f'MARKDOWN has "{configs}" for "extension_configs"; write a mapping of mappings'


def _copies(settings: Mapping[str, Any]) -> Iterator[str]:
    known = ("path", "save_as", "url")
    for source, metadata in settings.get("EXTRA_PATH_METADATA", {}).items():
        for key in metadata if isinstance(metadata, Mapping) else ():
            if key not in known and (hint := did_you_mean(str(key), known)):
                yield f'EXTRA_PATH_METADATA has "{key}" for "{source}"{hint}'


def _plugins(settings: Mapping[str, Any]) -> Iterator[str]:
    asked = [name.removeprefix("plugins.") for name in settings.get("PLUGINS") or () if isinstance(name, str)]
    ours = [name for name in asked if name in _ORDER]
    if ours != sorted(ours, key=_ORDER.index):
        wanted = ", ".join(f'"plugins.{name}"' for name in _ORDER)
        yield f"PLUGINS has its plugins in another order than they work in; write {wanted}"


def _overrides(settings: Mapping[str, Any]) -> Iterator[str]:
    content = Path(settings.get("PATH") or ".").absolute()
    for folder in settings.get("THEME_TEMPLATES_OVERRIDES", ()):
        if content.is_relative_to(Path(folder).absolute()):
            yield f'THEME_TEMPLATES_OVERRIDES holds "{folder}", which holds the content too; name a folder of templates'


_CHECKS: tuple[Callable[[Mapping[str, Any]], Iterator[str]], ...] = (
    _places, _texts, _site, _navigation, _social, _pagination, _feeds, _patterns, _dates, _markdown, _copies, _plugins,
    _overrides, setting_texts.faults,
)  # fmt: skip
