"""References as files: what readers take into a reference manager of their own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from plugins.citations.bibtex_out import bibtex
from plugins.citations.items import OWN, formattable
from plugins.citations.model import Item
from plugins.citations.ris import ris


def csl_json(items: Iterable[Item]) -> str:
    """Return the items as CSL-JSON. Fields that are ours go where CSL lets programs put theirs: under "custom"."""
    return json.dumps([_with_custom(item) for item in items], ensure_ascii=False, indent=2) + "\n"


def _with_custom(item: Item) -> dict[str, Any]:
    own = {name: item[name] for name in sorted(OWN & item.keys())}
    shown = {name: value for name, value in formattable(item).items() if name != "custom"}
    return {**shown, **({"custom": own} if own else {})}


#: The ending of a file -> how items are written to it. Items are a library's, sound or not.
FORMATS: Mapping[str, Callable[[Iterable[Item]], str]] = {
    "json": csl_json,
    "bib": lambda items: bibtex(map(formattable, items)),
    "ris": lambda items: ris(map(formattable, items)),
}
#: What a server should call each.
MEDIA_TYPES: Mapping[str, str] = {
    "json": "application/vnd.citationstyles.csl+json",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
}
