"""The entries by which essays are cited themselves: many at a time, each made once and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from markupsafe import Markup

from plugins.citations.adapting import adapted
from plugins.citations.clean import clean
from plugins.citations.engine import Engine, EngineError, JobError
from plugins.citations.items import formattable
from plugins.citations.languages import Languages
from plugins.citations.model import Item, Style
from plugins.shared.store import Store


_ROOM = "entries"  # of the store
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """An item whose entry is wanted, in a style and locale. `told` tells the style from earlier ones of its name."""

    item: Item
    style: Style
    locale: str
    told: str

    @property
    def group(self) -> tuple[str, str]:
        return self.style.path, self.locale


@dataclass(frozen=True, slots=True)
class OwnEntries:
    """What makes entries, and keeps them. `report` is told which could not be made, by their place, and why."""

    engine: Engine
    store: Store
    report: Callable[[int, str], None]

    def of(self, wanted: Sequence[Wanted]) -> list[Markup]:
        """Return the entry of each as HTML; empty if the style prints none, or the engine fails."""
        keys = [self.store.key(one.told, one.style.name, one.locale, one.item) for one in wanted]
        found = {place: kept for place, key in enumerate(keys) if isinstance(kept := self._kept(key), str)}
        missing = sorted(set(range(len(wanted))) - found.keys(), key=lambda place: wanted[place].group)
        for _, group in groupby(missing, key=lambda place: wanted[place].group):
            for place, html in self._made_in_parts(list(group), wanted):
                found[place] = html
                self.store.put(_ROOM, keys[place], keys[place], html)
        return [_shown(found.get(place, ""), one) for place, one in enumerate(wanted)]

    def _kept(self, key: str) -> Any:
        return self.store.get(_ROOM, key, key)

    def _made_in_parts(self, places: Sequence[int], wanted: Sequence[Wanted]) -> Iterator[tuple[int, str]]:
        for start in range(0, len(places), _AT_ONCE):
            yield from self._made(places[start : start + _AT_ONCE], wanted)

    def _made(self, places: Sequence[int], wanted: Sequence[Wanted]) -> Iterator[tuple[int, str]]:
        first = wanted[places[0]]
        items = [adapted(formattable(wanted[place].item)) for place in places]
        try:
            yield from zip(places, self.engine.entries(first.style, first.locale, items), strict=True)
        except JobError as error:
            if len(places) == 1:
                self.report(places[0], str(error))
            for place in places if len(places) > 1 else ():  # the others are sound
                yield from self._made([place], wanted)
        except EngineError as error:
            self.report(places[0], str(error))


def _shown(html: str, wanted: Wanted) -> Markup:
    key = str(wanted.item["id"])
    return Markup(Languages({key: wanted.item}, wanted.locale).mark(clean(html), [key]))  # noqa: S704 - made and cleaned here
