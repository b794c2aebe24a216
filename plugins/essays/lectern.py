"""Where sources are read: on all cores ahead of being asked for, and not at all while an earlier reading holds."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from plugins.essays.ahead import Ahead, Read
from plugins.essays.budget import at_most
from plugins.essays.kept import Kept
from plugins.essays.limits import TooSlow
from plugins.essays.model import Kind, Reading
from plugins.essays.read import Desk, read
from plugins.essays.settings import Settings
from plugins.shared.files import digest, site_path
from plugins.shared.problems import Problem
from plugins.shared.sources import Unreadable, read_bytes


_LIMIT = "ESSAY_MAX_BYTES; split the text"


class Lectern:
    """The sources of one kind. `desk` makes what they are read with, once something is to be read.

    `may_keep` tells whether anything may be kept of a reading.
    """

    def __init__(
        self, content: Path, own: Settings, kept: Kept, desk: Callable[[], Desk], may_keep: Callable[[Reading], bool]
    ) -> None:
        self.kind: Kind = "page"
        self._content, self._own, self._kept, self._desk, self._may_keep = content, own, kept, desk, may_keep
        self._ahead: Ahead | None = None

    def read_ahead(self, paths: Iterable[str]) -> None:
        """Begin to read the sources that will be asked for, in that order, but for those that are kept."""
        whole = [os.path.abspath(self._content / path) for path in paths]  # noqa: PTH100 - as Pelican asks, links and all
        new = [path for path in whole if not self._kept.holds(path, self._sha, self.kind)]
        if new:
            self._desk()  # once, before there are workers to inherit it
            self._ahead = Ahead(new, self._read, self._own.workers)

    def read(self, path: str) -> Read:
        """Return the digest of a source and its reading."""
        if self._ahead and (coming := self._ahead.take(path)):
            sha, reading = coming
        else:
            sha = self._sha(path)
            if (kept := self._kept.reading(path, sha, self.kind)) is not None:
                return sha, kept
            sha, reading = self._read(path)
        if reading.is_sound and self._may_keep(reading):
            self._kept.keep(path, sha, self.kind, reading)
        return sha, reading

    def _read(self, path: str) -> Read:
        name = site_path(path, self._content)
        try:
            data = self._bytes(path)
        except Unreadable as error:
            return "", _refused(name, error.code, error)
        try:
            with at_most(self._own.timeout):
                return digest(data), read(data, name, self.kind, self._desk())
        except TooSlow as error:  # it came too late to be caught where texts are read
            return digest(data), _refused(name, "essay-unreadable", error)

    def _sha(self, path: str) -> str:
        """Return the digest of a source, or an empty string for one that reading will refuse."""
        try:
            return digest(self._bytes(path))
        except Unreadable:
            return ""

    def _bytes(self, path: str) -> bytes:
        return read_bytes(Path(path), self._content, self._own.max_bytes, _LIMIT)


def _refused(name: str, code: str, error: Exception) -> Reading:
    return Reading({}, "", "", (Problem(name, 1, code, str(error)),))
