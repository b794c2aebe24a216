"""The JSON Schema of front matter, made of the keys that are checked: for editors that complete and check YAML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from plugins.essays import fields
from plugins.essays.fields import Check
from plugins.essays.metadata import KEYS, REQUIRED


_TEXT = {"type": ["string", "number"], "minLength": 1}  # "title: 1984" is a number to YAML
_NAMES = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}]}
_DAY = r"^\d{4}-\d\d-\d\d([Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$"
_DATE = {"type": "string", "pattern": _DAY}

#: What a value may be, by what checks it.
SHAPES: Mapping[Check, dict[str, Any]] = {
    fields.text: _TEXT,
    fields.prose: _TEXT,
    fields.names: _NAMES,
    fields.one_name: _NAMES,
    fields.date: _DATE,
    fields.truth: {"type": "boolean"},
    fields.status: {"enum": list(fields.STATUSES)},
    fields.language: {"type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"},
    fields.slug: {"type": "string", "pattern": "^[^/]+$"},
    fields.aliases: _NAMES,
    fields.series: {
        "anyOf": [
            _TEXT,
            {
                "type": "object",
                "properties": {"name": _TEXT, "part": {"type": "integer", "minimum": 1}},
                "required": ["name"],
                "additionalProperties": False,
            },
        ]
    },
    fields.template: {"type": "string", "pattern": r"^\w[\w-]*(/\w[\w-]*)*$"},
    fields.output_file: _TEXT,
    fields.page_address: _TEXT,
    fields.image: {
        "type": "object",
        "properties": dict.fromkeys(("src", "alt", "caption", "credit"), _TEXT),
        "required": ["src", "alt"],
        "additionalProperties": False,
    },
    fields.references: {
        "type": "array",
        "items": {"type": "object", "required": ["id", "type"]},
        "description": "works of this essay only, as CSL items",
    },
    fields.corrections: {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {"date": _DATE, "text": _TEXT, "was": _TEXT, "now": _TEXT},
            "required": ["date", "text"],
            "additionalProperties": False,
        },
    },
}


def front_matter_schema(extra_keys: Iterable[str] = ()) -> dict[str, Any]:
    """Return the schema of an essay's front matter; `extra_keys` are the site's own."""
    own: dict[str, Any] = {key: {} for key in extra_keys}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Front matter of an essay",
        "type": "object",
        "properties": own | {key: SHAPES[check] for key, check in KEYS.items()},
        "required": sorted(REQUIRED["essay"]),
        "additionalProperties": False,
    }
