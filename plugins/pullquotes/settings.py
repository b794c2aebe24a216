"""What a site may set."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    side: str = "start"  # where a pull quote stands that names no side
