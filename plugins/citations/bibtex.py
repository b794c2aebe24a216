"""Read BibTeX and BibLaTeX: bibtexparser finds what is broken and where, the engine reads what is sound."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from plugins.citations.documents import Report
from plugins.citations.model import Item


ReadBiblatex = Callable[[str], list[Item]]


class BiblatexError(ValueError):
    """The engine cannot read this text."""


def read_bibtex(text: str, report: Report, read: ReadBiblatex) -> Iterator[tuple[Any, int]]:
    """Yield the items of the sound entries, in the order of the file."""
    blocks = _blocks(text, report)
    lines = {block.key: block.start_line + 1 for block in blocks if hasattr(block, "key")}
    for item in _read_sound(blocks, report, read):
        yield item, lines.get(str(item.get("id")), 1)


def _blocks(text: str, report: Report) -> list[Any]:
    """Return the blocks that are sound, and report the others."""
    import bibtexparser  # noqa: PLC0415 -- slow to import, and few sites have a .bib
    from bibtexparser import model  # noqa: PLC0415

    sound = []
    for block in bibtexparser.parse_string(text, parse_stack=[]).blocks:
        if fault := _fault(block):
            report(block.start_line + 1, *fault)
        if isinstance(block, model.Entry | model.String | model.Preamble | model.DuplicateFieldKeyBlock):
            sound.append(block)
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
    good = []
    for block in blocks:
        try:
            if block not in common:
                read(_joined([*common, block]))
        except BiblatexError as error:
            report(block.start_line + 1, "bibliography-bibtex", f'the entry "{block.key}" cannot be read: {error}')
        else:
            good.append(block)
    try:
        return read(_joined(good))
    except BiblatexError as error:
        report(1, "bibliography-bibtex", f"the file cannot be read: {error}")
        return []


def _joined(blocks: Iterable[Any]) -> str:
    return "\n".join(str(block.raw) for block in blocks)
