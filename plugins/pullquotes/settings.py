"""What a site may set."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    side: str = "start"  # where a pull quote stands that names no side
    essays: int = 60  # of how many essays one page of the commonplace book holds the quotes; more have a page a year
