"""The plates of a style and a locale, and the pages that are put together of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from plugins.citations.model import Entry, Formatted, Item, Result
from plugins.citations.plates.apart import Print, Prints, are_apart, share_no_families
from plugins.citations.plates.casting import CastError, Foundry
from plugins.citations.plates.entries import Standing, none_is_shortened
from plugins.citations.plates.marks import ANY_NUMBER, Mark, Placed, Position, placed
from plugins.citations.plates.qualities import Qualities
from plugins.citations.plates.works import Known
from plugins.citations.worker import EngineError


class Case:
    """Plates, cast as pages ask for them, of works that many pages cite."""

    def __init__(self, foundry: Foundry, works: Iterable[Item]) -> None:
        self._foundry, self._qualities = foundry, foundry.qualities
        self._works = {str(item["id"]): item for item in works if "other-ids" not in item}
        self._plates: dict[Mark, Formatted] = {}
        self._prints: dict[tuple[Mark, ...], Prints] = {}
        self._entries: dict[str, Standing] = {}
        self._known: dict[str, Known] = {}
        self._ranks: dict[str, int] | None = None
        self._is_ordered = False

    def page(self, citations: Sequence[Mapping[str, Any]], items: Iterable[Item]) -> Result | None:
        """Return a page as pandoc would print it, or None where it may take the page as a whole to do so."""
        found = placed(citations, has_positions=self._qualities.has_positions)
        if not found:
            return None
        keys = list(dict.fromkeys(one.mark.key for one in found))
        if not self._has(keys, items):
            return None
        bare = _bare(found, self._qualities)
        wanted = [*(one.mark for one in found), *(mark for marks in bare.values() for mark in marks)]
        if not self._cast(wanted) or not self._are_apart(keys, bare):
            return None
        entries = self._listed(keys)
        return None if entries is None else Result(tuple(map(self._printed, found)), entries)

    def _has(self, keys: Iterable[str], items: Iterable[Item]) -> bool:
        """Tell whether a page's works are those of this case: it may have others of the same names."""
        cited = {item["id"]: item for item in items}
        return len(self._works) > 1 and all(cited[key] is self._works.get(key) for key in keys)

    def _cast(self, wanted: Iterable[Mark]) -> bool:
        """Have all plates that are wanted; tell whether there are."""
        missing = [mark for mark in dict.fromkeys(wanted) if mark not in self._plates]
        if not missing:
            return True
        new = list(dict.fromkeys(mark.key for mark in missing))
        works = {key: self._works[key] for key in new}
        if len(works) == 1:  # one more stands between two citations of the same
            works |= {key: item for key, item in list(self._works.items())[:2] if key not in works}
        try:
            plates, printed = self._foundry.citations(missing, works)
            unknown = [one for one in printed if one.key not in self._entries]
            self._entries |= self._foundry.entries(unknown, works)
        except (CastError, EngineError):
            for key in new:
                self._works.pop(key)
            return False
        self._plates |= plates
        return True

    def _are_apart(self, keys: Sequence[str], bare: Mapping[str, tuple[Mark, ...]]) -> bool:
        if self._qualities.tells_names and not share_no_families(map(self._knowledge, keys)):
            return False
        return are_apart([self._printed_bare(bare[key]) for key in keys if bare])

    def _printed_bare(self, marks: tuple[Mark, ...]) -> Prints:
        if marks not in self._prints:
            work, words = self._knowledge(marks[0].key), self._qualities.words
            plates = [self._plates[mark] for mark in marks]
            self._prints[marks] = Prints.of([Print.of(f"{one.text} {one.note}", work, words) for one in plates])
        return self._prints[marks]

    def _knowledge(self, key: str) -> Known:
        if key not in self._known:
            self._known[key] = Known.of(self._works[key])
        return self._known[key]

    def _listed(self, keys: Sequence[str]) -> tuple[Entry, ...] | None:
        """Return the entries of works in their order; None if it depends on more than the works."""
        if not self._qualities.has_entries:
            return ()
        ordered = self._in_order(keys)
        if ordered is None:
            return None
        if not none_is_shortened([(self._entries[key], self._knowledge(key)) for key in ordered]):
            return None
        return tuple(Entry(key, self._entries[key].html) for key in ordered)

    def _in_order(self, keys: Sequence[str]) -> Sequence[str] | None:
        if not self._is_ordered:
            self._is_ordered = True
            self._ranks = self._foundry.order(list(self._works.values()))
        ranks = self._ranks
        if ranks is None:
            return keys
        return sorted(keys, key=ranks.__getitem__) if len({ranks[key] for key in keys}) == len(keys) else None

    def _printed(self, one: Placed) -> Formatted:
        plate = self._plates[one.mark]
        if not one.number:
            return plate
        return Formatted(plate.text.replace(ANY_NUMBER, one.number), plate.note.replace(ANY_NUMBER, one.number))


def _bare(found: Sequence[Placed], qualities: Qualities) -> dict[str, tuple[Mark, ...]]:
    """Return the bare citations of each work that pandoc compares: the page's, and one more of each work at its end."""
    if not qualities.tells_apart:
        return {}
    positions: dict[str, set[Position]] = {}
    for one in found:
        positions.setdefault(one.mark.key, set()).add(one.bare)
    last = found[-1].mark.key
    if qualities.has_positions:
        # At the end works come by their keys, so that the first of them may stand right behind itself.
        extra = {Position.SUBSEQUENT, Position.IBID} if last == min(positions) else {Position.SUBSEQUENT}
        positions = {key: some | (extra if key == last else {Position.SUBSEQUENT}) for key, some in positions.items()}
    return {key: tuple(Mark(key, position) for position in sorted(some)) for key, some in positions.items()}
