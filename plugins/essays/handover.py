"""What Pelican's articles and the press are given of a reading, under the names that they know it by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple
from pathlib import Path
from typing import Any

from markupsafe import Markup

from plugins.essays import dates
from plugins.essays.claims import Claims
from plugins.essays.model import Reading


# Name in a reading -> attribute of Pelican's article.
_MARKUP = {
    "title_html": "title",
    "subtitle_html": "subtitle",
    "standfirst_html": "standfirst",
    "summary_html": "summary",
}
_DATES = ("date", "modified")
_RENAMED = {"title": "plain_title", "citation-style": "citation_style", "references": "references_inline"}
_TYPED = frozenset({*_MARKUP, *_DATES, "subtitle", "summary", "authors", "tags", "category", "lines"})


def attributes(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return the attributes of an article with these metadata, but for tags, authors and category, which have pages."""
    made: dict[str, Any] = {
        _RENAMED.get(key, key.replace("-", "_")): value for key, value in found.items() if key not in _TYPED
    }
    made |= {name: Markup(found[key]) for key, name in _MARKUP.items() if key in found}  # noqa: S704 - sanitise.py has seen to it
    made |= {name: dates.parse(found[name]) for name in _DATES if name in found}
    if "translation" in found:  # Pelican reads it as it was written
        made["translation"] = str(found["translation"]).lower()
    return made


def default_category(path: str, settings: Mapping[str, Any]) -> str | None:
    """Return the site's category, unless Pelican is to take the name of a folder below the essays'.

    `path` is the source's, from the content folder.
    """
    folder = Path(path).parent.as_posix()
    roots = {Path(root).as_posix() for root in (*settings["ARTICLE_PATHS"], *settings["PAGE_PATHS"])}
    if settings["USE_FOLDER_AS_CATEGORY"] and folder not in {*roots, "."}:
        return None
    return str(settings["DEFAULT_CATEGORY"])


def remains(reading: Reading, sha: str, claims: Claims) -> dict[str, Any]:
    """Return, as JSON, what a build that does not read a sound source has to know of it."""
    return {
        "sha": sha,
        "metadata": {name: reading.metadata[name] for name in ("date", "status") if name in reading.metadata},
        "claims": claims.told,
        "problems": [astuple(problem) for problem in reading.problems],
    }


def spoilt(reading: Reading, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the attributes of an essay with errors, of which the text is searched for more."""
    return {
        "_content": reading.html,
        "lang": reading.metadata.get("lang", settings["DEFAULT_LANG"]),
        "references_inline": reading.metadata.get("references", ()),
        "source_text": reading.source,
    }
