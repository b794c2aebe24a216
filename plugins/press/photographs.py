"""Take the photographs among the files that a site copies: where and when one was taken, and by whom, is left out."""

from __future__ import annotations

from pathlib import Path

from plugins.shared.picture_files import without_metadata


PHOTOGRAPHS = frozenset({".apng", ".gif", ".jpe", ".jpeg", ".jpg", ".png", ".webp"})


def plain(source: Path) -> bytes:
    """Return a picture without its metadata. One that cannot be read stays as it is: no browser shows it, either."""
    data = source.read_bytes()
    try:
        return without_metadata(data)
    except ValueError:
        return data
