"""What editors complete and check from: a schema of the bibliography, all keys, and all items."""

from __future__ import annotations

import json
from typing import Any

from plugins.citations.cite.listing import citation_of
from plugins.citations.credits import credit
from plugins.citations.exports import csl_json
from plugins.citations.items import DATES, NAMES
from plugins.citations.kinds import TYPES
from plugins.citations.library import Library
from plugins.citations.variables import OWN_MEANING, TEXTS


_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def editor_files(library: Library) -> dict[str, str]:
    """Return files by name: `keys.txt` and `keys.json` to complete keys, `bibliography.json` for pickers, a schema."""
    works = [library.items[key] for key in sorted(library.items)]
    keys = [{"key": work["id"], "cite": citation_of(work["id"]), "detail": credit(work)} for work in works]
    return {
        "bibliography.schema.json": _written(bibliography_schema()),
        "keys.txt": "".join(f"{work['id']}\n" for work in works),
        "keys.json": _written(keys),
        "bibliography.json": csl_json(works),
    }


def _written(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def bibliography_schema() -> dict[str, Any]:
    """Return the JSON Schema of a bibliography in CSL-JSON or CSL-YAML."""
    listed = {"type": "array", "items": {"$ref": "#/$defs/item"}}
    return {
        "$schema": _DRAFT,
        "title": "Bibliography",
        "description": "Works that essays cite, as CSL items",
        "anyOf": [
            listed,
            {"type": "object", "required": ["references"], "properties": {"references": listed}},
        ],
        "$defs": {"item": item_schema(), "name": _name(), "date": _date(), "text": {"type": ["string", "number"]}},
    }


def item_schema() -> dict[str, Any]:
    """Return the schema of one item; it refers to `#/$defs/name`, `date` and `text`."""
    fields: dict[str, Any] = {
        "id": {"type": ["string", "integer"], "description": "the key that essays cite"},
        "type": {"enum": sorted(TYPES)},
    }
    fields |= {name: {"$ref": "#/$defs/text"} for name in sorted(TEXTS)}
    fields |= {name: {"type": "array", "items": {"$ref": "#/$defs/name"}} for name in sorted(NAMES)}
    fields |= {name: {"$ref": "#/$defs/date"} for name in sorted(DATES)}
    fields |= {name: {"description": meaning} for name, meaning in OWN_MEANING.items()}
    fields["URL"] = fields["archive-url"] = {"type": "string", "pattern": "^https?://"}
    fields |= {"categories": {"type": "array"}, "custom": {"type": "object"}}
    return {"type": "object", "required": ["id", "type"], "properties": fields, "additionalProperties": False}


def _name() -> dict[str, Any]:
    parts = "family given suffix dropping-particle non-dropping-particle literal".split()
    flags = "comma-suffix static-ordering parse-names".split()
    properties = {part: {"type": "string"} for part in parts} | {flag: {} for flag in flags}
    return {
        "anyOf": [
            {"type": "string"},
            {
                "type": "object",
                "properties": properties,
                "additionalProperties": False,
                "anyOf": [{"required": [part]} for part in ("family", "given", "literal")],
            },
        ]
    }


def _date() -> dict[str, Any]:
    number = {"type": ["integer", "string"]}
    parts = {"type": "array", "minItems": 1, "maxItems": 2, "items": {"type": "array", "items": number}}
    return {
        "description": "2020-03-05, 2020-03, 2020, a range 2004-06/2006-08, or date-parts",
        "anyOf": [
            {"type": ["string", "integer"]},
            {"type": "object", "properties": {"date-parts": parts}},
            {"type": "array", "items": {"type": "object", "required": ["year"]}},
        ],
    }
