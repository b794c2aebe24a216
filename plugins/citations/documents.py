"""Read CSL-JSON and CSL-YAML: items with the lines they start at."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import yaml

from plugins.shared.yaml_faults import explain, mark_of
from plugins.shared.yaml_lines import line_feeds


Report = Callable[[int, str, str], None]

MAX_DEPTH = 50
_GAP = re.compile(r"[\s,]*")
_LONGEST = 15  # digits of a number that stays one in all programs; longer ones are text


class _Refused(Exception):  # noqa: N818 - it is a message to the author, no error of the program
    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def read_json(text: str, report: Report) -> Iterator[tuple[Any, int]]:
    """Yield the items of a JSON list, or of the list under "references"."""
    twice: list[str] = []
    try:
        data = _decoder(twice).decode(text.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        report(error.lineno, "bibliography-json", f"{_lower(error.msg)} (column {error.colno})")
        return
    except _Refused as error:
        report(
            _line_of_constant(str(error), text), "bibliography-json", f"{error} is no JSON; write a number or a text"
        )
        return
    except RecursionError:
        report(1, "bibliography-json", "nested too deep; flatten it")
        return
    items = data.get("references") if isinstance(data, dict) else data
    if not isinstance(items, list):
        _report_shape(report)
        return
    if isinstance(data, list):
        yield from _with_lines(items, text, report)
    else:
        _report_twice(twice, 1, "bibliography-json", report)
        yield from ((item, 1) for item in items)


def _decoder(twice: list[str]) -> json.JSONDecoder:
    """Return a decoder that takes no more for a number than all programs do, and notes keys that stand twice."""

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        built = dict(pairs)
        if len(built) < len(pairs):
            twice.extend(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        return built

    def whole(digits: str) -> int | str:
        return int(digits) if len(digits) <= _LONGEST else digits

    def constant(name: str) -> NoReturn:
        raise _Refused(1, name)

    return json.JSONDecoder(object_pairs_hook=mapping, parse_int=whole, parse_float=str, parse_constant=constant)


def _with_lines(items: list[Any], text: str, report: Report) -> Iterator[tuple[Any, int]]:
    """Yield the elements of a JSON list that is known to be sound, each with its line."""
    twice: list[str] = []
    decoder = _decoder(twice)
    position, counted, line = text.index("[") + 1, 0, 1
    for item in items:
        gap = _GAP.match(text, position)
        start = gap.end() if gap else position
        line += text.count("\n", counted, start)
        counted = start
        twice.clear()
        position = decoder.raw_decode(text, start)[1]
        _report_twice(twice, line, "bibliography-json", report)
        yield item, line


def _report_twice(keys: list[str], line: int, code: str, report: Report) -> None:
    for key in dict.fromkeys(keys):
        report(line, code, f'"{key}" stands twice in one mapping; keep one')


def _line_of_constant(name: str, text: str) -> int:
    found = re.search(rf"[:\[,]\s*{re.escape(name)}", text)
    return text.count("\n", 0, found.end()) + 1 if found else 1


def read_yaml(text: str, report: Report) -> Iterator[tuple[Any, int]]:
    """Yield the items of a YAML list, or of the list under "references"; every value is text."""
    try:
        _check_events(text)
        items = _list_node(yaml.compose(text, yaml.CSafeLoader))
        built = [(_build(node), _line(node, text)) for node in items.value] if items else []
    except _Refused as error:
        report(line_feeds(text, error.line) + 1, "bibliography-yaml", str(error))
    except yaml.MarkedYAMLError as error:
        mark = mark_of(error)
        report(line_feeds(text, mark.line) + 1 if mark else 1, "bibliography-yaml", explain(error))
    except yaml.YAMLError as error:
        report(1, "bibliography-yaml", f"cannot be read: {error}")
    else:
        if items is None:
            _report_shape(report)
        yield from built


def _check_events(text: str) -> None:
    """Refuse what a bibliography does not need and can be made to hurt, before anything is built of it."""
    depth = 0
    event: Any
    for event in yaml.parse(text, yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        line = event.start_mark.line if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent):
            raise _Refused(line, f'the alias "*{event.anchor}" must be written out')
        if getattr(event, "tag", None):
            raise _Refused(line, f'"{event.tag}" is a tag of YAML; leave it out')
        if depth > MAX_DEPTH:
            raise _Refused(line, f"nested deeper than {MAX_DEPTH} levels; flatten it")


def _build(node: yaml.Node) -> Any:
    """Return lists, mappings and texts: a bibliography's 010, 12:30 and "no" mean what they say."""
    if isinstance(node, yaml.SequenceNode):
        return [_build(one) for one in node.value]
    if not isinstance(node, yaml.MappingNode):
        return node.value
    built: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _Refused(key.start_mark.line, 'a key is a word, as in "title: …"')
        if key.value in built:
            raise _Refused(key.start_mark.line, f'"{key.value}" stands twice in one mapping; keep one')
        built[key.value] = _build(value)
    return built


def _report_shape(report: Report) -> None:
    report(1, "bibliography-shape", 'must be a list of items, or have one under "references"')


def _line(thing: yaml.Node, text: str) -> int:
    return line_feeds(text, thing.start_mark.line) + 1


def _list_node(root: Any) -> yaml.SequenceNode | None:
    if isinstance(root, yaml.MappingNode):
        root = next((value for key, value in root.value if key.value == "references"), None)
    return root if isinstance(root, yaml.SequenceNode) else None


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]
