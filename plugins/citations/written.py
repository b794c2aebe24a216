"""A marker: the citation it holds, and how that was written."""

from __future__ import annotations

import re
from typing import Any

from plugins.citations.model import MODES, Citation, CitationItem
from plugins.citations.parse import BARE_KEY
from plugins.shared.html import Element
from plugins.shared.markers import decode


def citation_of(element: Element) -> Citation | None:
    """Return the citation of a marker. An author can forge one, so each shape is checked."""
    written = element.get("data-citation")
    data = decode(written) if written is not None else None
    if not isinstance(data, list) or not data:
        return None
    items = [_item_of(entry) for entry in data]
    sound = tuple(item for item in items if item is not None)
    return sound if len(sound) == len(items) else None


def _item_of(entry: Any) -> CitationItem | None:
    if not isinstance(entry, dict) or not entry.keys() <= set(CitationItem.__slots__):
        return None
    texts = [entry.get("id"), entry.get("prefix", ""), entry.get("rest", "")]
    sound = all(isinstance(text, str) for text in texts) and entry.get("mode", "normal") in MODES
    return CitationItem(**entry) if sound else None


def is_bare(element: Element) -> bool:
    """Tell whether a marker's first key is part of the sentence: its author is no apparatus."""
    return element.get("data-apparatus") is None


def as_written(citation: Citation) -> str:
    """Return a citation in brackets as it was written."""
    return "[" + "; ".join(_written(item) for item in citation) + "]"


def _written(item: CitationItem) -> str:
    sign = "-@" if item.mode == "suppress-author" else "@"
    key = item.id if re.fullmatch(BARE_KEY, item.id) else f"{{{item.id}}}"
    return f"{item.prefix}{sign}{key}{item.rest}"
