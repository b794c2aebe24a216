"""What a theme gets."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """Where an old address leads: from the host's root, the same in full, and what is there: title and language."""

    address: str
    canonical: str
    title: str
    lang: str
