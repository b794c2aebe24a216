"""What a build has printed, for a plugin that makes files of what published pages say, such as an index for a search.

No key tells what all pages say but the digests of their files, so that such files are made last, when every page is
there and nothing is in its place yet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from plugins.press.addresses import Origin
from plugins.press.model import Leaf
from plugins.press.record import Record


class Proofs:
    """The files of a build. `path_of` tells where one is until it is in its place, `folder` is where to work."""

    def __init__(
        self, leaves: Mapping[str, Leaf], path_of: Callable[[str], Path], writer: Any, record: Record, folder: Path
    ) -> None:
        self._leaves, self.path_of, self._writer, self._record, self.folder = leaves, path_of, writer, record, folder
        self.added: list[str] = []

    def digest_of(self, name: str) -> str:
        """Return the digest of a file's bytes, or an empty text if the build has no such file."""
        return self._leaves[name].sha256 if name in self._leaves else ""

    def add(self, name: str, key: str, what: str, data: Callable[[], bytes]) -> None:
        """Write a file of this key, unless it stands; `what` names it to whoever has the same address."""
        if self._writer.make(name, key, Origin(what), data):
            self.added.append(name)

    def stand(self, key: str, what: str) -> bool:
        """Take over all files that the last build made by a key; return False if one is missing, or there are none."""
        names = [name for name, found in self._record.leaves.items() if found[0] == key]
        if not names or any(self._record.standing(name, key) is None for name in names):
            return False
        for name in names:
            self.add(name, key, what, self._never)
        return True

    def _never(self) -> bytes:
        raise AssertionError("a file that stands is not made")
