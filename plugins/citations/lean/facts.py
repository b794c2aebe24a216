"""What is known of a page before its style is read: of which types its works are, and which variables they have."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from plugins.citations.model import Item


Types = frozenset[str]

# Set by the processor, or not told by it from what is there.
_ALWAYS = frozenset(
    "id type year-suffix citation-number citation-label citation-key first-reference-note-number "
    "doi pmcid pmid url".split()
)
_RENAMED = {"journalabbreviation": "container-title-short", "shorttitle": "container-title-short"}
_ASKED = {"editortranslator": "editor"}
_PAGES = frozenset(("page", "pages", "page-first"))
_NOTED = re.compile(r"[\w-]+(?=:)")  # "{:original-date:1903}", or a line "original-date: 1903", in a note


@dataclass(frozen=True, slots=True)
class Facts:
    """What no work of a page goes beyond.

    `variables` are those that works of a type may have, in lower case and in the order of the types. `has_locators`
    tells whether a citation may have a locator.
    """

    variables: tuple[tuple[str, frozenset[str]], ...]
    has_locators: bool

    @property
    def types(self) -> Types:
        return frozenset(kind for kind, _ in self.variables)

    def lacks(self, variable: str, types: Types) -> bool:
        """Tell whether no work of these types can have a variable."""
        name = variable.casefold()
        # The processor may have marked a short form as used up that was never there.
        asked = {name, name.removesuffix("-short"), _ASKED.get(name, name)}
        if "locator" in asked and self.has_locators:
            return False
        return asked.isdisjoint(_ALWAYS) and all(
            asked.isdisjoint(names) for kind, names in self.variables if kind in types
        )


def facts_of(items: Iterable[Item], mentioned: Collection[str], *, has_locators: bool) -> Facts | None:
    """Return what is known of works, of variables only those that a style mentions; None if a type is not known."""
    found: dict[str, set[str]] = {}
    for item in items:
        if not isinstance(item, Mapping) or "type" in (names := set(_names(item))):
            return None
        found.setdefault(str(item.get("type", "")), set()).update(names)
    kinds = sorted(found.items())
    return Facts(tuple((kind, frozenset(names.intersection(mentioned))) for kind, names in kinds), has_locators)


def _names(item: Mapping[str, Any]) -> Iterator[str]:
    """Yield the variables of a work as pandoc will know them, and "type" if it may be another than it says."""
    for key in item.keys() - {"type"}:
        name = key.casefold()
        yield _RENAMED.get(name, name)
        if name in _PAGES:
            yield from _PAGES
        if name == "note":
            yield "note"
            yield from (_RENAMED.get(noted, noted) for noted in map(str.casefold, _NOTED.findall(str(item[key]))))
