"""A site that has lost its essays is not published: a folder that was moved or misspelt looks just like it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from plugins.press.settings import PATH
from plugins.shared.problems import Problem


def emptiness(settings: Mapping[str, Any], generators: Iterable[Any]) -> Iterator[Problem]:
    """Yield a problem if the folders of essays hold none, not even a draft or one that is spoilt."""
    folders = settings["ARTICLE_PATHS"]
    articles = next(iter(generators))
    if folders and not _sources(articles, folders):
        named = ", ".join(f'"{folder}"' for folder in folders)
        message = f"ARTICLE_PATHS names {named}, where there is no essay; write one, or name the folder that holds them"
        yield Problem(PATH, 1, "essays-missing", message)


def _sources(articles: Any, folders: Any) -> Any:
    extensions = tuple(articles.readers.extensions)
    return articles.get_files(folders, articles.settings["ARTICLE_EXCLUDES"], extensions)
