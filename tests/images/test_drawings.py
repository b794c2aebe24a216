"""How much room a drawing is given."""

from __future__ import annotations

import pytest

from plugins.images.drawings import measure
from plugins.images.model import Drawing


SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}><rect width="1" height="1"/></svg>'


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="300" height="200"', (300, 200)),
        ('width="3in" height="96px" viewBox="0 0 9 1"', (288, 96)),
        ('viewBox="0 0 30 20"', (960, 640)),
        ('viewBox="-5,-5, 30,20" width="100%"', (960, 640)),
        ('viewBox="0 0 30 20" width="300"', (300, 200)),
        ('viewBox="0 0 30 20" height="200"', (300, 200)),
        ("", None),
        ('width="50%" height="2em"', None),
        ('viewBox="0 0 0 20"', None),
        ('viewBox="0 0 a b"', None),
        ('viewBox="0 0 nan inf"', None),
        ('width="1e9" height="5"', None),
        ('width="0" height="5"', None),
    ],
)
def test_size(attributes: str, size: tuple[int, int] | None) -> None:
    """A drawing is as large as it says, or as wide as the page in the shape of its view box."""
    assert measure(SVG.format(attributes).encode()) == (Drawing(*size) if size else None)


@pytest.mark.parametrize(
    "data", [b"", b"x", b"<svg", b"<!DOCTYPE svg [<!ENTITY a 'x'>]><svg width='&a;' height='1'/>", b"\xff\xfe\x00"]
)
def test_no_drawing(data: bytes) -> None:
    """Of what is none nothing is known; whoever publishes it says so."""
    assert measure(data) is None
