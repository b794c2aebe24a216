"""What pictures are known by in texts."""

from __future__ import annotations


#: The class of the figures that the syntax makes.
FIGURE = "picture"
#: Endings of the files that are made into others.
RASTERS = frozenset(".apng .avif .gif .jpe .jpeg .jpg .png .webp".split())
#: The same as they are written, in small letters or in capitals.
ENDINGS = tuple(written for ending in sorted(RASTERS) for written in (ending, ending.upper()))
