"""As much of JSON Schema as ours use: what of some data does not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import yaml


_TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool,
}  # fmt: skip


def unfit(
    data: Any, schema: Mapping[str, Any], root: Mapping[str, Any] | None = None, place: str = ""
) -> Iterator[str]:
    """Yield the places that do not fit, with the rule that they break."""
    root = schema if root is None else root
    if "$ref" in schema:
        yield from unfit(data, _target(schema["$ref"], root), root, place)
    if "type" in schema and not any(_is(data, kind) for kind in _listed(schema["type"])):
        yield f"{place}: type"
    if "enum" in schema and data not in schema["enum"]:
        yield f"{place}: enum"
    if "anyOf" in schema and all(list(unfit(data, option, root, place)) for option in schema["anyOf"]):
        yield f"{place}: anyOf"
    if isinstance(data, str):
        yield from _unfit_text(data, schema, place)
    elif isinstance(data, list):
        yield from _unfit_list(data, schema, root, place)
    elif isinstance(data, dict):
        yield from _unfit_fields(data, schema, root, place)


def load_yaml(text: str) -> Any:
    """Return YAML as editors see it: dates are the words that stand there."""
    return yaml.load(text, _Loader)  # a SafeLoader


class _Loader(yaml.SafeLoader):
    yaml_implicit_resolvers: ClassVar[dict[str, list[Any]]] = {
        sign: [pair for pair in pairs if "timestamp" not in pair[0]]
        for sign, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _target(reference: str, root: Any) -> Any:
    for part in reference.removeprefix("#/").split("/"):
        root = root[part]
    return root


def _unfit_text(data: str, schema: Mapping[str, Any], place: str) -> Iterator[str]:
    if "pattern" in schema and not re.search(schema["pattern"], data):
        yield f"{place}: pattern"
    if len(data) < schema.get("minLength", 0):
        yield f"{place}: minLength"


def _unfit_list(data: list[Any], schema: Mapping[str, Any], root: Mapping[str, Any], place: str) -> Iterator[str]:
    if not schema.get("minItems", 0) <= len(data) <= schema.get("maxItems", len(data)):
        yield f"{place}: items"
    for number, item in enumerate(data):
        yield from unfit(item, schema.get("items", {}), root, f"{place}/{number}")


def _unfit_fields(
    data: dict[str, Any], schema: Mapping[str, Any], root: Mapping[str, Any], place: str
) -> Iterator[str]:
    known = schema.get("properties", {})
    yield from (f"{place}/{name}: required" for name in schema.get("required", ()) if name not in data)
    for name, value in data.items():
        if name in known:
            yield from unfit(value, known[name], root, f"{place}/{name}")
        elif schema.get("additionalProperties") is False:
            yield f"{place}/{name}: unknown"


def _is(data: Any, kind: str) -> bool:
    return isinstance(data, _TYPES[kind]) and (kind == "boolean" or not isinstance(data, bool))


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]
