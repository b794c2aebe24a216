"""The published commits, the present one first."""

from __future__ import annotations

from plugins.publishing.git import Git
from plugins.publishing.model import Past


_FORMAT = "%H%x1f%cd%x1f%(trailers:key=Source,valueonly,separator=%x20)%x1f%s"


def past_of(git: Git, commit: str, most: int) -> tuple[Past, ...]:
    """Return at most so many commits of a published branch."""
    words = (f"--max-count={most}", "--first-parent", "-z", f"--format={_FORMAT}", "--date=format:%Y-%m-%d %H:%M")
    return tuple(_past(entry) for entry in git("log", *words, commit, "--").split("\0") if entry)


def _past(entry: str) -> Past:
    sha, date, source, subject = entry.split("\x1f", 3)
    return Past(sha, date, next(iter(source.split()), ""), subject)
