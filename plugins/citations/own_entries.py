"""Make the entries by which essays are cited themselves, many at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from plugins.citations.adapting import adapted
from plugins.citations.clean import clean
from plugins.citations.engine import Engine, EngineError, JobError
from plugins.citations.items import formattable
from plugins.citations.languages import Languages
from plugins.citations.model import Item, Style


_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """An item whose entry is wanted, in a style and locale."""

    item: Item
    style: Style
    locale: str

    @property
    def group(self) -> tuple[str, str]:
        return self.style.path, self.locale


@dataclass(frozen=True, slots=True)
class Made:
    """Entries as HTML, None where one cannot be made, and what was wrong: the place, and why."""

    entries: list[str | None]
    faults: list[tuple[int, str]]


def made_of(asked: Sequence[Wanted | None], engine: Engine) -> Made:
    """Make entries, none for essays whose style is not to be had; nothing is changed but what is returned."""
    made = Made([None] * len(asked), [])
    places = [place for place, one in enumerate(asked) if one]
    wanted = [one for one in asked if one]
    found = own_entries(wanted, engine, lambda place, message: made.faults.append((places[place], message)))
    for place, entry in zip(places, found, strict=True):
        made.entries[place] = entry
    return made


def own_entries(wanted: Sequence[Wanted], engine: Engine, report: Callable[[int, str], None]) -> list[str | None]:
    """Return the entry of each as HTML, empty if the style prints none.

    Where the engine fails there is None, and `report` is told the place and why.
    """
    found: dict[int, str] = {}
    places = sorted(range(len(wanted)), key=lambda place: wanted[place].group)
    for _, group in groupby(places, key=lambda place: wanted[place].group):
        alike = list(group)
        for start in range(0, len(alike), _AT_ONCE):
            found |= _made(alike[start : start + _AT_ONCE], wanted, engine, report)
    return [_shown(found[place], one) if place in found else None for place, one in enumerate(wanted)]


def _made(
    places: Sequence[int], wanted: Sequence[Wanted], engine: Engine, report: Callable[[int, str], None]
) -> Iterator[tuple[int, str]]:
    first, items = wanted[places[0]], [adapted(formattable(wanted[place].item)) for place in places]
    try:
        yield from zip(places, engine.entries(first.style, first.locale, items), strict=True)
    except JobError as error:
        if len(places) == 1:
            report(places[0], str(error))
        for place in places if len(places) > 1 else ():  # one of them spoils it for the others
            yield from _made([place], wanted, engine, report)
    except EngineError as error:
        report(places[0], str(error))


def _shown(html: str, wanted: Wanted) -> str:
    key = str(wanted.item["id"])
    return Languages({key: wanted.item}, wanted.locale).mark(clean(html), [key])
