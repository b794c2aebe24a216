"""What a page says of itself in JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Mapping
from typing import Any

from plugins.citations.own_item import name_of


_MOST = 200_000  # characters
_MOST_ITEMS = 200


def linked_data(root: Any, kinds: Container[str]) -> dict[str, Any]:
    """Return the first thing of these types that JSON-LD describes."""
    for script in root.iter("script"):
        if script.get("type", "").strip().lower() == "application/ld+json":
            for thing in _things(str(script.text or "")[:_MOST]):
                if type_of(thing) in kinds:
                    return thing
    return {}


def _things(text: str) -> Iterator[dict[str, Any]]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    waiting = data if isinstance(data, list) else [data]
    for thing in waiting[:_MOST_ITEMS]:
        if isinstance(thing, dict):
            graph = thing.get("@graph")
            yield thing
            yield from (
                part for part in (graph if isinstance(graph, list) else [])[:_MOST_ITEMS] if isinstance(part, dict)
            )


def type_of(thing: Mapping[str, Any]) -> str:
    kind = thing.get("@type")
    return str(kind[0] if isinstance(kind, list) and kind else kind).lower()


def named(value: Any) -> dict[str, str]:
    """Return the name of a person or an organization of JSON-LD."""
    if isinstance(value, str):
        return name_of(value)
    if not isinstance(value, dict):
        return {}
    family, given, name = (text_of(value.get(key)) for key in ("familyName", "givenName", "name"))
    if family:
        return {"family": family, "given": given}
    is_office = any(part in type_of(value) for part in ("organi", "corporation"))
    return ({"literal": name} if is_office else name_of(name)) if name else {}


def text_of(value: Any) -> str:
    return value if isinstance(value, str) else ""
