"""What the parts of the plugin hand to each other, and what a theme gets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Link:
    """An essay as others lead to it. `url` is below the site's root, `title` is typeset, `lang` its language."""

    url: str
    title: str
    lang: str


@dataclass(frozen=True, slots=True)
class Member:
    """An essay as far as its place among others goes: `series`, the slug, and `name` are empty if it is in none."""

    link: Link
    date: datetime
    path: str
    series: str = ""
    name: str = ""
    part: int = 0


@dataclass(frozen=True, slots=True)
class Series:
    """A series: its name, its address, how many parts are published, and the years of the first and the last."""

    name: str
    url: str
    count: int
    first_year: int
    last_year: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where an essay stands in a series: part `number` of `total`, between two others if there are any."""

    name: str
    url: str
    number: int
    total: int
    previous: Link | None = None
    next: Link | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the part that the essay at `path` says it is."""

    path: str
    code: str
    message: str
