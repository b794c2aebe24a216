"""Every article and page of a build, out of Pelican's many lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from plugins.shared.files import site_path


_ARTICLES = "articles translations drafts drafts_translations hidden_articles hidden_translations".split()
_PAGES = "pages translations draft_pages draft_translations hidden_pages hidden_translations".split()


def articles_of(generators: Iterable[Any]) -> Iterator[Any]:
    """Yield every article, whatever its status, in the order of Pelican's lists."""
    for generator in generators:
        if hasattr(generator, "articles"):
            yield from _of(generator, _ARTICLES)


def pages_of(generators: Iterable[Any]) -> Iterator[Any]:
    """Yield every page, whatever its status, in the order of Pelican's lists."""
    for generator in generators:
        if hasattr(generator, "pages"):
            yield from _of(generator, _PAGES)


def contents_of(generators: Iterable[Any]) -> Iterator[Any]:
    """Yield every article, then every page, then what cannot be published but may have more faults to be named."""
    generators = list(generators)
    spoilt = (getattr(generator, "spoilt", ()) for generator in generators)
    return chain(articles_of(generators), pages_of(generators), chain.from_iterable(spoilt))


def path_of(content: Any) -> str:
    """Return an article's or page's source as problems name it."""
    return getattr(content, "problem_path", None) or site_path(content.source_path, content.settings["PATH"])


def _of(generator: Any, names: Iterable[str]) -> Iterator[Any]:
    return chain.from_iterable(getattr(generator, name, ()) for name in names)
