"""Read CSL-JSON and CSL-YAML: items with the lines they start at."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from plugins.shared.yaml_lines import line_feeds


Report = Callable[[int, str, str], None]

_GAP = re.compile(r"[\s,]*")


def read_json(text: str, report: Report) -> Iterator[tuple[Any, int]]:
    """Yield the items of a JSON list, or of the list under "references"."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        report(error.lineno, "bibliography-json", f"{_lower(error.msg)} (column {error.colno})")
        return
    except (RecursionError, ValueError) as error:
        report(1, "bibliography-json", f"cannot be read: {error}")
        return
    items = data.get("references") if isinstance(data, dict) else data
    if not isinstance(items, list):
        report(1, "bibliography-shape", 'must be a list of items, or have one under "references"')
        return
    lines = _lines_of_items(text, len(items)) if isinstance(data, list) else iter(())
    for item in items:
        yield item, next(lines, 1)


def _lines_of_items(text: str, count: int) -> Iterator[int]:
    """Yield the line of each element of a JSON list that is known to be sound."""
    decoder = json.JSONDecoder()
    position, counted, line = text.index("[") + 1, 0, 1
    for _ in range(count):
        gap = _GAP.match(text, position)
        start = gap.end() if gap else position
        line += text.count("\n", counted, start)
        counted = start
        yield line
        position = decoder.raw_decode(text, start)[1]


class _Loader(yaml.CSafeLoader):
    """Plain values as text: a bibliography's 010, 12:30 and "no" mean what they say."""


_Loader.yaml_implicit_resolvers = {}


def read_yaml(text: str, report: Report) -> Iterator[tuple[Any, int]]:
    """Yield the items of a YAML list, or of the list under "references"."""
    try:
        items = _yaml_items(text, report)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        message = " ".join(filter(None, (error.context, error.problem)))
        report(line_feeds(text, mark.line) + 1 if mark is not None else 1, "bibliography-yaml", _lower(message))
        return
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        report(1, "bibliography-yaml", f"cannot be read: {error}")
        return
    yield from items


def _yaml_items(text: str, report: Report) -> list[tuple[Any, int]]:
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            report(_line(event, text), "bibliography-yaml", f'the alias "*{event.anchor}" must be written out')
            return []
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
        listed = _list_node(root)
        if listed is None:
            report(1, "bibliography-shape", 'must be a list of items, or have one under "references"')
            return []
        return [(loader.construct_document(node), _line(node, text)) for node in listed.value]
    finally:
        loader.dispose()


def _line(thing: yaml.Event | yaml.Node, text: str) -> int:
    mark = thing.start_mark
    return line_feeds(text, mark.line) + 1 if mark is not None else 1


def _list_node(root: Any) -> yaml.SequenceNode | None:
    if isinstance(root, yaml.MappingNode):
        root = next((value for key, value in root.value if key.value == "references"), None)
    return root if isinstance(root, yaml.SequenceNode) else None


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]
