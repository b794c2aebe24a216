"""What is known of a picture, and the files that are made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Recipe:
    """What pictures are made into: widths in pixels, formats besides JPEG or PNG, and the most pixels of one."""

    widths: tuple[int, ...]
    formats: tuple[str, ...]
    max_pixels: int


@dataclass(frozen=True, slots=True)
class Sizes:
    """How wide pictures of the text column are shown, those that take the margin, too, and those that stand there.

    All are as in HTML's `sizes`.
    """

    text: str
    wide: str
    margin: str


@dataclass(frozen=True, slots=True)
class Rendition:
    """One file made of a picture. `format` is as in `image/…`, `digest` the SHA-256 of its bytes."""

    format: str
    width: int
    height: int
    digest: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The files that a raster picture is made into.

    `renditions` are stills, the best format first, narrow ones first; those of the last format every browser takes.
    `moving` is the picture itself if it moves.
    """

    renditions: tuple[Rendition, ...]
    moving: Rendition | None = None

    @property
    def formats(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.format for each in self.renditions))

    def of(self, name: str) -> tuple[Rendition, ...]:
        """Return the renditions of a format."""
        return tuple(each for each in self.renditions if each.format == name)

    @property
    def for_all(self) -> tuple[Rendition, ...]:
        """The renditions that every browser takes."""
        return self.of(self.formats[-1])

    @property
    def all(self) -> tuple[Rendition, ...]:
        return (*self.renditions, *([self.moving] if self.moving else []))

    @property
    def told(self) -> list[Any]:
        """The picture as JSON."""
        return [_told(self.moving) if self.moving else None, *map(_told, self.renditions)]

    @classmethod
    def of_told(cls, told: Any) -> Picture:
        """Return the picture that `told` was made of; raise `TypeError` or `ValueError` for anything else."""
        moving, *renditions = told
        if not renditions:
            raise ValueError
        return cls(tuple(Rendition(*each) for each in renditions), Rendition(*moving) if moving else None)


def _told(rendition: Rendition) -> list[Any]:
    return [rendition.format, rendition.width, rendition.height, rendition.digest]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing that scales: the width and height to reserve for it in pixels."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a picture cannot be shown."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Developed:
    """What came of a picture: the files that are made of it, by digest."""

    picture: Picture
    files: dict[str, bytes]
