"""Split a source into front matter and body."""

from __future__ import annotations

import re

from plugins.essays.faults import Faults
from plugins.essays.model import Entry
from plugins.essays.yaml_mapping import read_mapping


_FENCE = re.compile(r"---[ \t]*\n")
# Lines that were meant to be a fence: of another program, indented, too long, or with words behind it.
_ALMOST = re.compile(r"[ \t]*(-{3,}[^\n]{0,20}|\+{3}|;;;|\{(?=[ \t]*[\"\n]))")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.M)
_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9_-]*):(?:[ \t]+(.*)|[ \t]*)$")
_CONTINUED = re.compile(r"(?: {4,}|\t)(.*)$")


def split(text: str, faults: Faults) -> tuple[tuple[Entry, ...], str]:
    """Return the entries of the front matter, and the body. Lines of entries count from the file's first."""
    start = len(text) - len(text.lstrip("\n"))
    if opening := _FENCE.match(text, start):
        return _split_yaml(text, opening, faults)
    if almost := _ALMOST.match(text, start):
        message = f'"{almost[1]}" opens no front matter; begin the file with a line of exactly "---"'
        faults.add(text.count("\n", 0, almost.start(1)) + 1, "front-matter-opening", message)
        return (), ""
    return _split_headers(text, start, faults)


def normal(key: str) -> str:
    """Return the form of a key that is compared: lower case, hyphens."""
    return key.strip().casefold().replace("_", "-")


def _split_yaml(text: str, opening: re.Match[str], faults: Faults) -> tuple[tuple[Entry, ...], str]:
    first = text.count("\n", 0, opening.end()) + 1
    end = _END.search(text, opening.end())
    if end is None:
        faults.add(first - 1, "front-matter-unclosed", 'no line "---" closes the front matter; put one before the text')
        return (), ""
    entries = read_mapping(text[opening.end() : end.start()], first, faults)
    return _without_repeats(entries, faults), text[end.end() :].removeprefix("\n")


def _split_headers(text: str, start: int, faults: Faults) -> tuple[tuple[Entry, ...], str]:
    found: list[tuple[str, int, list[str]]] = []
    lines = text[start:].split("\n")
    count = 0
    for count, line in enumerate(lines):  # the count is where the body starts
        if header := _HEADER.match(line):
            found.append((header[1], count + start + 1, [(header[2] or "").strip()]))
        elif found and (more := _CONTINUED.match(line)):
            found[-1][2].append(more[1].strip())
        else:
            break
    else:
        count = len(lines)
    values = [(key, line, "\n".join(filter(None, value)) or None) for key, line, value in found]
    entries = [Entry(key, line, value, value) for key, line, value in values]
    return _without_repeats(entries, faults), "\n".join(lines[count:])


def _without_repeats(entries: list[Entry], faults: Faults) -> tuple[Entry, ...]:
    kept: dict[str, Entry] = {}
    for entry in entries:
        first = kept.setdefault(normal(entry.key), entry)
        if first is not entry:
            message = f'"{entry.key}" stands in line {first.line} already; keep one'
            faults.add(entry.line, "key-duplicate", message)
    return tuple(kept.values())
