"""An essay as an item: for readers who cite it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from plugins.citations.keys import key_for


@dataclass(frozen=True, slots=True)
class Essay:
    """What is known of an essay. Texts are plain, the address is whole."""

    title: str
    address: str
    site: str
    authors: tuple[str, ...] = ()
    date: dt.date | None = None
    language: str = ""
    summary: str = ""
    subtitle: str = ""
    kind: str = "post-weblog"  # a type of CSL


# What no name of a person has: then it is one of an institution.
_OFFICE = re.compile(
    r"\d|[&@/()]|\b(?:the|of|for|and|in|agency|association|board|center|centre|city|college|commission|committee|company|"
    r"council|department|editors?|foundation|government|group|institute|lab|library|ministry|network|news|office|"
    r"organi[sz]ation|press|project|school|society|staff|state|team|times|union|university)\b",
    re.I,
)
_PARTICLES = r"(?:(?:van|von|de|der|den|del|della|di|da|do|dos|la|le|ten|ter|zu|zum|af|al|el|bin|ibn)\s+)+"
_PERSON = re.compile(
    rf"(?P<given>.+?)\s+(?P<particle>{_PARTICLES})?(?P<family>[^\s,]+)(?:,?\s+(?P<suffix>Jr\.?|Sr\.?|I{{2,3}}|IV))?"
)
_INVERTED = re.compile(
    r"(?P<family>[^,]+),(?:\s(?P<suffix>Jr\.?|Sr\.?|I{2,3}|IV),)?\s(?P<given>(?!(?:Jr\.?|Sr\.?|I{2,3}|IV)$)[^,]+)"
)
_MOST_WORDS = 6
_LONGEST = 200  # signs of a person's name


def essay_item(essay: Essay) -> dict[str, Any]:
    """Return the CSL item of an essay, under a key such as "roe2016"."""
    item: dict[str, Any] = {
        "type": essay.kind,
        "title": f"{essay.title}: {essay.subtitle}" if essay.subtitle else essay.title,
        "author": [name_of(author) for author in essay.authors],
        "container-title": essay.site,
        "issued": {"date-parts": [[essay.date.year, essay.date.month, essay.date.day]]} if essay.date else None,
        "URL": essay.address,
        "language": essay.language,
        "abstract": essay.summary,
    }
    known = {name: value for name, value in item.items() if value}
    return {"id": key_for(known), **known}


def name_of(author: str) -> dict[str, str]:
    """Return an author as CSL has names: "Ann Roe" and "Roe, Ann" as a person's, "{Code America}" as it stands."""
    author = " ".join(author.split())
    if author.startswith("{") and author.endswith("}"):
        return {"literal": author[1:-1]}
    if len(author) <= _LONGEST and (inverted := _INVERTED.fullmatch(author)):
        return {name: part for name, part in inverted.groupdict().items() if part}
    is_short = len(author) <= _LONGEST and len(author.split()) <= _MOST_WORDS
    person = _PERSON.fullmatch(author) if is_short and not _OFFICE.search(author) else None
    if person is None:
        return {"literal": author}
    found = {name: part.strip() for name, part in person.groupdict().items() if part}
    if particle := found.pop("particle", ""):
        found["non-dropping-particle"] = particle
    return found
