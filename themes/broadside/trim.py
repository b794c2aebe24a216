"""Take out of a font what no reader sees, so that what readers see arrives sooner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer


_PAIRS = 2  # a kind of lookup in GPOS
_SMALL_CAPITALS = frozenset({"smcp", "c2sc"})


def instance(path: Path, axes: Mapping[str, float | tuple[float, float]]) -> TTFont:
    """Return a variable font within narrower axes, in which letters vary, and their kerning is that of the middle.

    Kerning that varies takes a third of a font, and from regular to semibold differs by a few thousandths of the em.
    """
    font = _within(path, axes)
    middle = _within(path, {tag: sum(ends) / 2 if isinstance(ends, tuple) else ends for tag, ends in axes.items()})
    for tag in ("GDEF", "GPOS"):
        font[tag] = middle[tag]
    return font


def _within(path: Path, axes: Mapping[str, float | tuple[float, float]]) -> TTFont:
    made: TTFont = instancer.instantiateVariableFont(TTFont(path), dict(axes))
    return made


def drop_faint_kerning(font: TTFont, least: int) -> None:
    """Leave no pair of letters moved by less than `least` units; its kerning must not vary.

    A class of letters keeps its place: a pair that is no longer moved is written as moved by nothing, which packs well.
    """
    for table in _pair_tables(font):
        rows = table.PairSet if table.Format == 1 else table.Class1Record
        for row in rows:
            for pair in row.PairValueRecord if table.Format == 1 else row.Class2Record:
                if pair.Value1 and abs(getattr(pair.Value1, "XAdvance", 0)) < least:
                    pair.Value1.XAdvance = 0


def keep_small_capitals(font: TTFont, characters: Iterable[str]) -> None:
    """Leave small capitals of these characters alone."""
    cmap = font.getBestCmap()
    kept = {cmap[ord(char)] for char in characters if ord(char) in cmap}
    features = font["GSUB"].table.FeatureList.FeatureRecord
    numbers = {
        number
        for record in features
        if record.FeatureTag in _SMALL_CAPITALS
        for number in record.Feature.LookupListIndex
    }
    for number in numbers:
        for table in _tables(font["GSUB"].table.LookupList.Lookup[number]):
            table.mapping = {name: small for name, small in table.mapping.items() if name in kept}


def _pair_tables(font: TTFont) -> Iterator[Any]:
    for lookup in font["GPOS"].table.LookupList.Lookup:
        yield from (table for table in _tables(lookup) if table.LookupType == _PAIRS)


def _tables(lookup: Any) -> Iterator[Any]:
    """Yield a lookup's tables, where large ones stand behind an offset of their own."""
    for table in lookup.SubTable:
        yield getattr(table, "ExtSubTable", table)
