"""A digest of plain values: the same in every process, folder and locale, or None for what is not plain."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from plugins.shared.files import digest


class _Opaque(Exception):  # noqa: N818 - a way out of the recursion, no error
    pass


def digest_of(value: Any) -> str | None:
    """Return the digest of a value made of texts, numbers, dates, lists, sets and mappings; None for any other."""
    try:
        return digest(json.dumps(_plain(value), ensure_ascii=False).encode(errors="surrogatepass"))
    except (_Opaque, RecursionError):
        return None


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return [type(value).__name__, str(value)]
    if isinstance(value, list | tuple):
        return [type(value).__name__, [_plain(part) for part in value]]
    if isinstance(value, set | frozenset):
        return ["set", sorted(json.dumps(_plain(part)) for part in value)]
    if isinstance(value, Mapping):
        return ["map", [[_plain(name), _plain(part)] for name, part in value.items()]]
    if isinstance(value, bytes | PurePath | dt.date | dt.time | dt.timedelta):
        return [type(value).__name__, repr(value)]
    raise _Opaque
