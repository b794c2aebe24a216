"""Pelican's side of series."""

from __future__ import annotations

from typing import Any

from pelican import signals


def register() -> None:
    signals.get_generators.connect(generators)


def generators(_pelican: Any) -> Any:
    from plugins.series.pages import SeriesPages  # an edit of texts has no use for it

    return SeriesPages
