"""Say to pandoc in its own way what it would lose or print amiss."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from plugins.citations.coins import coins
from plugins.citations.items import NAMES, formattable
from plugins.citations.model import Item
from plugins.citations.once import Once


_SCRIPT = re.compile("[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+")
_KATAKANA = re.compile("[\u30a0-\u30ff]+")  # a foreign name, which has another order
_TAG = re.compile(r"<[^<>]*>")
_SEASONS = {"1": 13, "2": 14, "3": 15, "4": 16, "spring": 13, "summer": 14, "autumn": 15, "fall": 15, "winter": 16}


class Adapted(Once[dict[str, Any]]):
    """Works as pandoc shall see them, and their COinS, which say the same on every page."""

    def __init__(self) -> None:
        super().__init__(lambda item: adapted(formattable(item)))
        self.coins = Once(coins)


def adapted(item: Item) -> dict[str, Any]:
    """Return an item as pandoc prints it right: names in Han script whole, seasons as months."""
    found = {name: _adapted(value) if name in NAMES else value for name, value in item.items()}
    issued = found.get("issued")
    if isinstance(issued, Mapping):
        found["issued"] = _with_season(issued)
    if "citation-label" not in found and (label := _label(found)):
        found["citation-label"] = label
    return found


def _label(item: Item) -> str:
    """Return the label of a work without a surname, which styles of labels would print as "Xyz99" or "99"."""
    authors = [name for name in item.get("author", ()) if isinstance(name, Mapping)]
    if any(name.get("family") for name in authors):
        return ""
    said = next((str(name["literal"]) for name in authors if name.get("literal")), str(item.get("title", "")))
    parts = (item.get("issued") or {}).get("date-parts") or [[""]]
    letters = re.sub(r"[\W\d_]", "", _TAG.sub("", said))
    return letters[:4].capitalize() + str(parts[0][0])[-2:] if letters else ""


def _adapted(names: Any) -> Any:
    return [_whole(name) for name in names] if isinstance(names, list) else names


def _whole(name: Any) -> Any:
    """Return a name in Chinese, Japanese or Korean script of one piece, as it is never cut to the surname."""
    if not isinstance(name, Mapping) or set(name) != {"family", "given"}:
        return name
    family, given = str(name["family"]), str(name["given"])
    is_whole = _SCRIPT.fullmatch(family) and _SCRIPT.fullmatch(given) and not _KATAKANA.fullmatch(family)
    return {"literal": family + given} if is_whole else name


def _with_season(date: Mapping[str, Any]) -> dict[str, Any]:
    season = _SEASONS.get(str(date.get("season", "")).lower())
    parts = date.get("date-parts")
    if season is None or not isinstance(parts, list) or [len(one) for one in parts] != [1]:
        return dict(date)
    others = {name: part for name, part in date.items() if name != "season"}
    return {**others, "date-parts": [[*parts[0], season]]}
