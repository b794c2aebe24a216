"""Take the photographs among the files that a site copies: where and when one was taken, and by whom, is left out."""

from __future__ import annotations

from pathlib import Path

from plugins.shared.picture_files import without_metadata
from plugins.shared.sources import open_inside


PHOTOGRAPHS = frozenset({".apng", ".gif", ".jpe", ".jpeg", ".jpg", ".png", ".webp"})


def plain(source: Path, content: Path) -> bytes:
    """Return a picture of the content folder without its metadata.

    One that is broken stays as it is: no browser shows it, either.
    """
    with open_inside(source, content) as file:
        data = file.read()
    try:
        return without_metadata(data)
    except ValueError:
        return data
