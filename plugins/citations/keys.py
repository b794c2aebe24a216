"""Keys for new items: who and when, such as "scott1998", and a letter if there is one already."""

from __future__ import annotations

import itertools
import re
import string
import unicodedata
from collections.abc import Container, Iterator, Mapping
from typing import Any

from plugins.citations.model import Item
from plugins.citations.rich_text import plain


_ROLES = ("author", "editor", "director", "composer", "interviewer", "translator")
_ARTICLES = frozenset("a an the der die das le la les el un une".split())
# Letters that no accent makes.
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_MOST = 30  # letters


def key_for(item: Item, taken: Container[str] = ()) -> str:
    """Return a key for an item, which no other has."""
    stem = f"{_who(item)}{_year(item.get('issued'))}" or "item"
    return next(key for key in (f"{stem}{ending}" for ending in _endings()) if key not in taken)


def _endings() -> Iterator[str]:
    yield ""
    for length in itertools.count(1):
        yield from map("".join, itertools.product(string.ascii_lowercase, repeat=length))


def _who(item: Item) -> str:
    for role in _ROLES:
        names = item.get(role)
        if isinstance(names, list) and names and isinstance(names[0], Mapping):
            name = str(names[0].get("family") or _first_words(names[0].get("literal", ""), 2))
            if word := _word(name):
                return word
    for field in ("publisher", "authority", "title", "container-title"):
        if word := _word(_first_words(item.get(field, ""), 1 if field == "title" else 2)):
            return word
    return ""


def _first_words(text: Any, count: int) -> str:
    words = [word for word in re.split(r"[\s:,.–—/-]+", plain(text)) if word and word.lower() not in _ARTICLES]
    return "".join(words[:count])


def _word(text: str) -> str:
    """Return a text as letters and digits of a key, without accents; other scripts stay."""
    lowered = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    kept = "".join(sign for sign in lowered if not unicodedata.combining(sign))
    return re.sub(r"[^\w]|_", "", unicodedata.normalize("NFC", kept))[:_MOST]


def _year(date: Any) -> str:
    parts = date.get("date-parts") if isinstance(date, Mapping) else None
    if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]:
        return str(parts[0][0]) if isinstance(parts[0][0], int) and parts[0][0] > 0 else ""
    return ""
