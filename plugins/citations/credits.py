"""Say in a few words whose words a source's are."""

from __future__ import annotations

import re
from typing import Any

from plugins.citations.model import Item


_MARKUP = re.compile(r"</?(?:i|b|sc|sub|sup|span)(?:\s[^<>]*)?>")
_MANY = 3


def credit(item: Item) -> str:
    """Return author, title and year as plain text: "Louis D. Brandeis, Other People’s Money (1914)"."""
    said = ", ".join(part for part in (_authors(item), _plain(item.get("title-short") or item.get("title"))) if part)
    year = _year(item.get("issued"))
    return f"{said} ({year})" if year and said else said or str(item["id"])


def _authors(item: Item) -> str:
    for role in ("author", "editor"):
        names = [_name(name) for name in item.get(role, ()) if isinstance(name, dict)]
        if len(names) > _MANY:
            return f"{names[0]} and others"
        if names:
            return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    return _plain(item.get("publisher") or item.get("authority") or item.get("container-title"))


def _name(name: dict[str, Any]) -> str:
    if "literal" in name:
        return str(name["literal"])
    given, family = str(name.get("given", "")), str(name.get("family", ""))
    family = " ".join(filter(None, (str(name.get("non-dropping-particle", "")), family)))
    family = " ".join(filter(None, (str(name.get("dropping-particle", "")), family)))
    if re.match(r"[\u3400-\u9fff\uac00-\ud7af]", family):
        return family + given
    return " ".join(filter(None, (given, family, str(name.get("suffix", "")))))


def _plain(text: Any) -> str:
    return " ".join(_MARKUP.sub("", str(text or "")).split())


def _year(date: Any) -> str:
    if not isinstance(date, dict):
        return ""
    parts = date.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]:
        return str(parts[0][0])
    found = re.search(r"\d{4}", str(date.get("literal", date.get("raw", ""))))
    return found[0] if found else ""
