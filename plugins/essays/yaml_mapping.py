"""Read a YAML mapping that a stranger wrote: data only, each top key with its line."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import Any

import yaml
from yaml.constructor import SafeConstructor

from plugins.essays.faults import Faults
from plugins.essays.model import Entry
from plugins.shared.yaml_faults import explain, mark_of
from plugins.shared.yaml_lines import line_feeds


MAX_DEPTH = 20
MAX_CHARACTERS = 250_000
CODE = "front-matter-yaml"
# Of anchors, aliases and tags; and line ends that are YAML's alone.
_SIGNS = frozenset("&*!\t\r\x85\u2028\u2029")
_FEW = 5  # brackets
_DEEP = re.compile(r"^(?: {5}| *(?:[-?:] +){2})", re.M)


class Refused(Exception):  # noqa: N818 - it is no error of the program
    def __init__(self, line: int, code: str, message: str) -> None:
        super().__init__(message)
        self.line, self.code = line, code


def read_mapping(text: str, first_line: int, faults: Faults) -> list[Entry]:
    """Return the entries of a mapping; `first_line` is the line of the file that `text` starts at."""
    try:
        if not _is_flat(text):
            _check_events(text)
        entries = _entries(yaml.compose(text, yaml.CSafeLoader))
        return [replace(entry, line=first_line + line_feeds(text, entry.line)) for entry in entries]
    except Refused as error:
        faults.add(first_line + line_feeds(text, error.line), error.code, str(error))
    except yaml.MarkedYAMLError as error:
        mark = mark_of(error)
        faults.add(first_line + line_feeds(text, mark.line if mark else 0), CODE, explain(error))
    except yaml.YAMLError as error:
        faults.add(first_line, CODE, f"this is not YAML: {error}")
    return []


def _is_flat(text: str) -> bool:
    """Tell whether there is so little in a text that it need not be looked through for what hurts.

    In so few columns, with so few brackets, no more than MAX_DEPTH levels can be.
    """
    return (
        len(text) <= MAX_CHARACTERS
        and _SIGNS.isdisjoint(text)
        and text.count("[") + text.count("{") <= _FEW
        and not _DEEP.search(text)
    )


def _check_events(text: str) -> None:
    """Refuse what needs no place in front matter and can be made to hurt, before anything is built of it."""
    if len(text) > MAX_CHARACTERS:
        raise Refused(
            0, "front-matter-size", f"the front matter is longer than {MAX_CHARACTERS:,} characters; shorten it"
        )
    depth = 0
    event: Any
    for event in yaml.parse(text, yaml.CSafeLoader):
        line = event.start_mark.line
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise Refused(line, "front-matter-depth", f"nested deeper than {MAX_DEPTH} levels; flatten it")
        if getattr(event, "anchor", None):
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            hint = f'"{sign}{event.anchor}" is an alias or anchor of YAML; write the value out, or put it in quotes'
            raise Refused(line, "front-matter-alias", hint)
        if getattr(event, "tag", None):
            raise Refused(line, "front-matter-tag", f'"{event.tag}" is a tag of YAML; leave it out')


def _entries(root: yaml.Node | None) -> list[Entry]:
    """Return the entries of a mapping, with lines as YAML counts them, from 0."""
    if root is None:
        return []
    if not isinstance(root, yaml.MappingNode):
        raise Refused(root.start_mark.line, CODE, 'front matter is lines of "key: value"')
    entries = []
    for key, node in root.value:
        if not isinstance(key, yaml.ScalarNode):
            raise Refused(key.start_mark.line, CODE, 'a key is a word, as in "title: …"')
        if key.value == "<<":
            raise Refused(key.start_mark.line, "front-matter-alias", '"<<" merges keys in YAML; write the keys out')
        entries.append(Entry(key.value, key.start_mark.line, _build(node, _text), _build(node, _data)))
    return entries


def _build(node: yaml.Node, scalar: Any) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, scalar) for item in node.value]
    if not isinstance(node, yaml.MappingNode):
        return scalar(node)
    built: dict[str, Any] = {}
    for key, item in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise Refused(key.start_mark.line, CODE, 'a key is a word, as in "src: …"')
        if key.value in built:
            raise Refused(key.start_mark.line, "key-duplicate", f'"{key.value}" stands here twice; keep one')
        built[key.value] = _build(item, scalar)
    return built


def _text(node: yaml.ScalarNode) -> str | None:
    return None if node.tag == "tag:yaml.org,2002:null" else str(node.value)


def _data(node: yaml.ScalarNode) -> Any:
    """Return what JSON can hold; dates and infinities stay text."""
    reader = SafeConstructor()
    try:
        match node.tag.rpartition(":")[2]:
            case "null":
                return None
            case "bool":
                return reader.construct_yaml_bool(node)
            case "int":
                return reader.construct_yaml_int(node)
            case "float":
                number = reader.construct_yaml_float(node)
                return number if math.isfinite(number) else node.value
    except (ValueError, OverflowError):
        pass
    return str(node.value)
