"""A bibliography with one item more: in its own format, and every byte that was there as it was."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from typing import Any

import yaml
from yaml.events import MappingStartEvent, NodeEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from plugins.citations.bibtex_out import bibtex
from plugins.citations.cite.model import Refused
from plugins.citations.documents import read_json
from plugins.citations.entries import read_entries
from plugins.citations.items import normalised
from plugins.citations.model import Item
from plugins.citations.variables import ordered
from plugins.citations.yaml_documents import read_yaml


_ENDING = re.compile(r"\.(json|ya?ml|bib)\Z")
_NUMBERS = re.compile(r"\[\s*(?:\[[\d\s,-]*\]\s*,?\s*)+\]")  # the date-parts of a date
_YEAR_MONTH_DAY = 3
_REFERENCES = '"references"'


def appended(path: str, data: bytes, item: Item) -> tuple[bytes, int]:
    """Return the contents of a bibliography with an item at the end of its list, and its line, or raise `Refused`."""
    ending = _ENDING.search(path)
    if ending is None:
        raise Refused(f'"{path}" must end in .json, .yaml, .yml or .bib')
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise Refused(f"{path} is not UTF-8; save it as UTF-8 first") from None
    write, keys = _FORMATS[ending[1]]
    feed = "\r\n" if "\r\n" in text else "\n"
    start, middle, end = write(text.removeprefix("\ufeff"), ordered(item), path)
    middle = middle.replace("\n", feed)
    new = start + middle + end
    if keys(new) != [*keys(text), item["id"]]:  # what cannot be read again is not written
        raise Refused(f"{path} is set in a way that nothing can be added to; mend what `inv html` says of it")
    line = new.count("\n", 0, len(start) + middle.find(str(item["id"]))) + 1
    return ("\ufeff" * text.startswith("\ufeff") + new).encode(), line


def _to_json(text: str, item: Item, path: str) -> tuple[str, str, str]:
    """Return the text before the new item, the item, and the text behind it."""
    text = text if text.strip() else "[]\n"
    end = _end_of_json(text, path)
    before = text[:end].rstrip()
    is_first = before.endswith("[")
    indent, rest = _indentation(before), text[len(before) :]
    written = _NUMBERS.sub(_on_one_line, json.dumps(item, ensure_ascii=False, indent=indent))
    lines = ("" if is_first else ",") + "\n" + written
    return before, lines.replace("\n", "\n" + indent) + ("\n" if is_first and rest.startswith("]") else ""), rest


def _on_one_line(match: re.Match[str]) -> str:
    return re.sub(r"\s+", "", match[0]).replace(",", ", ")


def _end_of_json(text: str, path: str) -> int:
    """Return where the bracket stands that closes the list of items."""
    decoder = json.JSONDecoder()
    start = text.find("[", text.find(_REFERENCES) if text.lstrip().startswith("{") else 0)
    try:
        _, end = decoder.raw_decode(text, start)
        json.loads(text)
    except (ValueError, RecursionError):
        raise Refused(f"{path} is not sound JSON; mend what `inv html` says of it first") from None
    return end - 1


def _indentation(text: str) -> str:
    """Return what stands before the first item of a list, if that begins its line."""
    found = re.search(r"\[\s*?\n([ \t]+)\S", text)
    return found[1] if found else "  "


def _to_yaml(text: str, item: Item, path: str) -> tuple[str, str, str]:
    if not re.sub(r"^\s*(?:#.*|---|\.\.\.)?\s*$", "", text, flags=re.M).strip():
        return _ended(text), f"references:\n{_yaml_item(item, '  ')}", ""
    place, indent = _end_of_yaml(text, path)
    return _ended(text[:place]), _yaml_item(item, indent), text[place:]


def _ended(text: str) -> str:
    """Return a text that a new line can follow."""
    return text if not text or text.endswith("\n") else text + ("\r\n" if "\r\n" in text else "\n")


def _end_of_yaml(text: str, path: str) -> tuple[int, str]:
    """Return where the list of items ends, and what stands before its dashes."""
    try:
        events: list[Any] = list(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.YAMLError:
        raise Refused(f"{path} is not sound YAML; mend what `inv html` says of it first") from None
    first = _start_of_list(events)
    event: Any = events[first] if first is not None else None
    mark: Any = event.start_mark if event is not None else None
    if isinstance(event, ScalarEvent) and not event.value:  # "references:", and nothing yet
        end = text.find("\n", mark.index)
        return (end + 1 or len(text)), "  "
    if first is None or not isinstance(event, SequenceStartEvent) or event.flow_style:
        raise Refused(f"{path} has no list of items, each behind a dash; write it so")
    end = events[_end_of_node(events, first)].start_mark.index
    line_start = text.rfind("\n", 0, end) + 1
    at_end = not text[end:].strip() and line_start != end
    return (len(text) if at_end else line_start), " " * mark.column


def _start_of_list(events: list[Any]) -> int | None:
    """Return which event begins the root, or the value of "references"."""
    first = next((number for number, event in enumerate(events) if isinstance(event, NodeEvent)), None)
    if first is None or not isinstance(events[first], MappingStartEvent):
        return first
    number = first + 1
    while isinstance(events[number], NodeEvent):
        value = _end_of_node(events, number) + 1
        if isinstance(events[number], ScalarEvent) and events[number].value == "references":
            return value
        number = _end_of_node(events, value) + 1
    return None


def _end_of_node(events: list[Any], first: int) -> int:
    depth = 0
    for number in range(first, len(events)):
        event = events[number]
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            depth += 1
        elif isinstance(event, SequenceEndEvent | yaml.MappingEndEvent):
            depth -= 1
        if depth == 0:
            return number
    return len(events) - 1


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


def _to_bib(text: str, item: Item, _: str) -> tuple[str, str, str]:
    gap = "" if not text.strip() else "\n" if text.endswith("\n") else "\n\n"
    return text, gap + bibtex([item]), ""


def _keys_of_json(text: str) -> list[str]:
    return (
        _ids(item for item, _ in read_json(text.removeprefix("\ufeff"), _ignore)) if text.strip("\ufeff \r\n\t") else []
    )


def _keys_of_yaml(text: str) -> list[str]:
    return _ids(item for item, _ in read_yaml(text.removeprefix("\ufeff"), _ignore))


def _keys_of_bib(text: str) -> list[str]:
    return [entry.key for entry in read_entries(text.removeprefix("\ufeff"), _ignore).entries]


def _ids(items: Any) -> list[str]:
    return [str(normalised(item).get("id", "")) if isinstance(item, dict) else "" for item in items]


def _ignore(line: int, code: str, message: str) -> None:
    """Problems of a bibliography are said by the build."""


_Write = Callable[[str, dict[str, Any], str], tuple[str, str, str]]
_FORMATS: dict[str, tuple[_Write, Callable[[str], list[str]]]] = {
    "json": (_to_json, _keys_of_json),
    "yaml": (_to_yaml, _keys_of_yaml),
    "yml": (_to_yaml, _keys_of_yaml),
    "bib": (_to_bib, _keys_of_bib),
}
