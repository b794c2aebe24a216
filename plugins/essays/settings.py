"""What a site may choose about its essays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


PREFIX = "ESSAY"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings `ESSAY_…`.

    `extra_keys` are front matter keys of the site's own, `hidden` is whether hidden essays are written,
    `max_bytes` is the size of the largest source, `timeout` how many seconds one may take to read.
    `workers` is how many processes read at once; 0 means one for each core. `trusted_html` takes the allow list
    away: whoever writes an essay then writes the site's pages. `authors` says who writes here, by name: `about`, text,
    and `links`, pairs of words and address.
    """

    extra_keys: tuple[str, ...] = ()
    typogrify: bool = True
    future: bool = False
    hidden: bool = True
    max_bytes: int = 2_000_000
    timeout: int = 10
    workers: int = 0
    trusted_html: bool = False
    authors: Mapping[str, Any] | None = None
