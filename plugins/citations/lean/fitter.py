"""Fit styles to the pages of a build."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from plugins.citations.lean.facts import Facts, Traits, facts_of
from plugins.citations.lean.leaner import lean
from plugins.citations.lean.sheet import Sheet, StrangeError, read
from plugins.citations.model import Item
from plugins.citations.once import Once
from plugins.citations.terms import data_address, source_of


_SHEETS, _FITTED, _TRAITS = 32, 256, 20_000  # that are remembered


class Fitter:
    """Find the least style that does for a page, by the style's address."""

    def __init__(self) -> None:
        self._sheets: dict[str, Sheet | None] = {}
        self._fitted: dict[tuple[str, Facts, str], str] = {}
        self._traits = Once(Traits.of, _TRAITS)

    def fit(self, address: str, items: Iterable[Item], locale: str, *, has_locators: bool) -> str:
        """Return the address of a style that prints the same for these items, or the style's own."""
        sheet = self._sheet(address)
        if sheet is None:
            return address
        facts = facts_of(map(self._traits, items), sheet.variables, has_locators=has_locators)
        if facts is None:
            return address
        key = (address, facts, locale)
        if key not in self._fitted:
            _make_room(self._fitted, _FITTED)
            self._fitted[key] = data_address(lean(sheet, facts, locale))
        return self._fitted[key]

    def _sheet(self, address: str) -> Sheet | None:
        if address not in self._sheets:
            _make_room(self._sheets, _SHEETS)
            try:
                self._sheets[address] = read(source_of(address))
            except StrangeError:
                self._sheets[address] = None
        return self._sheets[address]


def _make_room(kept: dict[Any, Any], most: int) -> None:
    if len(kept) >= most:
        kept.clear()
