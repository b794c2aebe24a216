"""Plain data out of YAML: every value is the text that stands there, and every item has its line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import yaml
from yaml.events import AliasEvent, Event, MappingStartEvent, NodeEvent, ScalarEvent, SequenceStartEvent


#: An item, its line, and the fields that it has twice.
Found: TypeAlias = "tuple[Any, int, list[str]]"

_TAGS = tuple(
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "map", "seq", "timestamp")
)
# YAML ends a line at more characters than editors do.
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_MAX_DEPTH = 60


class RefusedError(Exception):
    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def lines_of(text: str) -> Callable[[int], int]:
    """Return what tells the line of an editor, from 1, from that of YAML, from 0."""
    last = text.count("\n") + 1
    if not re.search("[\r\x85\u2028\u2029]", text):
        return lambda line: min(line + 1, last)  # the end of a text may be a line of its own to YAML
    ends = [match.end() for match in _BREAK.finditer(text)]
    feeds = [match.end() for match in re.finditer("\n", text)]
    return lambda line: bisect_right(feeds, ends[min(line, len(ends)) - 1]) + 1 if line and ends else 1


class Reader:
    """Plain data out of libyaml's events, in one pass."""

    def __init__(self, text: str, line_of: Callable[[int], int]) -> None:
        self._events: Iterator[Event] = iter(yaml.parse(text, Loader=yaml.CSafeLoader))
        self._line_of = line_of
        self._repeated: list[str] = []

    def items(self) -> list[Found] | None:
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

    def _until_end(self) -> Iterator[Event]:
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
            raise RefusedError(self._line(event), "it is nested too deep")
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
                raise RefusedError(self._line(key), "the name of a field is a word")
            if name in found:
                self._repeated.append(name)
            found[name] = self._value(next(self._events), depth + 1)
        return found

    def _check_tag(self, tag: str | None, event: Event) -> None:
        if tag is not None and tag != "!" and tag not in _TAGS:
            raise RefusedError(self._line(event), f'the tag "{tag}" has no meaning here; leave it out')

    def _refuse_alias(self, event: AliasEvent) -> None:
        raise RefusedError(self._line(event), f'the alias "*{event.anchor}" must be written out')

    def _line(self, event: Event) -> int:
        return self._line_of(event.start_mark.line) if event.start_mark is not None else 1
