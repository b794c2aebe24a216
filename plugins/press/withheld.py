"""What has no public page: drafts, hidden essays, essays of a later day, sources with problems."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from pelican.contents import Content

from plugins.press.link_faults import Withheld
from plugins.shared.contents import articles_of, pages_of, path_of


def withheld_of(generators: list[Any]) -> dict[str, Withheld]:
    """Return what is not public by the files that it has in the output, and those that it would have."""
    found: dict[str, Withheld] = {}
    for generator in generators:
        for name, source, reason in getattr(generator, "awaited", ()):
            found[name] = Withheld(reason, source)
    articles, pages = list(articles_of(generators)), list(pages_of(generators))
    for kind, contents in (("article", articles), ("page", pages)):
        for content in contents:
            # A hidden page is one that only texts lead to; a hidden essay is found by its address alone.
            if content.status == "draft" or (content.status, kind) == ("hidden", "article"):
                found |= dict.fromkeys(_names(content, kind), Withheld(content.status, path_of(content)))
    public = {content.save_as for content in (*articles, *pages) if content.status == "published"}
    return {name: withheld for name, withheld in found.items() if name not in public}


def private_of(generators: list[Any]) -> frozenset[str]:
    """Return the files of the output whose sources are not published."""
    contents = (*articles_of(generators), *pages_of(generators))
    return frozenset(posixpath.normpath(content.save_as) for content in contents if content.status != "published")


def spoilt_of(generators: list[Any], written: frozenset[str]) -> frozenset[str]:
    """Return the names of published sources that were not written: the reason is a problem of its own."""
    kinds = (("article", articles_of(generators)), ("page", pages_of(generators)))
    missing = (
        name
        for kind, contents in kinds
        for content in contents
        if content.status == "published" and content.save_as and posixpath.normpath(content.save_as) not in written
        for name in _names(content, kind)
    )
    return frozenset(missing)


def _names(content: Any, kind: str) -> Iterator[str]:
    names = [content.save_as, f"{content.url}index.html" if content.url.endswith("/") else content.url]
    if not hasattr(content, "override_save_as"):
        key = "save_as" if content.in_default_lang else "lang_save_as"
        names.append(Content._expand_settings(content, key, kind))  # noqa: SLF001 - its own would say where drafts go
    yield from (posixpath.normpath(name) for name in names if name)
