"""Where an item goes in a bibliography of YAML, and how it is written there."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import yaml
from yaml.events import (
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from plugins.citations.cite.model import Refused
from plugins.citations.model import Item


_YEAR_MONTH_DAY = 3


def to_yaml(text: str, item: Item, path: str) -> tuple[str, str, str]:
    """Return the text before the new item, the item, and the text behind it."""
    if not re.sub(r"^\s*(?:#.*|---|\.\.\.)?\s*$", "", text, flags=re.M).strip():
        return _ended(text), f"references:\n{_yaml_item(item, '  ')}", ""
    place, indent = _end_of_yaml(text, path)
    return _ended(text[:place]), _yaml_item(item, indent), text[place:]


def _ended(text: str) -> str:
    """Return a text that a new line can follow."""
    return text if not text or text.endswith("\n") else text + ("\r\n" if "\r\n" in text else "\n")


def _end_of_yaml(text: str, path: str) -> tuple[int, str]:
    """Return where the list of items ends, and what stands before its dashes."""
    events = yaml.parse(text, Loader=yaml.CSafeLoader)
    try:
        first: Any = _list_event(events)
        last: Any = _end_of(first, events) if isinstance(first, SequenceStartEvent) else first
        for _ in events:  # what is behind the list must be YAML, too
            pass
    except yaml.YAMLError:
        raise Refused(f"{path} is not sound YAML; mend what `inv html` says of it first") from None
    if isinstance(first, ScalarEvent) and not first.value:  # "references:", and nothing yet
        end = text.find("\n", last.start_mark.index)
        return (end + 1 or len(text)), "  "
    if not isinstance(first, SequenceStartEvent) or first.flow_style:
        raise Refused(f"{path} has no list of items, each behind a dash; write it so")
    end = last.start_mark.index
    line_start = text.rfind("\n", 0, end) + 1
    at_end = not text[end:].strip() and line_start != end
    indent: Any = first.start_mark
    return (len(text) if at_end else line_start), " " * indent.column


def _list_event(events: Iterator[Event]) -> Event | None:
    """Return what begins the root, or the value of "references"."""
    root = next((event for event in events if isinstance(event, NodeEvent)), None)
    if not isinstance(root, MappingStartEvent):
        return root
    for key in events:
        if not isinstance(key, NodeEvent):
            break
        _end_of(key, events)
        value = next(events)
        if isinstance(key, ScalarEvent) and key.value == "references":
            return value
        _end_of(value, events)
    return None


def _end_of(event: Event, events: Iterator[Event]) -> Event:
    """Return the last event of what an event begins, having passed over what is between."""
    depth = 0
    while True:
        depth += isinstance(event, MappingStartEvent | SequenceStartEvent)
        depth -= isinstance(event, MappingEndEvent | SequenceEndEvent)
        if depth == 0:
            return event
        event = next(events)


class _Dumper(yaml.SafeDumper):
    """Lists stand deeper than what they belong to, as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        super().increase_indent(flow, indentless=False)


def _yaml_item(item: Item, indent: str) -> str:
    fields = {name: _short(value) for name, value in item.items()}
    written: str = yaml.dump([fields], Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
    lines = written.splitlines()
    dash = len(lines[0]) - len(lines[0].lstrip())
    return "".join(f"{indent}{line[dash:]}\n" for line in lines)


def _short(value: Any) -> Any:
    """Return a date as ISO 8601 where that says the same, and digits without quotes."""
    if isinstance(value, str):
        return int(value) if re.fullmatch(r"[1-9]\d{0,8}", value) else value
    parts = value.get("date-parts") if isinstance(value, dict) and value.keys() == {"date-parts"} else None
    if not parts or any(one[0] < 1000 for one in parts):  # noqa: PLR2004 -- a year of four digits
        return value
    written = ["-".join((str(one[0]), *(f"{part:02}" for part in one[1:]))) for one in parts]
    if len(parts) > 1:
        return "/".join(written)
    one = parts[0]
    if len(one) == 1:
        return one[0]
    return dt.date(*one) if len(one) == _YEAR_MONTH_DAY else written[0]
