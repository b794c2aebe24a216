"""Read CSL-YAML: items with the lines they start at. Plain values are text: 010, 12:30 and "no" mean what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from plugins.citations.documents import SHAPE, Report
from plugins.citations.yaml_reader import Found, Reader, RefusedError, lines_of


CODE = "bibliography-yaml"
_REFERENCES = re.compile(r"^references[ \t]*:[ \t]*(?:#[^\n]*)?$", re.M)
_DASH = re.compile(r"^([ \t]*)-(?=[ \t\n])", re.M)
# What libyaml says, by a part of it, and what would be right.
_HINTS = {
    "mapping values are not allowed": 'put a value that holds ": " in quotes',
    "cannot start any token": "put a value that begins with a special character, such as @ or %, in quotes",
    "could not find expected ':'": 'write "field: value"',
    "unexpected end of stream": "close the quotes that are open",
    "did not find expected ',' or": "close the bracket that is open",
}


def read_yaml(text: str, report: Report) -> Iterator[tuple[Any, int]]:
    """Yield the items of a YAML list, or of the list under "references"."""
    try:
        found = _read(text)
    except RefusedError as fault:
        yield from _read_parts(text, fault, report)
        return
    if found is None:
        report(1, *SHAPE)
        return
    for item, line, repeated in found:
        _report_repeated(repeated, line, report)
        yield item, line


def _read_parts(text: str, whole: RefusedError, report: Report) -> Iterator[tuple[Any, int]]:
    """Yield the sound items of a text that is not YAML as a whole."""
    broken = False
    for part, before in _parts(text):
        try:
            found = _read(part) or []
        except RefusedError as fault:
            broken = True
            report(before + fault.line, CODE, f"an item is left out: {fault}")
            continue
        for item, line, repeated in found:
            _report_repeated(repeated, before + line, report)
            yield item, before + line
    if not broken:
        report(whole.line, CODE, str(whole))


def _report_repeated(repeated: list[str], line: int, report: Report) -> None:
    for name in repeated:
        report(line, "item-field", f'an item has the field "{name}" twice; keep one')


def _parts(text: str) -> Iterator[tuple[str, int]]:
    """Yield the text of each item of a list in block style, and how many lines stand before it."""
    heading = _REFERENCES.search(text)
    first = _DASH.search(text, heading.end() if heading else 0)
    if first is None:
        return
    starts = [found.start() for found in _DASH.finditer(text, first.start()) if found[1] == first[1]]
    line = text.count("\n", 0, first.start())
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield text[start:end], line
        line += text.count("\n", start, end)


def _read(text: str) -> list[Found] | None:
    """Return items, lines and fields that stand twice; None if the text is no list."""
    line_of = lines_of(text)
    try:
        return Reader(text, line_of).items()
    except yaml.MarkedYAMLError as error:
        mark = _mark(error)
        raise RefusedError(line_of(mark.line) if mark is not None else 1, _explained(error)) from None
    except yaml.reader.ReaderError as error:
        raise RefusedError(*_unreadable(text, error)) from None
    except (yaml.YAMLError, ValueError) as error:
        raise RefusedError(1, f"cannot be read: {error}") from None


def _mark(error: yaml.MarkedYAMLError) -> Any:
    """Return where to mend it: what is never closed is not where libyaml gives up."""
    unclosed = str(error.context).startswith(("while parsing a flow", "while scanning a quoted"))
    return (unclosed and error.context_mark) or error.problem_mark or error.context_mark


def _explained(error: yaml.MarkedYAMLError) -> str:
    problem = str(error.problem or error.context or "this is not YAML")
    hint = next((hint for part, hint in _HINTS.items() if part in problem), "check quotes and indentation")
    return f"{problem}; {hint}"


def _unreadable(text: str, error: yaml.reader.ReaderError) -> tuple[int, str]:
    """Return the line and what to say of a character that YAML does not take; libyaml counts bytes."""
    line = text.encode(errors="replace")[: error.position].count(b"\n") + 1
    return line, f"the character U+{error.character:04X} cannot stand here; delete it"
