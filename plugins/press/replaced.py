"""Publish the files after all that a plugin has replaced by others, where something still leads to them.

A picture is shown in sizes and formats of its own, and its original stays at home: unless a page, a drawing, a style
sheet or a setting names it. What authors link to is known before; this is about everybody else.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from plugins.press.links import FEEDS, PAGES
from plugins.press.model import Leaf
from plugins.press.record import Record
from plugins.press.targets import Targets
from plugins.press.unshown import of_settings, text_of


#: The key of the context that names the replaced files by source.
KEY = "replaced_files"


def wanted(
    generators: Iterable[Any], leaves: Mapping[str, Leaf], record: Record, path_of: Callable[[str], Path]
) -> list[Any]:
    """Return the static files that were replaced and that something in the output leads to.

    `path_of` tells where a file is until the output is in its place.
    """
    statics = next((generator for generator in generators if hasattr(generator, "staticfiles")), None)
    if statics is None or not (sources := statics.context.get(KEY)):
        return []
    files = {posixpath.normpath(file.save_as): file for file in _replaced(statics, sources)}
    found = set(_linked(files, leaves, record, statics.settings["SITEURL"]))
    others = [text_of(path_of(name), name) for name in leaves if not name.endswith((*PAGES, *FEEDS))]
    for text in (of_settings(statics.settings), *others):
        left = files.keys() - found
        found |= {name for name in left if text.mentions([name, files[name].get_relative_source_path()])}
    return [files[name] for name in sorted(found)]


def _replaced(statics: Any, sources: Iterable[str]) -> Iterator[Any]:
    return (file for file in statics.staticfiles if file.get_relative_source_path() in sources)


def _linked(files: Mapping[str, Any], leaves: Mapping[str, Leaf], record: Record, siteurl: str) -> Iterator[str]:
    """Yield the files that a page or a feed leads to."""
    targets = Targets(siteurl, (*leaves, *files))
    endings = tuple({posixpath.splitext(name)[1] for name in files})
    for page in leaves:
        if page.endswith((*PAGES, *FEEDS)):
            links = record.links_of(page, leaves[page].sha256)
            for address in links.addresses | links.images:
                if any(ending in address for ending in endings) and (target := targets.follow(address, page)):
                    yield from files.keys() & set(target.names)
