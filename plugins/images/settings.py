"""What a site may choose about its pictures."""

from __future__ import annotations

from dataclasses import dataclass


PREFIX = "IMAGES"
#: What a picture may be made into besides JPEG or PNG.
FORMATS = ("avif", "webp")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings `IMAGES_…`.

    `widths` are in pixels; none is larger than the picture. `sizes` and `sizes_wide` say how wide the theme shows a
    picture of the text column and one that takes the margin, too. `originals` are patterns of files below `content/` to
    publish beside what is made of them. `workers` is how many processes make pictures at once; 0 is one for each core.
    """

    widths: tuple[int, ...] = (480, 960, 1600)
    formats: tuple[str, ...] = FORMATS
    sizes: str = "(min-width: 37rem) 34rem, calc(100vw - 2.5rem)"
    sizes_wide: str = "(min-width: 68rem) 52rem, (min-width: 37rem) 34rem, calc(100vw - 2.5rem)"
    originals: tuple[str, ...] = ()
    max_bytes: int = 50_000_000
    max_pixels: int = 50_000_000
    workers: int = 0
