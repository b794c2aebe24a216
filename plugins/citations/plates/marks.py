"""The positions of a page's citations, as pandoc counts them: whether a work was cited before, and how long ago."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import pairwise
from typing import Any

from plugins.citations.manuscripts import is_plain


class Position(IntEnum):
    FIRST = 0
    SUBSEQUENT = 1
    IBID = 2
    IBID_WITH_LOCATOR = 3


#: Stands for the number of a page or the like, as no style cares which it is.
ANY_NUMBER = "9090909"
_NUMBERED = re.compile(r"(.*\s)([1-9]\d{0,5})", re.S)


@dataclass(frozen=True, slots=True)
class Mark:
    """A citation of one work: what its print depends on, if no two works on its page are alike."""

    key: str
    position: Position = Position.FIRST
    mode: str = "NormalCitation"
    prefix: str = ""
    suffix: str = ""
    locator: str = ""

    def bare(self) -> Mark:
        """Return the citation as pandoc prints it to tell works apart."""
        return Mark(self.key, self.position)


@dataclass(frozen=True, slots=True)
class Placed:
    """A citation on a page, the number that stands for `ANY_NUMBER`, and its position if no locators are looked at."""

    mark: Mark
    number: str
    bare: Position


def placed(citations: Sequence[Mapping[str, Any]], *, has_positions: bool) -> list[Placed] | None:
    """Return a page's citations, or None if one is more than a work cited in a note of its own, or in the text."""
    found = [_mark(citation) for citation in citations]
    marks = [one for one in found if one is not None]
    if len(marks) < len(found):
        return None
    if not has_positions:
        return [Placed(mark, number, Position.FIRST) for mark, number in marks]
    notes = [citation["note"] for citation in citations]
    if not _are_apart(notes) or any(map(_is_unsure, marks)):
        return None
    return list(_counted(marks, notes))


def _mark(citation: Mapping[str, Any]) -> tuple[Mark, str] | None:
    if citation["inside"] or len(citation["items"]) != 1:
        return None
    (item,) = citation["items"]
    locator = item.get("locator")
    if locator == "" or not is_plain(item):
        return None
    numbered = _NUMBERED.fullmatch(locator or "")
    number = numbered[2] if numbered else ""
    said = f"{numbered[1]}{ANY_NUMBER}" if numbered else locator or ""
    return Mark(item["id"], Position.FIRST, item["mode"], item["prefix"], item["suffix"], said), number


def _are_apart(notes: Sequence[int]) -> bool:
    """Tell whether each citation has a note of its own, or all stand in the text."""
    return not any(notes) or (notes[0] > 0 and all(a < b for a, b in pairwise(notes)))


def _is_unsure(counted: tuple[Mark, str]) -> bool:
    """Tell whether pandoc may find a locator in a suffix, or takes one citation for two."""
    mark, _ = counted
    return bool(mark.suffix) or mark.mode == "AuthorInText"


def _counted(marks: Sequence[tuple[Mark, str]], notes: Sequence[int]) -> Iterator[Placed]:
    last: dict[str, tuple[int, tuple[str, str]]] = {}
    for count, (mark, number) in enumerate(marks):
        located, bare, position = (mark.locator, number), Position.FIRST, Position.FIRST
        if mark.key in last:
            before, was = last[mark.key]
            is_next = before == count - 1 and notes[count] - notes[before] <= 1
            bare = Position.IBID if is_next else Position.SUBSEQUENT
            position = _ibid(located, was) if is_next else Position.SUBSEQUENT
        yield Placed(replace(mark, position=position), number, bare)
        last[mark.key] = (count, located)


def _ibid(located: tuple[str, str], was: tuple[str, str]) -> Position:
    if was[0] and not located[0]:
        return Position.SUBSEQUENT
    return Position.IBID if located == was else Position.IBID_WITH_LOCATOR
