"""Add works to a bibliography: each clean, under a key of its own, and none twice."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from plugins.citations.cite.appending import appended
from plugins.citations.cite.cleaning import cleaned
from plugins.citations.cite.listing import citation_of
from plugins.citations.cite.model import Refused
from plugins.citations.credits import credit
from plugins.citations.keys import key_for
from plugins.citations.lacks import lacks
from plugins.citations.library import Library
from plugins.citations.model import Item
from plugins.citations.parse import BARE_KEY


_KEY = re.compile(BARE_KEY)
_SAME = ("DOI", "ISBN", "URL")


@dataclass(frozen=True, slots=True)
class Addition:
    """A bibliography's new contents, and what to say of it."""

    data: bytes
    said: tuple[str, ...]


def pasted_item(raw: Mapping[Any, Any]) -> dict[str, Any]:
    """Return the clean item of a pasted entry, under the key that it has there, if it has one."""
    key = " ".join(str(raw.get("id", "")).split())
    return {**({"id": key} if key else {}), **cleaned(raw, trusted=True)}


def added(
    items: Iterable[Mapping[str, Any]],
    library: Library,
    path: str,
    data: bytes,
    *,
    key: str = "",
    keep_keys: bool = False,
) -> Addition:
    """Return a bibliography with the items that are not yet in the library."""
    items, said, known = list(items), list[str](), dict(library.items)
    if key and len(items) > 1:
        raise Refused("--key names one item, and there are several; leave it out")
    for item in items:
        _check_says_something(item)
        if same := _same(item, known):
            said.append(_already(same, library.places.get(same)))
            continue
        new = {**item, "id": _chosen(item, known, key, keep_keys=keep_keys)}
        data, line = appended(path, data, new)
        known[new["id"]] = new
        said += _told(new, f"{path}:{line}")
    return Addition(data, tuple(said))


def _check_says_something(item: Mapping[str, Any]) -> None:
    if not any(item.get(name) for name in ("title", "author", "editor", "URL", "DOI", "container-title")):
        raise Refused("the entry has neither a title nor an author; nothing is to be cited")


def _chosen(item: Mapping[str, Any], taken: Container[str], key: str, *, keep_keys: bool) -> str:
    wanted = key or (str(item.get("id", "")) if keep_keys else "")
    if not wanted:
        return key_for(item, taken)
    if not _KEY.fullmatch(wanted):
        raise Refused(f'"{wanted}" is no key; write letters, digits, and single signs such as "-" and ":" between them')
    if wanted in taken:
        raise Refused(f'"{wanted}" is the key of another work; choose one with --key')
    return wanted


def _same(item: Mapping[str, Any], known: Mapping[str, Item]) -> str:
    """Return the key of a work with the same DOI, ISBN or address."""
    for name in _SAME:
        if value := _compared(item.get(name)):
            for key, other in known.items():
                if value == _compared(other.get(name)):
                    return key
    return ""


def _compared(value: Any) -> str:
    """Return a number or an address without what makes no other of it."""
    bare = re.sub(r"^https?://(?:www\.)?|[\s-]|/$", "", str(value or "").lower())
    return bare[3:-1] if re.fullmatch(r"978\d{10}", bare) else bare[:-1] if re.fullmatch(r"\d{9}[\dx]", bare) else bare


def _already(key: str, place: tuple[str, int] | None) -> str:
    where = ":".join(map(str, place)) + ": " if place else ""
    return f"{where}{key} is this work already; cite it as {citation_of(key)}"


def _told(item: Item, place: str) -> Iterator[str]:
    yield f"{place}: added {item['id']}: {credit(item)}"
    yield from (f"    {message}" for message in lacks(item))
    yield f"    cite it as {citation_of(str(item['id']))}"
