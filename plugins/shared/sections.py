"""Pages that are about the site as a whole, whoever makes them: what the footer leads to and the sitemap names.

A generator tells of its pages in `generate_context`, before any page is printed. Templates find `sections`, a tuple of
`(name, address)`, in their context; a section is there only while it has a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any


#: The names under which a build's context holds them.
SECTIONS, PLACES = "sections", "site_places"


def open_section(context: dict[str, Any], name: str, address: str) -> None:
    """Have every page lead to a section; `address` is below the site's root."""
    context[SECTIONS] = tuple(sorted({*context.get(SECTIONS, ()), (name, address)}))


def add_place(context: dict[str, Any], address: str, texts: Iterable[Any]) -> None:
    """Have the sitemap name a page; it is as new as the newest of its texts."""
    context.setdefault(PLACES, []).append((address, list(texts)))


def places_of(context: Mapping[str, Any]) -> Iterator[tuple[str, list[Any]]]:
    """Yield the address and the texts of each such page."""
    yield from context.get(PLACES, ())
