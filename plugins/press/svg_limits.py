"""Refuse drawings that would keep a reader's browser busy for minutes: too deep, too large, or drawn over and over.

An element may draw others by reference (`<use>`, patterns, masks, markers), these may do so, too, and each level may
double what is drawn. That is counted here without being done.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from lxml import etree

from plugins.press import svg_style


MAX_DEPTH = 100
MAX_ELEMENTS = 200_000
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
_FOLLOWED = frozenset({"use", "feImage", "pattern"})  # of others, an address is a link, or says what moves
_PAINTS = frozenset({"linearGradient", "radialGradient"})  # colours, which no number of uses makes slow
_URL = re.compile(r"""url\(\s*["']?#([^"'()\s]+)""", re.I)
_SIMPLE = re.compile(r"[.#]?[\w-]+")
_UNSURE = re.compile(r"""["'/;(\[]""")

_TOO_MANY = f"the drawing has more than {MAX_ELEMENTS:,} elements; simplify it"
_TOO_OFTEN = f"the drawing draws parts of it over again, more than {MAX_ELEMENTS:,} in all; simplify it"
TOO_DEEP = f"the drawing nests more than {MAX_DEPTH} elements, or what they refer to; flatten it"


def fault(root: Any) -> tuple[int, str] | None:
    """Return the line of what is too much in a drawing, and why, or None."""
    elements = list(root.iter(etree.Element))  # lxml's elements are the same ones only while somebody holds them
    if len(elements) > MAX_ELEMENTS:
        return 1, _TOO_MANY
    sizes, depths, steps = dict[Any, int](), dict[Any, int](), 0
    for element, inside, level in _inside_out(root, _Parts(elements)):
        steps += len(inside)
        sizes[element] = 1 + sum(sizes.get(part, 0) for part in inside)
        depths[element] = 1 + max((depths.get(part, 0) for part in inside), default=0)
        if sizes[element] > MAX_ELEMENTS or steps > 2 * MAX_ELEMENTS:
            return element.sourceline or 1, _TOO_OFTEN
        if max(depths[element], level) > MAX_DEPTH:
            return element.sourceline or 1, TOO_DEEP
    return None


class _Parts:
    """What each element holds and refers to."""

    def __init__(self, elements: list[Any]) -> None:
        self._by_id = {name: element for element in elements if (name := element.get("id"))}
        self._styled: dict[str, set[str]] = defaultdict(set)
        for element in elements:
            if _name(element) == "style":
                self._take_style("".join(element.itertext()))

    def of(self, element: Any) -> list[Any]:
        named = (self._by_id[name] for name in sorted(self._references(element)) if name in self._by_id)
        return [*element.iterchildren(etree.Element), *(one for one in named if _name(one) not in _PAINTS)]

    def _references(self, element: Any) -> set[str]:
        found = set[str]().union(*(self._styled.get(name, ()) for name in _names(element)))
        for name, value in element.attrib.items():
            if name in _HREFS and _name(element) in _FOLLOWED:
                found.add(unquote(value.strip().removeprefix("#")))
            elif "(" in value or "\\" in value:
                found.update(map(unquote, _URL.findall(svg_style.decoded(value))))
        return found

    def _take_style(self, sheet: str) -> None:
        for rule in svg_style.decoded(sheet).split("}"):
            before, _, body = rule.rpartition("{")
            if found := list(map(unquote, _URL.findall(body))):
                # What a variable holds may be used anywhere; of comments and strings, nothing is sure.
                selectors = before.rpartition("{")[2]
                for selector in ["*"] if "--" in body or _UNSURE.search(selectors) else selectors.split(","):
                    self._styled[_key(selector)].update(found)


def _names(element: Any) -> Iterator[str]:
    """Yield what a style sheet may call an element by."""
    yield from ("*", _name(element), f"#{element.get('id')}", *(f".{one}" for one in element.get("class", "").split()))


def _key(selector: str) -> str:
    """Return the most telling of the names in the last part of a selector."""
    last = re.split(r"[\s>+~]+", selector.strip())[-1].partition(":")[0]
    return min(_SIMPLE.findall(last), default="*")  # ids and classes are sorted before elements


def _name(element: Any) -> str:
    return str(etree.QName(element).localname)


def _inside_out(root: Any, parts: _Parts) -> Iterator[tuple[Any, list[Any], int]]:
    """Yield each element once, with its parts and its depth; after its parts, unless it is too deep to look into it.

    What refers back to what holds it draws nothing there.
    """
    seen, inside = {root}, parts.of(root)
    waiting = [(root, inside, iter(inside))]
    while waiting:
        element, inside, rest = waiting[-1]
        part = next((part for part in rest if part not in seen), None)
        if part is None or len(waiting) > MAX_DEPTH:
            yield element, inside, len(waiting)
            waiting.pop()
        else:
            seen.add(part)
            inside = parts.of(part)
            waiting.append((part, inside, iter(inside)))
