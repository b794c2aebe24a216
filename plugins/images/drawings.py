"""How much room to reserve for a drawing, which scales."""

from __future__ import annotations

import io
import re

from lxml import etree

from plugins.images.model import Drawing


SUFFIX = ".svg"
_WIDTH = 960  # of a drawing that does not say how large it is: as much as it is given
_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_LENGTH = re.compile(r"\s*\+?(\d*\.?\d+(?:e[+-]?\d{1,2})?)\s*([a-z]*)\s*", re.I)
_SEPARATOR = re.compile(r"[\s,]+")
_MOST = 100_000  # pixels


def measure(data: bytes) -> Drawing | None:
    """Return the size of an SVG: the one it gives, or that of its view box at the width of a page; None if unknown."""
    root = _root(data)
    if root is None:
        return None
    width, height = _pixels(root.get("width", "")), _pixels(root.get("height", ""))
    ratio = _ratio(root.get("viewBox", ""))
    if not ratio:
        return _drawing(width, height)
    if width or height:
        return _drawing(width or height * ratio, height or width / ratio)
    return _drawing(_WIDTH, _WIDTH / ratio)


def _root(data: bytes) -> etree._Element | None:
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    try:
        return next((element for _, element in etree.iterparse(io.BytesIO(data), events=("start",), **options)), None)
    except etree.XMLSyntaxError:  # whoever publishes it says so
        return None


def _pixels(length: str) -> float:
    """Return a length in pixels, or 0 for one that depends on where it stands."""
    match = _LENGTH.fullmatch(length)
    return float(match[1]) * _UNITS.get(match[2].lower(), 0) if match else 0


def _ratio(view_box: str) -> float:
    try:
        _, _, width, height = map(float, _SEPARATOR.split(view_box.strip()))
    except ValueError:
        return 0
    return width / height if width > 0 and height > 0 else 0


def _drawing(width: float, height: float) -> Drawing | None:
    is_sound = 0.5 <= width <= _MOST and 0.5 <= height <= _MOST  # noqa: PLR2004 - what rounds to a pixel
    return Drawing(round(width), round(height)) if is_sound else None
