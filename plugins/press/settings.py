"""What the press asks of a site's settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from plugins.shared.problems import Problem


PATH = "pelicanconf.py"

_UNSUPPORTED = {
    "RELATIVE_URLS": "links start at the root, so that one build serves under any domain",
    "OUTPUT_RETENTION": "every file of the output is written by the build; put yours below content/extra",
    "STATIC_CREATE_LINKS": "the output must not change when a source does",
    "CACHE_CONTENT": "Pelican's cache can hold stale pages and runs code that it finds in its files",
    "LOAD_CONTENT_CACHE": "Pelican's cache can hold stale pages and runs code that it finds in its files",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings `PRESS_…`. `elsewhere` are the beginnings of paths of the site's host that another site serves."""

    strict: bool = False
    elsewhere: tuple[str, ...] = ()


def unsupported(settings: Mapping[str, Any]) -> Iterator[Problem]:
    for name, reason in _UNSUPPORTED.items():
        if settings.get(name):
            yield Problem(PATH, 1, "setting-unsupported", f"{name} cannot be used: {reason}; leave it out")


def base_path(siteurl: str) -> str:
    """Return the path part of a site's address without its last slash: an empty string or `/prefix`."""
    return urlsplit(siteurl).path.rstrip("/")
