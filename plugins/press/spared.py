"""Import Pelican without what a build of essays asks for nothing, which takes a third of that time.

docutils reads nothing but reStructuredText, watchfiles waits for changes, and urllib.request asks other hosts.
"""

from __future__ import annotations

import contextlib
import sys
import types
from collections.abc import Iterable, Iterator, Mapping
from typing import Any


_TRUST = "ESSAY_TRUSTED_HTML"  # without it, plugins.essays takes the reader of reStructuredText away
#: The plugins that are known to have no use for docutils.
ROOMS = frozenset(
    "plugins.citations plugins.contents plugins.discovery plugins.discovery.search plugins.essays plugins.images "
    "plugins.pullquotes plugins.redirects plugins.series".split()
)
# What Pelican imports of docutils, and what it adds to that; and modules that it, or what it imports, has for others.
_DOCUTILS = (
    "docutils docutils.core docutils.io docutils.parsers docutils.parsers.rst docutils.parsers.rst.languages "
    "docutils.writers docutils.writers.html4css1 pelican.rstdirectives"
).split()
_OTHERS = ("urllib.request", "watchfiles")


class _StandIn(types.ModuleType):
    """A module of which each name is a class: Pelican makes others of a few, and asks no more."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__path__ = []

    def __getattr__(self, name: str) -> type:
        return type(name, (), {})


def reads_no_rst(values: Mapping[str, Any], words: Iterable[str]) -> bool:
    """Tell whether a site, by its settings and the words of a command, surely reads no reStructuredText."""
    plugins = values.get("PLUGINS")
    is_known = isinstance(plugins, list) and "plugins.essays" in plugins and ROOMS.issuperset(map(str, plugins))
    is_told = any(name in word for word in words for name in (_TRUST, "PLUGINS"))
    return is_known and not is_told and not values.get(_TRUST)


@contextlib.contextmanager
def sparing() -> Iterator[None]:
    """Let Pelican be imported with something in the place of these, which others can import all the same after."""
    names = [name for name in (*_DOCUTILS, *_OTHERS) if name not in sys.modules]
    if "pelican" in sys.modules or "docutils" in sys.modules:
        names = []
    sys.modules.update({name: _StandIn(name) for name in names})
    try:
        yield
    finally:
        for name in names:
            sys.modules.pop(name, None)
