"""Read BibTeX and BibLaTeX: bibtexparser finds what is broken and where, the engine reads what is sound."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from plugins.citations import macros
from plugins.citations.documents import Report
from plugins.citations.model import Item


ReadBiblatex = Callable[[str], list[Item]]

_PARENT = re.compile(r"""\b(?:crossref|xdata)\s*=\s*((?:\{[^{}]*\}|"[^"]*"|[^\s,{}"#]+|\s*\#\s*)+)""", re.I)
_REFUSAL = re.compile(r"\(line (\d+), column (\d+)\):?\s+(unexpected (?:'[^']*'|end of input))")
#: Fields that no work is cited without, and what they are called in CSL.
_TO_CSL = {"author": "author", "editor": "editor", "date": "issued", "title": "title", "year": "issued"}
_REMEDY = "write it without commands of LaTeX that it does not know"
_DATE = 'write it as "2016-12-20", "2016", "1990/2000" or "1850~", and what is not out yet as pubstate = {forthcoming}'
_UNDATED = frozenset({"n.d.", "n. d.", "nd", "o. j.", "o.j.", "s. a.", "s.a."})  # what styles print without a date, too
_REMEDIES = {"date": _DATE, "year": _DATE}
_PIECE = re.compile(r"""\{([^{}]*)\}|"([^"]*)"|([^\s,{}"#]+)""")


class BiblatexError(ValueError):
    """The engine cannot read this text."""


def read_bibtex(text: str, report: Report, read: ReadBiblatex) -> Iterator[tuple[Any, int]]:
    """Yield the items of the sound entries, in the order of the file."""
    blocks = _without_loops(_without_growth(_blocks(text, report), report), report)
    entries = {key: block for block in blocks if (key := _key(block))}
    for item in _read_sound(blocks, report, read):
        entry = entries.get(str(item.get("id")))
        if entry is not None:
            _report_lost(entry, item, report)
        yield item, entry.start_line + 1 if entry is not None else 1


def _blocks(text: str, report: Report) -> list[Any]:
    """Return the blocks that are sound, and report the others."""
    import bibtexparser  # noqa: PLC0415 -- slow to import, and few sites have a .bib
    from bibtexparser import model  # noqa: PLC0415

    sound = []
    library = bibtexparser.parse_string(text, parse_stack=[])
    for block in library.blocks:
        if fault := _fault(block):
            report(block.start_line + 1, *fault)
        if isinstance(block, model.Entry | model.String | model.Preamble | model.DuplicateFieldKeyBlock):
            sound.append(block)
    if not library.entries and not library.failed_blocks and re.search(r"^\s*[^%\s]", text, re.M):
        report(1, "bibliography-bibtex", 'there is no entry; write one as "@book{smith2020, title = {…}, …}"')
    return [block for block in sound if getattr(block, "key", None) != ""]


def _fault(block: Any) -> tuple[str, str] | None:
    """Return code and message of what is wrong with a block. Its class names tell the kinds apart."""
    kind = type(block).__name__
    if kind == "DuplicateBlockKeyBlock":
        return "item-duplicate", f'"{block.key}" is in the bibliography twice; the first is used'
    if kind == "DuplicateFieldKeyBlock":
        fields = ", ".join(f'"{name}"' for name in sorted(block.duplicate_keys))
        return "bibliography-bibtex", f"the entry has the field {fields} twice; keep one"
    if kind == "ParsingFailedBlock":
        reason = _one_line(getattr(block.error, "abort_reason", ""))
        return "bibliography-bibtex", f'left out from "{_start(block)}": {reason}'
    if kind == "Entry" and not block.key:
        return "item-id", "the entry has no key; write it after the opening brace"
    return None


def _one_line(text: str) -> str:
    text = " ".join(text.split()).rstrip(".")
    return text[:1].lower() + text[1:]


def _without_growth(blocks: list[Any], report: Report) -> list[Any]:
    """Leave out what `@string`s make endless: the engine would write it all out."""
    grown = list(macros.too_long(blocks))
    for block in grown:
        message = f'"{block.key}" comes to more than {macros.MAX_LENGTH:,} characters with its @strings; write less'
        report(block.start_line + 1, "bibliography-bibtex", message)
    return [block for block in blocks if block not in grown]


def _without_loops(blocks: list[Any], report: Report) -> list[Any]:
    """Leave out entries that take their fields from themselves: the engine would never end."""
    strings = {block.key: block.value for block in blocks if type(block).__name__ == "String"}
    parents = {key: set(_parents(block, strings)) for block in blocks if (key := _key(block))}
    looped = {key for key in parents if key in _ancestors(key, parents)}
    for block in blocks:
        if (key := _key(block)) in looped:
            message = f'"{key}" takes its fields from itself through crossref or xdata; take that out'
            report(block.start_line + 1, "bibliography-bibtex", message)
    return [block for block in blocks if _key(block) not in looped]


def _parents(block: Any, strings: Mapping[str, str]) -> Iterator[str]:
    """Yield the keys of the entries that an entry takes fields from."""
    for value in _PARENT.findall(str(block.raw)):
        pieces = (braced or quoted or strings.get(name, name) for braced, quoted, name in _PIECE.findall(value))
        yield from (key.strip() for key in "".join(pieces).strip('{}"').split(","))


def _ancestors(key: str, parents: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(parents[key])
    while waiting:
        if (parent := waiting.pop()) not in found:
            found.add(parent)
            waiting += parents.get(parent, ())
    return found


def _key(block: Any) -> str:
    """Return the key of an entry, also of one that has a field twice; nothing for other blocks."""
    entry = _entry(block)
    return str(getattr(entry, "key", "")) if type(entry).__name__ == "Entry" else ""


def _entry(block: Any) -> Any:
    return getattr(block, "ignore_error_block", None) or block


def _report_lost(block: Any, item: Item, report: Report) -> None:
    """Report the fields that the engine read nothing from; of others, styles print little."""
    for field in getattr(_entry(block), "fields", ()):
        name, value = field.key.lower(), str(field.value).strip('{}" \t\n')
        if name in _TO_CSL and value.lower() not in {"", *_UNDATED} and not _is_read(item.get(_TO_CSL[name])):
            message = (
                f'nothing can be read from {name} = "{" ".join(value.split())[:40]}"; {_REMEDIES.get(name, _REMEDY)}'
            )
            report(field.start_line + 1, "bibliography-bibtex", message)


def _is_read(value: Any) -> bool:
    return any(value.get("date-parts", ())) or len(value) > 1 if isinstance(value, dict) else bool(value)


def _start(block: Any) -> str:
    return " ".join(str(block.raw).split())[:40]


def _read_sound(blocks: list[Any], report: Report, read: ReadBiblatex) -> list[Item]:
    """Read all blocks at once; if the engine refuses, find the entries it refuses and read the others."""
    if not blocks:
        return []
    try:
        return read(_joined(blocks))
    except BiblatexError:
        pass
    common = [block for block in blocks if type(block).__name__ in {"String", "Preamble"}]
    before = len(_joined(common).split("\n")) if common else 0
    good = []
    for block in blocks:
        try:
            if block not in common:
                read(_joined([*common, block]))
        except BiblatexError as error:
            line, reason = _refusal(str(error), block.start_line + 1 - before)
            report(line or block.start_line + 1, "bibliography-bibtex", f'left out from "{_start(block)}": {reason}')
        else:
            good.append(block)
    try:
        return read(_joined(good))
    except BiblatexError as error:
        report(1, "bibliography-bibtex", f"the file cannot be read: {error}")
        return []


def _refusal(error: str, first: int) -> tuple[int, str]:
    """Return the line and the reason out of what the engine says of a text that begins at line `first`."""
    found = _REFUSAL.search(error)
    if found is None:
        return 0, error
    reason = found[3].replace("'", '"')
    return first + int(found[1]) - 1, f"{reason} in column {found[2]}; check the commas, braces and quotation marks"


def _joined(blocks: Iterable[Any]) -> str:
    return "\n".join(str(block.raw) for block in blocks)
