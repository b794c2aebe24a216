"""Markdown's own footnotes: their definitions, their marks, and marks without a definition."""

from __future__ import annotations

import re

from plugins.shared.html import Element, with_class


_MARK = re.compile(r"\[\^([^\]\n]+)\]")
CODE = frozenset(("code", "kbd", "pre", "samp", "script", "style", "textarea"))


def undefined(root: Element) -> tuple[str, ...]:
    """Return the names of marks that stayed text, as no footnote has the name. Code is left alone."""
    found: dict[str, None] = {}
    for element in root.iter("*"):
        if not _in_code(element):
            found.update(dict.fromkeys(_MARK.findall(element.text or "")))
        if not _in_code(element.getparent()):
            found.update(dict.fromkeys(_MARK.findall(element.tail or "")))
    return tuple(found)


def _in_code(element: Element | None) -> bool:
    return element is not None and (element.tag in CODE or _in_code(element.getparent()))


def take_definitions(root: Element) -> dict[str, Element]:
    """Return the footnotes' definitions by name, without their back-links."""
    found: dict[str, Element] = {}
    for section in list(with_class(root, "footnote")):
        if section.tag != "div":
            continue
        for item in section.iterfind("ol/li"):
            name = item.get("id", "")
            if name.startswith("fn:"):
                _drop_backlinks(item)
                found[name.removeprefix("fn:")] = item
        parent = section.getparent()
        assert parent is not None
        parent.remove(section)
    return found


def _drop_backlinks(item: Element) -> None:
    for link in list(with_class(item, "footnote-backref")):
        parent = link.getparent()
        assert parent is not None
        link.drop_tree()
        _strip_end(parent)
        if parent.tag == "p" and not len(parent) and not (parent.text or "").strip() and len(item) > 1:
            parent.drop_tree()


def _strip_end(element: Element) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip()
    else:
        element.text = (element.text or "").rstrip()


def footnote_name(element: Element) -> str | None:
    if element.tag != "sup" or not element.get("id", "").startswith("fnref"):
        return None
    link = element.find("a")
    target = link.get("href", "") if link is not None else ""
    return target.removeprefix("#fn:") if target.startswith("#fn:") else None
