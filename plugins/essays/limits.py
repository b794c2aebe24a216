"""Refuse text that Markdown would take minutes over."""

from __future__ import annotations

import re
from collections import Counter

from plugins.essays.faults import Faults
from plugins.shared.lines import mask_code


# Python-Markdown looks for the end of each opening from each opening: the time grows with their square.
MAX_OPEN = 1000
MAX_OPEN_IN_ALL = 5000
MAX_MARKS = 1000  # of one note, which links back to each
_NOTE = re.compile(r"\[\^([^\]\n]{1,200})\](?!:)")
_PARAGRAPH = re.compile(r"\S.*?(?=\n[ \t]*\n|\Z)", re.S)
_PAIRS = ("[]", "()", "<>", "{}")


class TooSlow(Exception):  # noqa: N818 - it is a message to the author, no error of the program
    """A text takes longer to read than any may."""


def check(source: str, faults: Faults) -> bool:
    """Report what would take too long; return whether there is nothing of the kind."""
    before = len(faults.found)
    _check_openings(source, faults)
    _check_notes(source, faults)
    return len(faults.found) == before


def _check_openings(source: str, faults: Faults) -> None:
    suspects = [pair for pair in _PAIRS if source.count(pair[0]) > MAX_OPEN]
    masked = mask_code(source) if suspects else ""
    for pair in suspects:
        total = 0
        for paragraph in _PARAGRAPH.finditer(masked):
            depth, place, left = _deepest(paragraph[0], pair)
            total += left
            if depth > MAX_OPEN or total > MAX_OPEN_IN_ALL:
                what = f'{MAX_OPEN:,} "{pair[0]}" are open at once'
                if depth <= MAX_OPEN:
                    what = f'{MAX_OPEN_IN_ALL:,} "{pair[0]}" are never closed'
                message = f"more than {what}; close them or put them in code"
                faults.add(source.count("\n", 0, paragraph.start() + place) + 1, "text-brackets", message)
                break


def _check_notes(source: str, faults: Faults) -> None:
    for name, count in Counter(_NOTE.findall(source)).items():
        if count > MAX_MARKS:
            line = source.count("\n", 0, source.index(f"[^{name}]")) + 1
            faults.add(line, "text-notes", f'the note "{name}" is marked {count:,} times; at most {MAX_MARKS:,}')


def _deepest(text: str, pair: str) -> tuple[int, int, int]:
    """Return how many brackets are open at once at most, where they are, and how many are never closed."""
    opening = pair[0]
    depth = deepest = place = 0
    for bracket in re.finditer(f"[{re.escape(pair)}]", text):
        depth = depth + 1 if bracket[0] == opening else max(0, depth - 1)
        if depth > deepest:
            deepest, place = depth, bracket.start()
    return deepest, place, depth
