"""Read CSL-JSON and CSL-YAML: items with the lines they start at. What is broken is left out, and named."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any


Report = Callable[[int, str, str], None]

SHAPE = "bibliography-shape", 'must be a list of items, or have one under "references"'
_REFERENCES = re.compile(r'"references"\s*:\s*\[')
_SPACE = re.compile(r"[ \t\r\n]*")
_SIGN = re.compile(r'"(?:[^"\\\n]|\\[^\n])*"?|[{}\[\]]')  # a string that is not closed ends with its line
_LIMIT = re.compile(r"[,{}\[\]]")
_DIGITS = 15  # a number with more is a text: nothing counts so far


def read_json(text: str, report: Report) -> Iterator[tuple[Any, int]]:
    """Yield the items of a JSON list, or of the list under "references"."""
    start = _list_start(text, report)
    if start is not None:
        yield from _Elements(text, report).read(start)


def _list_start(text: str, report: Report) -> int | None:
    """Return where the list's first element may stand, or None if there is no list."""
    first = _after_space(text, 0)
    if text.startswith("[", first):
        return first + 1
    if text.startswith("{", first) and (found := _REFERENCES.search(text)):
        return found.end()
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        report(error.lineno, "bibliography-json", _said(error))
    except (RecursionError, ValueError) as error:
        report(1, "bibliography-json", f"cannot be read: {error}")
    else:
        report(1, *SHAPE)
    return None


class _Elements:
    """The elements of one JSON list, and the lines they start at."""

    def __init__(self, text: str, report: Report) -> None:
        self._text = text
        self._report = report
        self._repeated: list[str] = []
        self._constants: list[str] = []
        self._counted, self._line = 0, 1
        self._decode = json.JSONDecoder(
            object_pairs_hook=self._mapping, parse_constant=self._constant, parse_float=str, parse_int=_number
        ).raw_decode

    def read(self, position: int) -> Iterator[tuple[Any, int]]:
        position = _after_space(self._text, position)
        while not self._text.startswith("]", position):
            if position >= len(self._text):
                self._report(self._line_at(len(self._text.rstrip())), "bibliography-json", 'no "]" closes the list')
                return
            line = self._line_at(position)
            try:
                element, end = self._decode(self._text, position)
            except (json.JSONDecodeError, RecursionError) as error:
                position = self._after_fault(position, error)
                if position >= len(self._text):
                    return
            else:
                self._report_repeated(line)
                yield element, line
                position = self._next(end)
        self._check_rest(position + 1)

    def _check_rest(self, end: int) -> None:
        position = _after_space(self._text, end)
        if position < len(self._text) and self._text[position] not in ",}":  # the list may be one field of a mapping
            hint = 'more stands after the "]"; move it into the list'
            self._report(self._line_at(position), "bibliography-json", hint)

    def _after_fault(self, start: int, error: json.JSONDecodeError | RecursionError) -> int:
        """Report a broken element and return where the next one stands."""
        self._repeated.clear()
        self._constants.clear()
        if isinstance(error, json.JSONDecodeError):
            line, reason = self._line_at(error.pos), _said(error)
        else:
            line, reason = self._line_at(start), "it is nested too deep"
        self._report(line, "bibliography-json", f"an item is left out: {reason}")
        end = _after_space(self._text, _end_of_broken(self._text, start))
        return self._next(end) if self._text[end : end + 1] not in '{["' else end

    def _next(self, end: int) -> int:
        """Return where the next element stands, or the end of the list."""
        position = _after_space(self._text, end)
        if self._text.startswith(",", position):
            after = _after_space(self._text, position + 1)
            if self._text.startswith("]", after):
                self._report(self._line_at(position), "bibliography-json", 'a comma stands before the "]"; delete it')
            return after
        if position >= len(self._text) or self._text[position] == "]":
            return position
        self._report(self._line_at(position), "bibliography-json", "no comma stands between two items; put one")
        return position + (self._text[position] in "}:")  # what begins no element

    def _line_at(self, position: int) -> int:
        if position < self._counted:
            self._line -= self._text.count("\n", position, self._counted)
        else:
            self._line += self._text.count("\n", self._counted, position)
        self._counted = position
        return self._line

    def _mapping(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            self._repeated += sorted({name for name in names if names.count(name) > 1})
        return found

    def _constant(self, name: str) -> str:
        self._constants.append(name)
        return ""

    def _report_repeated(self, line: int) -> None:
        for name in self._repeated:
            self._report(line, "item-field", f'an item has the field "{name}" twice; keep one')
        for name in self._constants:
            self._report(line, "bibliography-json", f"{name} is no value of JSON; write a number or a text")
        self._repeated.clear()
        self._constants.clear()


def _after_space(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


def _number(digits: str) -> int | str:
    return int(digits) if len(digits) <= _DIGITS else digits


def _end_of_broken(text: str, start: int) -> int:
    """Return where a broken element ends: at its last bracket, but before what is set as the next element."""
    if text[start] not in '{["':
        sign = _LIMIT.search(text, start)
        return sign.start() if sign else len(text)
    before = text[text.rfind("\n", 0, start) + 1 : start]
    following = text.find(f"\n{before}{{", start) if not before.strip() else -1
    limit = len(text) if following < 0 else following
    depth = 0
    for sign in _SIGN.finditer(text, start, limit):
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(sign[0], 0)
        if depth < 0:
            return sign.start()
        if depth == 0 and sign[0] in "}]":
            return sign.end()
    return limit


def _said(error: json.JSONDecodeError) -> str:
    return f"{error.msg[:1].lower()}{error.msg[1:]} (column {error.colno})"
