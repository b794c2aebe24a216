"""Names in Chinese, Japanese and Korean script: surname first, nothing between, and never cut to the surname."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from plugins.citations.items import NAMES
from plugins.citations.model import Item


_SCRIPT = re.compile("[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+")
_KATAKANA = re.compile("[\u30a0-\u30ff]+")  # a foreign name, which has another order


def whole_names(item: Item) -> dict[str, Any]:
    """Return an item whose names in these scripts are of one piece, as their readers know them."""
    return {
        name: [_whole(one) for one in value] if name in NAMES and isinstance(value, list) else value
        for name, value in item.items()
    }


def _whole(name: Any) -> Any:
    if not isinstance(name, Mapping) or set(name) != {"family", "given"}:
        return name
    family, given = str(name["family"]), str(name["given"])
    is_whole = _SCRIPT.fullmatch(family) and _SCRIPT.fullmatch(given) and not _KATAKANA.fullmatch(family)
    return {"literal": family + given} if is_whole else name
