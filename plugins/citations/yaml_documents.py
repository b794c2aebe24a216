"""Read CSL-YAML: items with the lines they start at. Plain values are text: 010, 12:30 and "no" mean what they say."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from plugins.citations.documents import SHAPE, Report


Events: TypeAlias = "Iterator[Event]"

CODE = "bibliography-yaml"
_REFERENCES = re.compile(r"^references[ \t]*:[ \t]*(?:#[^\n]*)?$", re.M)
_DASH = re.compile(r"^([ \t]*)-(?=[ \t\n])", re.M)
_TAGS = tuple(
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "map", "seq", "timestamp")
)
# YAML ends a line at more characters than editors do.
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_MAX_DEPTH = 60
# What libyaml says, by a part of it, and what would be right.
_HINTS = {
    "mapping values are not allowed": 'put a value that holds ": " in quotes',
    "cannot start any token": "put a value that begins with a special character, such as @ or %, in quotes",
    "could not find expected ':'": 'write "field: value"',
    "unexpected end of stream": "close the quotes that are open",
    "did not find expected ',' or": "close the bracket that is open",
}


class _Refused(Exception):  # noqa: N818 -- it is a message to the author, no error of the program
    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def read_yaml(text: str, report: Report) -> Iterator[tuple[Any, int]]:
    """Yield the items of a YAML list, or of the list under "references"."""
    try:
        found = _read(text)
    except _Refused as fault:
        yield from _read_parts(text, fault, report)
        return
    if found is None:
        report(1, *SHAPE)
        return
    for item, line, repeated in found:
        _report_repeated(repeated, line, report)
        yield item, line


def _read_parts(text: str, whole: _Refused, report: Report) -> Iterator[tuple[Any, int]]:
    """Yield the sound items of a text that is not YAML as a whole."""
    broken = False
    for part, before in _parts(text):
        try:
            found = _read(part) or []
        except _Refused as fault:
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


_Item: TypeAlias = "tuple[Any, int, list[str]]"


def _read(text: str) -> list[_Item] | None:
    """Return items, lines and fields that stand twice; None if the text is no list."""
    line_of = _lines(text)
    try:
        return _Reader(text, line_of).items()
    except yaml.MarkedYAMLError as error:
        mark = _mark(error)
        raise _Refused(line_of(mark.line) if mark is not None else 1, _explained(error)) from None
    except yaml.reader.ReaderError as error:
        raise _Refused(*_unreadable(text, error)) from None
    except (yaml.YAMLError, ValueError) as error:
        raise _Refused(1, f"cannot be read: {error}") from None


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


def _lines(text: str) -> Callable[[int], int]:
    """Return what tells the line of an editor, from 1, from that of YAML, from 0."""
    last = text.count("\n") + 1
    if not re.search("[\r\x85\u2028\u2029]", text):
        return lambda line: min(line + 1, last)  # the end of a text may be a line of its own to YAML
    ends = [match.end() for match in _BREAK.finditer(text)]
    feeds = [match.end() for match in re.finditer("\n", text)]
    return lambda line: bisect_right(feeds, ends[min(line, len(ends)) - 1]) + 1 if line and ends else 1


class _Reader:
    """Plain data out of libyaml's events, in one pass."""

    def __init__(self, text: str, line_of: Callable[[int], int]) -> None:
        self._events: Events = iter(yaml.parse(text, Loader=yaml.CSafeLoader))
        self._line_of = line_of
        self._repeated: list[str] = []

    def items(self) -> list[_Item] | None:
        root = self._root()
        if isinstance(root, MappingStartEvent):
            root = self._references()
        if not isinstance(root, SequenceStartEvent):
            self._drain()
            return None
        found = []
        for event in self._until_end():
            line = self._line(event)
            found.append((self._value(event, 0), line, self._repeated))
            self._repeated = []
        self._drain()
        return found

    def _root(self) -> Event | None:
        return next((event for event in self._events if isinstance(event, NodeEvent)), None)

    def _references(self) -> Event | None:
        """Return the start of the value of "references", having passed over what stands before it."""
        for key in self._until_end():
            name, event = self._value(key, 0), next(self._events)
            if name == "references":
                return event
            self._value(event, 0)
        return None

    def _drain(self) -> None:
        for event in self._events:  # what is behind the list must be YAML, too
            if isinstance(event, AliasEvent):
                self._refuse_alias(event)

    def _until_end(self) -> Events:
        for event in self._events:
            if not isinstance(event, NodeEvent):
                return
            yield event

    def _value(self, event: Event, depth: int) -> Any:
        if isinstance(event, ScalarEvent):
            self._check_tag(event.tag, event)
            return event.value
        if isinstance(event, AliasEvent):
            self._refuse_alias(event)
        if depth > _MAX_DEPTH:
            raise _Refused(self._line(event), "it is nested too deep")
        if isinstance(event, SequenceStartEvent):
            self._check_tag(event.tag, event)
            return [self._value(part, depth + 1) for part in self._until_end()]
        assert isinstance(event, MappingStartEvent)
        self._check_tag(event.tag, event)
        return self._mapping(depth)

    def _mapping(self, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key in self._until_end():
            name = self._value(key, depth + 1)
            if not isinstance(name, str):
                raise _Refused(self._line(key), "the name of a field is a word")
            if name in found:
                self._repeated.append(name)
            found[name] = self._value(next(self._events), depth + 1)
        return found

    def _check_tag(self, tag: str | None, event: Event) -> None:
        if tag is not None and tag != "!" and tag not in _TAGS:
            raise _Refused(self._line(event), f'the tag "{tag}" has no meaning here; leave it out')

    def _refuse_alias(self, event: AliasEvent) -> None:
        raise _Refused(self._line(event), f'the alias "*{event.anchor}" must be written out')

    def _line(self, event: Event) -> int:
        return self._line_of(event.start_mark.line) if event.start_mark is not None else 1
