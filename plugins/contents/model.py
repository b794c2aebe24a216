"""What a theme gets."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its level (2 is that of the text's own), the id that leads to it, its words, and those below it."""

    level: int
    id: str
    html: Markup
    below: tuple[Heading, ...] = ()
