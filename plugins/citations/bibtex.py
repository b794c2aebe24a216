"""Read BibTeX and BibLaTeX: what is broken is said, the engine reads what is sound, and what it loses is mended."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from plugins.citations.documents import Report
from plugins.citations.entries import CODE, BibEntry, parents_of, read_entries
from plugins.citations.latex import protected, tidied
from plugins.citations.mending import mended
from plugins.citations.model import Item
from plugins.shared.suggest import did_you_mean


#: Reads BibTeX text. It is called with some entries at a time, which an edit elsewhere in the file leaves as they are:
#: so its answers can be kept by text.
ReadBiblatex = Callable[[str], list[Item]]

_SAME = {"conference": "inproceedings"}  # what the engine does not know of BibTeX
_NO_ITEMS = frozenset({"set", "xdata"})
_TITLES = frozenset(
    "title subtitle titleaddon shorttitle maintitle mainsubtitle maintitleaddon booktitle booksubtitle booktitleaddon "
    "issuetitle issuesubtitle series eventtitle origtitle".split()
)
_AS_IT_IS = frozenset("url doi eprint isbn issn langid language keywords options".split())
_LEFT_OUT = frozenset("file pdf owner timestamp date-added date-modified ids".split())
_MOST_PARENTS = 20
_FEWEST, _MOST = 20, 200  # entries that are read at a time; the end is where it falls by chance, but always there
_CHANCE = 64
_PLACE = re.compile(r"^Error at \(line \d+, column \d+\):\s*")  # in a text that nobody wrote


class BiblatexError(ValueError):
    """The engine cannot read this text."""


class LateBiblatexError(ValueError):
    """The engine takes longer over this text than it may."""


def read_bibtex(text: str, report: Report, read: ReadBiblatex) -> Iterator[tuple[Any, int]]:
    """Yield the items of the sound entries, in the order of the file."""
    file = read_entries(text, report)
    entries = _without_loops(file.entries, report)
    parents = {key: tuple(_parents(entry, entries)) for key, entry in entries.items()}
    for chunk in _chunks(entries.values()):
        for entry, item in _read_chunk(chunk, file.preamble, parents, report, read):
            yield mended(item, entry, report), entry.line


def _without_loops(entries: Iterable[BibEntry], report: Report) -> dict[str, BibEntry]:
    """Return entries by key, and none that takes its fields from itself: the engine would never end."""
    known = {entry.key: entry for entry in entries}
    return {key: _checked(entry, known, report) for key, entry in known.items()}


def _checked(entry: BibEntry, known: Mapping[str, BibEntry], report: Report) -> BibEntry:
    def complain(message: str) -> None:
        line = entry.lines.get("crossref", entry.lines.get("xdata", entry.line))
        report(line, CODE, f'"{entry.key}" takes its fields from {message}')

    for key in parents_of(entry):
        if key not in known:
            hint = did_you_mean(key, known) or "; add it, or write its fields here"
            complain(f'"{key}", which is no entry of this file{hint}')
    found = [parent.key for parent in _parents(entry, known)]
    if entry.key in found:
        complain("itself through crossref or xdata; take that out")
    elif len(found) > _MOST_PARENTS:
        complain(f"more than {_MOST_PARENTS} entries through crossref or xdata; write them here")
    else:
        return entry
    fields = {name: value for name, value in entry.fields.items() if name not in {"crossref", "xdata"}}
    return replace(entry, fields=fields)


def _parents(entry: BibEntry, known: Mapping[str, BibEntry]) -> Iterator[BibEntry]:
    """Yield the entries that an entry takes its fields from, near or far; one more than the most, and no more."""
    waiting, seen = list(parents_of(entry)), set[str]()
    while waiting and len(seen) <= _MOST_PARENTS:
        key = waiting.pop(0)
        if key in known and key not in seen:
            seen.add(key)
            waiting += parents_of(known[key])
            yield known[key]


def _chunks(entries: Iterable[BibEntry]) -> Iterator[list[BibEntry]]:
    """Yield entries some at a time, so that another before or behind changes no more than the next few."""
    chunk: list[BibEntry] = []
    for entry in entries:
        chunk.append(entry)
        falls = zlib.crc32(entry.key.encode(errors="replace")) % _CHANCE == 0
        if (falls and len(chunk) >= _FEWEST) or len(chunk) >= _MOST:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


_Parents = Mapping[str, tuple[BibEntry, ...]]


def _read_chunk(
    chunk: list[BibEntry], preamble: str, parents: _Parents, report: Report, read: ReadBiblatex
) -> Iterator[tuple[BibEntry, Item]]:
    """Yield what the engine makes of entries; if it refuses them together, of each that it does not refuse."""
    try:
        items = _items(chunk, preamble, parents, read)
    except LateBiblatexError as error:  # to look for the one at fault would take as long again and again
        more = f" and {len(chunk) - 1} more" if len(chunk) > 1 else ""
        report(chunk[0].line, CODE, f'"{chunk[0].key}"{more} left out: {error}')
        return
    except BiblatexError as error:
        if len(chunk) == 1:
            reason = _PLACE.sub("", str(error)).partition(" @")[0]
            message = f'"{chunk[0].key}" is left out: {reason}; check its braces and backslashes'
            report(chunk[0].line, CODE, message)
            return
        middle = len(chunk) // 2
        yield from _read_chunk(chunk[:middle], preamble, parents, report, read)
        yield from _read_chunk(chunk[middle:], preamble, parents, report, read)
        return
    for number, entry in enumerate(chunk):
        if entry.kind not in _NO_ITEMS:
            yield entry, items.get(f"e{number}", {})


def _items(chunk: list[BibEntry], preamble: str, parents: _Parents, read: ReadBiblatex) -> dict[str, Item]:
    """Return items by number, for keys may hold what the engine takes for more than a key."""
    far = (parent for entry in chunk for parent in parents[entry.key])
    everyone = list({entry.key: entry for entry in (*chunk, *far)}.values())
    names = {entry.key: f"e{number}" for number, entry in enumerate(everyone)}
    text = preamble + "".join(_written(entry, names) for entry in everyone)
    return {str(item.get("id")): item for item in read(text)}


def _written(entry: BibEntry, names: Mapping[str, str]) -> str:
    own = dict(entry.fields)
    if "language" in own:  # of which the engine knows nothing
        own.setdefault("langid", own["language"].lower())
    fields = "".join(
        f" {name} = {{{_prepared(name, value, names)}}},\n" for name, value in own.items() if name not in _LEFT_OUT
    )
    return f"@{_SAME.get(entry.kind, entry.kind)}{{{names[entry.key]},\n{fields}}}\n"


def _prepared(name: str, value: str, names: Mapping[str, str]) -> str:
    if name in {"crossref", "xdata"}:
        return ",".join(names[key] for key in map(str.strip, value.split(",")) if key in names)
    if name in _AS_IT_IS:
        return value
    text = tidied(" ".join(value.split()))  # a blank line would take the space between two words with it
    return protected(text) if name in _TITLES else text
