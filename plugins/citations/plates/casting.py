"""Have pandoc print plates: single citations in a document in which each begins afresh, and entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plugins.citations.model import Entry, Formatted, Item, Result
from plugins.citations.plates.entries import Standing
from plugins.citations.plates.marks import Mark, Position
from plugins.citations.plates.qualities import Qualities, entries_shortened, order_alone
from plugins.citations.terms import data_address


#: Ask for citations as pandoc knows them, of works, in the style of an address.
Ask = Callable[[str, Sequence[Mapping[str, Any]], Sequence[Item]], Result]


class CastError(Exception):
    """Pandoc warned of something, or left something out: what it printed cannot be kept."""


@dataclass(frozen=True, slots=True)
class Foundry:
    """Where the plates of a style are cast; `plain` is what its plain source comes down to for the works."""

    ask: Ask
    qualities: Qualities
    plain: bytes
    in_notes: bool

    def citations(self, marks: Iterable[Mark], works: Mapping[str, Item]) -> tuple[dict[Mark, Formatted], list[Entry]]:
        """Return what citations come to, and others that brought them into their position; and the entries of works."""
        asked: dict[Mark, int] = {}
        told: list[dict[str, Any]] = []
        for mark in sorted(marks, key=lambda one: one.position, reverse=True):
            for one, is_afresh in _scene(mark, works) if mark not in asked else ():
                asked[one] = len(told)
                told.append({**_citation(one), "afresh": is_afresh, "note": len(told) + 1 if self.in_notes else 0})
        result = self._sound(self.plain, told, list(works.values()))
        return {mark: result.citations[place] for mark, place in asked.items()}, list(result.entries)

    def entries(self, printed: Sequence[Entry], works: Mapping[str, Item]) -> dict[str, Standing]:
        """Return entries, with what a dash would stand for in them."""
        if not (self.qualities.shortening and printed):
            return {one.key: Standing(one.html) for one in printed}
        numbers = {one.key: number for number, one in enumerate(printed)}
        pairs = [{**works[key], "id": f"{part}{number}"} for key, number in numbers.items() for part in ("a", "b")]
        style = entries_shortened(self.plain, self.qualities.shortening)
        result = self._sound(style, list(map(_cited, _keys(pairs))), pairs)
        again = {one.key: one.html for one in result.entries}
        return {one.key: Standing.of(one.html, again[f"b{numbers[one.key]}"]) for one in printed}

    def order(self, works: Sequence[Item]) -> dict[str, int] | None:
        """Return the place of each work in a list of all; None if the style lists works as they come.

        Works that no order tells apart have one place.
        """
        if not self.qualities.sorts:
            return None
        style = order_alone(self.plain)
        down, up = (self._sorted(style, list(some)) for some in (works, reversed(works)))
        behind = {key: place for place, key in enumerate(up)}
        ranks, first, furthest = dict[str, int](), 0, -1
        # Works that are alike stand the other way round if they came so: each run of them is one of crossing places.
        for place, key in enumerate(down):
            first = place if place > furthest else first
            furthest = max(furthest, behind[key])
            ranks[key] = first
        return ranks

    def _sorted(self, style: bytes, works: list[Item]) -> list[str]:
        result = self._sound(style, list(map(_cited, _keys(works))), works)
        return [one.key for one in result.entries]

    def _sound(self, style: bytes, asked: Sequence[Mapping[str, Any]], works: Sequence[Item]) -> Result:
        result = self.ask(data_address(style), asked, works)
        cited = {item["id"] for one in asked for item in one["items"]}
        if result.warnings or (self.qualities.has_entries and cited != {one.key for one in result.entries}):
            raise CastError
        return result


def _keys(works: Iterable[Item]) -> list[str]:
    return [str(item["id"]) for item in works]


def _cited(key: str) -> dict[str, Any]:
    return _citation(Mark(key))


def _scene(mark: Mark, works: Iterable[str]) -> Iterator[tuple[Mark, bool]]:
    """Yield the citations that bring one into its position, then that one, and whether each is as the first of all."""
    if mark.position is Position.SUBSEQUENT:
        yield Mark(mark.key), True
        yield Mark(next(key for key in works if key != mark.key)), False
    elif mark.position is not Position.FIRST:
        yield Mark(mark.key, locator=mark.locator if mark.position is Position.IBID else ""), True
    yield mark, mark.position is Position.FIRST


def _citation(mark: Mark) -> dict[str, Any]:
    item = {"id": mark.key, "mode": mark.mode, "prefix": mark.prefix, "suffix": mark.suffix}
    if mark.locator:
        item["locator"] = mark.locator
    return {"items": [item], "note": 0, "inside": False}
