"""The entries by which essays are cited themselves: made together, each as if it were made by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plugins.citations import styles
from plugins.citations.engine import Engine
from plugins.citations.locales import locale_for
from plugins.citations.own_entries import Wanted, own_entries
from plugins.citations.own_item import Essay, essay_item
from tests.citations.style_page import STYLES


SITE = Path(__file__).parent
#: One author and year, so that styles would tell them apart, number them, or name the author once.
ESSAYS = [
    Essay(title=title, address=f"https://a.example/{title}/", site="Broadside", authors=("Ann Roe",), language="en")
    for title in ("Roads", "Bridges", "Roads")
]


def items() -> list[dict[str, Any]]:
    return [{**essay_item(essay), "issued": {"date-parts": [[2016, 1, 2]]}} for essay in ESSAYS]


@pytest.mark.parametrize(
    ("name", "lang"),
    [*((name, lang) for name, _, lang in STYLES), ("bluebook-law-review", "en"), ("vancouver-nlm", "fr")],
)
def test_together_as_alone(name: str, lang: str, engine: Engine) -> None:
    """No entry has a number, a letter or a dash that it has from the company that it was made in."""
    style = styles.find(name, SITE)
    wanted = [Wanted(item, style, locale_for(lang, style)) for item in items()]

    def report(place: int, message: str) -> None:
        pytest.fail(f"{place}: {message}")

    together = own_entries(wanted, engine, report)
    assert together == [own_entries([one], engine, report)[0] for one in wanted]
    assert together[0] == together[2]
    for entry, title in zip(together, ("Roads", "Bridges"), strict=False):
        assert entry is not None
        assert title in entry
        assert "roe" in entry.lower()
        assert not [sign for sign in ("2016a", "2016b", "———", "[1]", "csl-left-margin") if sign in entry]


def test_an_item_that_the_engine_refuses(engine: Engine) -> None:
    """One item that the engine cannot print does not spoil the others, and is told."""
    style = styles.find("apa", SITE)
    good, bad = items()[0], {**items()[1], "title": "Broken \x1ecut\x1e title"}
    told: list[tuple[int, str]] = []
    wanted = [Wanted(item, style, "en-US") for item in (good, bad, good)]
    entries = own_entries(wanted, engine, lambda place, message: told.append((place, message)))
    assert [entry is None for entry in entries] == [False, True, False]
    assert [place for place, _ in told] == [1]
