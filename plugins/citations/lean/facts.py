"""What is known of a page before its style is read: of which types its works are, and which variables they have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from plugins.citations.items import DATES, NAMES


# Set by the processor.
_SET = frozenset("id type year-suffix citation-number citation-label citation-key first-reference-note-number".split())
# Of these it may take note even if they are not there.
_ALWAYS = _SET | {"doi", "pmcid", "pmid", "url"}
_RENAMED = {"journalabbreviation": "container-title-short", "shorttitle": "container-title-short"}
_ASKED = {"editortranslator": "editor"}
_PAGES = frozenset(("page", "pages", "page-first"))
_SPECIAL = _SET | _PAGES | {"container", "locator", "note"}
_NAMES = frozenset(  # which pandoc takes for lists of names on their way through the metadata of a document
    "author collection-editor composer container-author director editor editorial-director illustrator interviewer "
    "original-author recipient reviewed-author translator".split()
)
_FIRST, _LAST = 1000, 10000  # years that are written with four digits
_NOTED = re.compile(r"[\w-]+(?=:)")  # "{:original-date:1903}", or a line "original-date: 1903", in a note


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a part of a style is read: for works of which types, and whether in citations, which have a place."""

    types: frozenset[str]
    is_cited: bool

    def joined(self, other: Scope) -> Scope:
        return Scope(self.types | other.types, self.is_cited or other.is_cited)


@dataclass(frozen=True, slots=True)
class Kind:
    """The works of a type: the variables that any of them may have, and those that each of them has, in lower case."""

    name: str
    some: frozenset[str]
    each: frozenset[str]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the works of a page, and whether a citation may have a locator."""

    kinds: tuple[Kind, ...]
    has_locators: bool

    @property
    def types(self) -> frozenset[str]:
        return frozenset(kind.name for kind in self.kinds)

    def lacks(self, variable: str, scope: Scope) -> bool:
        """Tell whether no work there can have a variable."""
        name = variable.casefold()
        # Where one of a variable and its short form is used up, the processor takes both for there.
        asked = {name, name.removesuffix("-short"), f"{name}-short", _ASKED.get(name, name)}
        if "locator" in asked and self.may_locate(scope):
            return False
        return asked.isdisjoint(_ALWAYS) and all(
            asked.isdisjoint(kind.some) for kind in self.kinds if kind.name in scope.types
        )

    def has(self, variable: str, scope: Scope) -> bool:
        """Tell whether each work there has a variable."""
        name = variable.casefold()
        return name not in _SPECIAL and all(name in kind.each for kind in self.kinds if kind.name in scope.types)

    def may_locate(self, scope: Scope) -> bool:
        return self.has_locators and scope.is_cited


@dataclass(frozen=True, slots=True)
class Traits:
    """What is known of one work: its type (None if it is not), and the variables that it may have, and surely has."""

    type: str | None
    some: frozenset[str]
    each: frozenset[str]

    @classmethod
    def of(cls, item: Any) -> Traits:
        if not isinstance(item, Mapping):
            return cls(None, frozenset(), frozenset())
        names = frozenset(_names(item))
        return cls(None if "type" in names else str(item.get("type", "")), names, frozenset(_sure(item)))


def facts_of(works: Iterable[Traits], mentioned: frozenset[str], *, has_locators: bool) -> Facts | None:
    """Return what is known of works, of variables only those that a style mentions; None if a type is not known."""
    found: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
    for work in works:
        if work.type is None:
            return None
        some, each = found.get(work.type, (work.some, work.each))
        found[work.type] = some | work.some, each & work.each
    kinds = (Kind(kind, some & mentioned, each & mentioned) for kind, (some, each) in sorted(found.items()))
    return Facts(tuple(kinds), has_locators)


def _names(item: Mapping[str, Any]) -> Iterator[str]:
    """Yield the variables of a work as pandoc will know them, and "type" if it may be another than it says."""
    for key in item.keys() - {"type"}:
        name = key.casefold()
        yield _RENAMED.get(name, name)
        if name in _PAGES:
            yield from _PAGES
        if name == "note":
            yield from (_RENAMED.get(noted, noted) for noted in _noted(item))


def _noted(item: Mapping[str, Any]) -> list[str]:
    return [noted.casefold() for noted in _NOTED.findall(str(item.get("note", "")))]


def _sure(item: Mapping[str, Any]) -> set[str]:
    """Return the variables of a work that are surely not empty to pandoc, whatever it makes of markup and names."""
    names = {key.casefold() for key, value in item.items() if _is_sure(key.casefold(), value)}
    return names.difference(_noted(item)) if len({key.casefold() for key in item}) == len(item) else set()


def _is_sure(key: str, value: Any) -> bool:
    if key in DATES:
        parts = value.get("date-parts") if isinstance(value, Mapping) else None
        return parts is not None and set(value) == {"date-parts"} and _is_year(parts)
    if key in NAMES:
        return key in _NAMES and isinstance(value, list) and all(map(_is_named, value)) and bool(value)
    return isinstance(value, str) and "<" not in value and any(map(str.isalnum, value))


def _is_year(parts: Any) -> bool:
    return (
        len(parts) == 1 and len(parts[0]) == 1 and str(parts[0][0]).isdecimal() and _FIRST <= int(parts[0][0]) < _LAST
    )


def _is_named(name: Any) -> bool:
    said = name.get("family") or name.get("literal") if isinstance(name, Mapping) else None
    return isinstance(said, str) and any(map(str.isalnum, said))
