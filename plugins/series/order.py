"""Put essays in order: those of a series by part or date, all others by date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from plugins.series.model import Fault, Link, Member, Place, Series


def by_date(members: Iterable[Member]) -> list[Member]:
    """Return essays from the oldest to the newest; those of one moment in the order of their sources."""
    return sorted(members, key=lambda member: (member.date, member.path))


def by_series(members: Iterable[Member]) -> dict[str, list[Member]]:
    """Return the essays of each series by its slug, in order: those that say no part come last."""
    found: dict[str, list[Member]] = {}
    for member in by_date(members):
        if member.series:
            found.setdefault(member.series, []).append(member)
    for essays in found.values():
        essays.sort(key=lambda member: (not member.part, member.part))  # which keeps the order of their dates
    return found


def numbers(essays: Sequence[Member]) -> list[int]:
    """Return the number of each essay of a series: what it says, or the next one."""
    found: list[int] = []
    for essay in essays:
        found.append(essay.part or (found[-1] if found else 0) + 1)
    return found


def places(series: Series, essays: Sequence[Member]) -> Iterator[Place]:
    """Yield the place of each essay of a series. A part that is not published leaves its number."""
    known = numbers(essays)
    links: list[Link | None] = [None, *(essay.link for essay in essays), None]
    for index, number in enumerate(known):
        total = max(len(essays), *known)
        yield Place(series.name, series.url, number, total, links[index], links[index + 2])


def summary(url: str, essays: Sequence[Member]) -> Series:
    """Return a series by its essays, the first of which names it."""
    years = [essay.date.year for essay in essays]
    return Series(essays[0].name, url, len(essays), min(years), max(years))


def faults(essays: Sequence[Member]) -> Iterator[Fault]:
    """Yield what is wrong with the parts of a series, at the later of two essays."""
    for first, second in pairwise(essays):
        if second.part and first.part == second.part:
            message = f'part {second.part} of "{second.name}" is "{first.path}" as well; give one of them another'
            yield Fault(second.path, "series-part", message)
        elif first.part and not second.part:
            message = f'this essay of "{second.name}" says no part, and others do; write "series: {{name: …, part: …}}"'
            yield Fault(second.path, "series-part", message)
