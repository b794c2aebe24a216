"""The links of texts that have no page for another fault of theirs: what is wrong with them is told in the same run."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from plugins.press.link_faults import Fault, Site, check_page
from plugins.press.links import links_of
from plugins.press.model import Links
from plugins.shared.contents import path_of


_UNKNOWN = "\0"  # begins what stands for a page whose address cannot be told


def passed_over(generators: Iterable[Any], files: frozenset[str]) -> dict[str, Any]:
    """Return the spoilt texts that can be searched, by the page that each would have; none that another has."""
    generators = list(generators)
    pages = {source: name for each in generators for name, source, _ in getattr(each, "awaited", ())}
    texts = [text for each in generators for text in getattr(each, "spoilt", ())]
    named = {pages.get(path_of(text)) or f"{_UNKNOWN}{path_of(text)}": text for text in texts}
    return {page: text for page, text in sorted(named.items()) if page not in files}


def faults_of(texts: Mapping[str, Any], site: Site) -> Iterator[Fault]:
    """Yield what is wrong with the links of these texts to other pages and to files."""
    for page, text in texts.items():
        links = links_of(str(text.content))
        for fault in check_page(page, _certain(links, page), site):
            if page not in fault.target.names and not _is_to_come(fault, text):
                yield fault


def _certain(links: Links, page: str) -> Links:
    """Return those links whose end can be told: a theme may have places of its own on the page."""
    known = (link for link in links.addresses if not link.startswith("#"))
    if not page.startswith(_UNKNOWN):
        return Links(frozenset(known), links.images, links.ids)
    return Links(frozenset(filter(_is_whole, known)), frozenset(filter(_is_whole, links.images)), links.ids)


def _is_whole(address: str) -> bool:
    return address.startswith("/") or "://" in address


def _is_to_come(fault: Fault, text: Any) -> bool:
    """Tell whether a file would be there if the text were published: its pictures, and what it alone links to."""
    shown = (getattr(text, "pictures", None) or {}).get("shown", {})
    made = {name for files in shown.values() for name in files}
    content = text.settings["PATH"]
    return not fault.target.name and any(
        name in made or os.path.isfile(os.path.join(content, name))  # noqa: PTH113, PTH118 - which no name is too long for
        for name in fault.target.names
    )
