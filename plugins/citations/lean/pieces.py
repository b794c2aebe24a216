"""What the elements of a style come down to for the works of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from plugins.citations.lean.sheet import start


class Does(Enum):
    """What an element does."""

    PRINT = "it may print something of a work"
    WORDS = "it prints words at most, whatever the work"
    LACK = "it prints nothing, and may ask for what no work has, which keeps the words of its group from being printed"
    NOTHING = "nothing at all"


@dataclass(frozen=True, slots=True)
class Piece:
    """An element as written, what it does, and whether it asks for a variable in any case.

    `calls` is the macro that the element stands for, if it is nothing but that.
    """

    written: str
    does: Does
    asks: bool
    calls: str = ""


def lack(variable: str) -> Piece:
    """Return the least element that asks for a variable which no work has."""
    return Piece(f"{start('text', {'variable': variable})}/>", Does.LACK, asks=True)


def written(pieces: Iterable[Piece]) -> str:
    return "".join(piece.written for piece in pieces)


def needed(pieces: Sequence[Piece]) -> list[Piece]:
    """Return a list without what leaves no trace: no lack is needed beside what asks, and of those that do, one."""
    left = [piece for piece in pieces if piece.does in (Does.PRINT, Does.WORDS)]
    if any(piece.asks for piece in left):
        return left
    lacks = [piece for piece in pieces if piece.does is Does.LACK]
    kept = [piece for piece in lacks if piece.asks][:1] or lacks
    return [piece for piece in pieces if any(piece is one for one in (*left, *kept))]


def together(pieces: Iterable[Piece]) -> Does:
    """Return what a list of elements does as one."""
    pieces = list(pieces)
    found = {piece.does for piece in pieces}
    if Does.PRINT in found:
        return Does.PRINT
    if Does.LACK in found:
        is_sure = any(piece.asks for piece in pieces if piece.does is Does.LACK)
        return Does.PRINT if Does.WORDS in found and not is_sure else Does.LACK
    return Does.WORDS if Does.WORDS in found else Does.NOTHING


def _spread(pieces: Sequence[Piece]) -> Does:
    """Return what a list does that is no group: its words are printed if anything is of the group that it stands in."""
    found = {piece.does for piece in pieces}
    return Does.PRINT if {Does.WORDS, Does.LACK} <= found else together(pieces)


def as_one(content: str, pieces: Sequence[Piece]) -> Piece:
    """Return a group of elements as one."""
    does = together(pieces)
    surely = [piece for piece in pieces if piece.does is Does.LACK and piece.asks]
    if does is Does.LACK and surely:
        return surely[0]
    return Piece(content, does, asks=any(piece.asks for piece in pieces))


def one_of(content: str, bodies: Sequence[Sequence[Piece]], *, is_sure: bool) -> Piece:
    """Return a choice among lists of elements as one; it may come to none of them unless it is sure."""
    does = {_spread(pieces) for pieces in bodies}
    asks = is_sure and all(any(piece.asks for piece in pieces) for pieces in bodies)
    if does <= {Does.LACK, Does.NOTHING} and Does.LACK in does:
        first = next(piece for pieces in bodies for piece in pieces if piece.does is Does.LACK)
        return first if asks and first.asks else Piece(content, Does.LACK, asks=False)
    if does <= {Does.WORDS, Does.NOTHING}:
        return Piece(content, Does.WORDS, asks=asks)
    return Piece(content, Does.PRINT, asks=asks)
