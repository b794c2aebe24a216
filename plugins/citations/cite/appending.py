"""A bibliography with one item more: in its own format, and every byte that was there as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from plugins.citations.bibtex_out import bibtex
from plugins.citations.cite.model import Refused
from plugins.citations.cite.yaml_appending import to_yaml
from plugins.citations.documents import read_json
from plugins.citations.entries import read_entries
from plugins.citations.items import normalised
from plugins.citations.model import Item
from plugins.citations.variables import ordered
from plugins.citations.yaml_documents import read_yaml


_ENDING = re.compile(r"\.(json|ya?ml|bib)\Z")
_DATE_PARTS = re.compile(r'(?<="date-parts": )\[(?:\s*\[[-\d,\s]*\],?)+\s*\]')  # in a text the quotes are escaped
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
    written = _DATE_PARTS.sub(_on_one_line, json.dumps(item, ensure_ascii=False, indent=indent))
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
    "yaml": (to_yaml, _keys_of_yaml),
    "yml": (to_yaml, _keys_of_yaml),
    "bib": (_to_bib, _keys_of_bib),
}
