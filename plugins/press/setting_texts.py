"""Values of settings that are about texts: what is given to all of them, and who reads them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from pelican.utils import get_date

from plugins.shared.suggest import did_you_mean


_DASHES = ("default", "oldschool", "oldschool_inverted")
_IDS = frozenset("author category date lang name path series slug status title".split())


def faults(settings: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with settings whose types are known to be right."""
    for name, value in _dates(settings):
        if not _is_date(value):
            yield f'{name} is "{value}", which is no date; write one such as "2016-12-20", or leave it out'
    for kind, reader in settings.get("READERS", {}).items():
        if reader and not callable(reader):
            yield f'READERS has "{reader}" for "{kind}"; write a class of a reader, or None'
    for source in settings.get("EXTRA_PATH_METADATA", {}):
        if not isinstance(source, str):
            yield f'EXTRA_PATH_METADATA has "{source}" for a source; write its path below the content folder'
    elsewhere = settings.get("PRESS_ELSEWHERE", ())
    for path in elsewhere if isinstance(elsewhere, list | tuple) else ():
        if not (isinstance(path, str) and path.startswith("/") and path.strip("/")):
            yield f'PRESS_ELSEWHERE holds "{path}", which no link would be followed for; write a path such as "/wiki/"'
    yield from _names(settings)


def _names(settings: Mapping[str, Any]) -> Iterator[str]:
    if (dashes := settings.get("TYPOGRIFY_DASHES", "default")) not in _DASHES:
        hint = did_you_mean(str(dashes), _DASHES) or f"; write one of {', '.join(_DASHES)}"
        yield f'TYPOGRIFY_DASHES is "{dashes}", which is no way to write dashes{hint}'
    for name in ("ARTICLE_TRANSLATION_ID", "PAGE_TRANSLATION_ID"):
        if (value := settings.get(name)) and value not in _IDS:
            hint = did_you_mean(str(value), _IDS) or '; write "slug"'
            yield f'{name} is "{value}", which no text is known by{hint}'


def _dates(settings: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    given = settings.get("DEFAULT_DATE")
    if given is not None and given != "fs":
        yield "DEFAULT_DATE", given
    metadata = settings.get("DEFAULT_METADATA", {})
    for key in ("date", "modified"):
        if key in metadata:
            yield "DEFAULT_METADATA", metadata[key]


def _is_date(value: Any) -> bool:
    try:
        if isinstance(value, tuple | list):
            dt.datetime(*value)  # noqa: DTZ001 - of the site's zone
        elif not isinstance(value, dt.date):
            get_date(value)
    except (AttributeError, OverflowError, TypeError, ValueError):
        return False
    return True
