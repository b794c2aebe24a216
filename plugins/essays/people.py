"""What a site says of its authors, which their pages show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from plugins.shared import named_links


_KEYS = ("about", "links")
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+")


def faults(authors: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the setting `ESSAY_AUTHORS`, in words."""
    for name, known in authors.items():
        if not isinstance(known, Mapping) or not isinstance(name, str):
            yield f'ESSAY_AUTHORS has "{known}" for "{name}"; write a mapping such as {{"about": "Writes on maps."}}'
            continue
        for key in sorted(known.keys() - set(_KEYS), key=str):
            yield f'ESSAY_AUTHORS has a key "{key}" for "{name}"; its keys are {" and ".join(_KEYS)}'
        if not isinstance(known.get("about", ""), str):
            yield f'ESSAY_AUTHORS has "{known["about"]}" for what "{name}" is about; write text'
        yield from _wrong_links(name, known.get("links", ()))


def _wrong_links(name: str, links: Any) -> Iterator[str]:
    for link in named_links.items(links):
        if not named_links.is_pair(link) or not _ADDRESS.fullmatch(link[1]):
            yield f'ESSAY_AUTHORS has the link "{link}" for "{name}"; write ("words", "https://…")'
