"""The bibliography as lines to look through."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from plugins.citations.cite.usage import Use
from plugins.citations.credits import credit
from plugins.citations.items import NAMES
from plugins.citations.library import Library
from plugins.citations.model import Item
from plugins.citations.parse import BARE_KEY
from plugins.citations.rich_text import plain
from plugins.shared.suggest import did_you_mean


_SEARCHED = "title title-short container-title publisher authority genre kind keyword DOI URL".split()
_PLAIN_KEY = re.compile(BARE_KEY)


def listed(library: Library, words: Iterable[str], used: Mapping[str, Use]) -> Iterator[str]:
    """Yield the works that hold all of the words, by key: key and credit, title, place and use."""
    wanted = [_folded(word) for word in words]
    for key in sorted(library.items):
        item = library.items[key]
        if all(word in _searchable(item) for word in wanted):
            yield _described(item, library.places[key], used.get(key, Use()))


def unused(library: Library, used: Mapping[str, Use]) -> Iterator[str]:
    """Yield a line for each work that no essay cites."""
    for key in sorted(library.items.keys() - used.keys(), key=lambda key: library.places[key]):
        yield f"{_place(library.places[key])}: {key}: {credit(library.items[key])}"


def nothing_found(library: Library, words: Iterable[str], *, unused_only: bool) -> str:
    """Return what to say where there is nothing to list."""
    if not library.items:
        return "there is no bibliography yet; inv cite add makes one"
    if unused_only:
        return f"each of the {len(library.items)} works is cited"
    wanted = " ".join(words)
    return f'no work of {len(library.items)} holds "{wanted}"{did_you_mean(wanted, library.items)}'


def citation_of(key: str) -> str:
    """Return how a key is cited: in braces if it holds more than keys do."""
    return f"[@{key}]" if _PLAIN_KEY.fullmatch(key) else f"[@{{{key}}}]"


def _described(item: Item, place: tuple[str, int], use: Use) -> str:
    title = plain(item.get("title", ""))
    lines = [f"{item['id']}  {credit(item)}"]
    lines += [f"    {title}"] if title and item.get("title-short") else []
    return "\n".join([*lines, f"    {_place(place)}, {_said(use)}"])


def _said(use: Use) -> str:
    if not use.times:
        return "cited nowhere"
    times = "once" if use.times == 1 else f"{use.times} times"
    return f"cited {times}" + (f" in {use.sources} essays" if use.sources > 1 else "")


def _place(place: tuple[str, int]) -> str:
    path, line = place
    return f"{path}:{line}"


def _searchable(item: Item) -> str:
    texts = [item["id"], *(item.get(name, "") for name in _SEARCHED), *_names(item), credit(item)]
    return _folded(" ".join(map(plain, texts)))


def _names(item: Item) -> Iterator[Any]:
    for role in sorted(NAMES & item.keys()):
        if isinstance(item[role], list):
            yield from (part for name in item[role] if isinstance(name, dict) for part in name.values())


def _folded(text: str) -> str:
    """Return a text without capitals and accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
