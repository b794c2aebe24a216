"""Colours as CSS writes them, their contrast (WCAG 2.2), and the nearest that has enough of it.

Lightness, chroma and hue are those of Oklab (B. Ottosson, 2020), where a step of lightness looks alike in any hue.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TypeAlias


_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")
_STEP = 1 / 512  # of lightness
_ROUNDING = 1e-4
_LINEAR_BELOW, _ENCODED_BELOW = 0.04045, 0.0031308

_Triple: TypeAlias = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour of sRGB, each channel from 0 to 255."""

    red: int
    green: int
    blue: int

    @classmethod
    def read(cls, text: str) -> Colour | None:
        """Return the colour that `#rgb` or `#rrggbb` names, or None."""
        if not _HEX.fullmatch(text):
            return None
        digits = text[1:] if len(text) > len("#rgb") else "".join(2 * digit for digit in text[1:])
        return cls(*bytes.fromhex(digits))

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    @property
    def linear(self) -> _Triple:
        red, green, blue = (_decoded(channel / 255) for channel in (self.red, self.green, self.blue))
        return red, green, blue

    @property
    def luminance(self) -> float:
        red, green, blue = self.linear
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def mixed(self, other: Colour, share: float) -> Colour:
        """Return this colour with `share` of another in it, as if it were laid over it."""
        pairs = ((self.red, other.red), (self.green, other.green), (self.blue, other.blue))
        return Colour(*(round(one + (two - one) * share) for one, two in pairs))


def contrast(one: Colour, other: Colour) -> float:
    """Return the ratio of contrast, from 1 to 21."""
    darker, lighter = sorted((one.luminance, other.luminance))
    return (lighter + 0.05) / (darker + 0.05)


def nearest(colour: Colour, paper: Colour, ratio: float) -> Colour:
    """Return the colour of the same hue that is nearest in lightness and has this contrast with a paper."""
    lightness, chroma, hue = _lch(colour)
    step = _STEP if paper.luminance < colour_of(0.6, 0, 0).luminance else -_STEP
    while 0 < lightness < 1:
        if contrast(found := colour_of(lightness, chroma, hue), paper) >= ratio:
            return found
        lightness += step
    return colour_of(1 if step > 0 else 0, 0, 0)


def colour_of(lightness: float, chroma: float, hue: float) -> Colour:
    """Return the colour of these, with no more chroma than sRGB has there."""
    for share in range(64, -1, -1):
        linear = _linear(lightness, chroma * share / 64, hue)
        if all(-_ROUNDING <= channel <= 1 + _ROUNDING for channel in linear):
            break
    return Colour(*(round(255 * _encoded(min(max(channel, 0), 1))) for channel in linear))


def _decoded(value: float) -> float:
    return value / 12.92 if value <= _LINEAR_BELOW else ((value + 0.055) / 1.055) ** 2.4


def _encoded(value: float) -> float:
    return value * 12.92 if value <= _ENCODED_BELOW else 1.055 * value ** (1 / 2.4) - 0.055


def _lch(colour: Colour) -> _Triple:
    red, green, blue = colour.linear
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _linear(lightness: float, chroma: float, hue: float) -> _Triple:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
