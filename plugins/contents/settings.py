"""What a site may set."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """`headings` is the least number of headings that make a table of contents, `depth` the level of the last in it."""

    headings: int = 4
    depth: int = 3
