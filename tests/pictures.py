"""Pictures for the sites of tests, made when they are needed."""

from __future__ import annotations

import io
import random
from functools import cache
from typing import Any

from PIL import Image, ImageDraw


def written(image: Image.Image, format_: str, **options: Any) -> bytes:
    data = io.BytesIO()
    image.save(data, format_, **options)
    return data.getvalue()


@cache
def photograph(width: int = 1200, height: int = 800) -> Image.Image:
    """Return a picture of many colours, the same each time."""
    size, rough = (width, height), (width // 6 + 1, height // 6 + 1)
    chance = random.Random(width * height)
    grain = (Image.frombytes("L", rough, chance.randbytes(rough[0] * rough[1])) for _ in range(3))
    slope = Image.linear_gradient("L").resize(size)
    return Image.merge("RGB", [Image.blend(each.resize(size, Image.Resampling.BICUBIC), slope, 0.6) for each in grain])


def jpeg(width: int = 1200, height: int = 800, **options: Any) -> bytes:
    return written(photograph(width, height), "JPEG", **{"quality": 90, **options})


def drawing(width: int = 600, height: int = 400, mode: str = "RGB") -> bytes:
    """Return a PNG of few colours; of mode RGBA, with a transparent ground."""
    image = Image.new(mode, (width, height), (255, 255, 255, 0)[: len(mode)])
    ImageDraw.Draw(image).rectangle((width // 4, height // 4, width // 2, height // 2), fill="red")
    return written(image, "PNG")


def moving(format_: str = "GIF", **options: Any) -> bytes:
    """Return a picture of three frames."""
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("red", "green", "blue")]
    return written(frames[0], format_, save_all=True, append_images=frames[1:], duration=100, loop=0, **options)


#: A small picture.
PNG = drawing(30, 20)
