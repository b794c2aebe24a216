"""Refuse text that Markdown would take minutes over."""

from __future__ import annotations

import re
from collections import Counter

from plugins.essays.faults import Faults
from plugins.shared.lines import mask_code


# Python-Markdown looks for the end of each opening from each opening: the time grows with their square.
MAX_OPEN = 1000
MAX_OPEN_IN_ALL = 5000
MAX_NOTES = 50  # that are marked one within another
MAX_MARKS = 1000  # of one note, which links back to each
_NOTE = re.compile(r"\[\^([^\]\n]{1,200})\](?!:)")
_WRITTEN = re.compile(r" {0,3}\[\^([^\]\n]{1,200})\]:")
_PARAGRAPH = re.compile(r"\S.*?(?=\n[ \t]*\n|\Z)", re.S)
_PAIRS = ("[]", "()", "<>", "{}")


class TooSlow(Exception):  # noqa: N818 - it is a message to the author, no error of the program
    """A text takes longer to read than any may."""


def check(source: str, faults: Faults) -> bool:
    """Report what would take too long; return whether there is nothing of the kind."""
    before = len(faults.found)
    _check_openings(source, faults)
    _check_notes(source, faults)
    if source.count("[^") > MAX_NOTES and len(faults.found) == before:
        _check_nesting(source, faults)
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


def _check_nesting(source: str, faults: Faults) -> None:
    """Find notes that are marked within notes, and so on: each is set inside the one before."""
    marks, lines = _marks_in_notes(source)
    depth: dict[str, int] = {}  # of notes within this one; 0 while they are looked at
    for name in marks:
        path = [(name, iter(marks[name]))] if name not in depth else []
        while path:
            note, rest = path[-1]
            depth.setdefault(note, 0)
            inner = next((mark for mark in rest if mark not in depth and mark in marks), None)
            if inner is not None and len(path) <= MAX_NOTES:
                path.append((inner, iter(marks[inner])))
                continue
            path.pop()
            depth[note] = 1 + max((depth.get(mark, 0) for mark in marks[note]), default=0)
            if depth[note] + len(path) > MAX_NOTES:
                message = f'more than {MAX_NOTES} notes are marked one within another, from "{name}" on; write fewer'
                faults.add(lines[name], "text-notes", message)
                return


def _marks_in_notes(source: str) -> tuple[dict[str, list[str]], dict[str, int]]:
    """Return the notes that each note marks, and the lines that notes are written in."""
    marks: dict[str, list[str]] = {}
    lines: dict[str, int] = {}
    note = ""
    for number, line in enumerate(source.split("\n"), 1):
        if found := _WRITTEN.match(line):
            note = found[1]
            lines.setdefault(note, number)
            marks.setdefault(note, [])
        elif line[:1].strip():  # a line that begins at the margin ends the note
            note = ""
        if note:
            marks[note] += _NOTE.findall(line)
    return marks, lines


def _deepest(text: str, pair: str) -> tuple[int, int, int]:
    """Return how many brackets are open at once at most, where they are, and how many are never closed."""
    opening = pair[0]
    depth = deepest = place = 0
    for bracket in re.finditer(f"[{re.escape(pair)}]", text):
        depth = depth + 1 if bracket[0] == opening else max(0, depth - 1)
        if depth > deepest:
            deepest, place = depth, bracket.start()
    return deepest, place, depth
