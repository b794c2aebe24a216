"""What earlier builds worked out, kept by everything that it was made from. A wrong or broken entry is none.

The file is data alone: JSON, each value with a checksum, and a value is found only by the digest of what it was made
from. Whoever can write the file can spoil a site's pages, as whoever can write its sources can; nothing in it runs.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from plugins.shared.files import digest


#: The key of Pelican's settings under which the press keeps the build's store.
SETTING = "STORE"

_TABLE = (
    "CREATE TABLE IF NOT EXISTS kept"
    " (room TEXT, name TEXT, key TEXT, value BLOB, checksum INTEGER, PRIMARY KEY (room, name))"
)
_WAIT = 30  # seconds for another build to let go of the file


class Damaged(BaseException):
    """What was found in a cache is not what was put there. The build begins anew, without the cache.

    No `Exception`: whoever catches those would take the fault for that of an essay or a template.
    """


class Store:
    """Values made of JSON by room, such as "readings", and a name in it; a new value takes the place of an old one.

    `ground` is what every value depends on: the code, the versions of libraries. Without a path nothing is kept.
    A file that cannot be used is made anew, and `damaged` is called. Only in one that `is_private` may anything be put
    of what is not published: hosts share the others between builds.
    """

    is_private = False

    def __init__(self, path: Path | None = None, ground: str = "", damaged: Callable[[], None] = lambda: None) -> None:
        self._path, self._ground, self._damaged = path, ground, damaged
        self._file: sqlite3.Connection | None = None
        self._inherited: sqlite3.Connection | None = None
        self._owner = 0
        self._is_shut = path is None

    @property
    def keeps(self) -> bool:
        """Whether anything is kept at all."""
        return not self._is_shut

    @property
    def folder(self) -> Path | None:
        """The folder of the file, where what is too large for it may be kept; None if nothing is kept."""
        return None if self._is_shut or self._path is None else self._path.parent

    def is_damaged(self) -> None:
        """Say that a value is not of the shape that was put, though its checksum is."""
        self._damaged()

    def key(self, *parts: Any) -> str:
        """Return the digest of what a value is made from, parts of JSON."""
        return digest(json.dumps([self._ground, *parts], ensure_ascii=False, sort_keys=True).encode(errors="replace"))

    def get(self, room: str, name: str, key: str) -> Any:
        """Return the value that was made from what `key` is the digest of, or None."""
        rows = self._ask("SELECT key, value, checksum FROM kept WHERE room = ? AND name = ?", (room, name))
        if not rows or rows[0][0] != key:
            return None
        return self._read(*rows[0][1:])

    def has(self, room: str, name: str, key: str) -> bool:
        """Tell whether `get` would find something."""
        rows = self._ask("SELECT value, checksum FROM kept WHERE room = ? AND name = ? AND key = ?", (room, name, key))
        if rows and not _is_sound(*rows[0]):
            self._damaged()
        return bool(rows) and _is_sound(*rows[0])

    def put(self, room: str, name: str, key: str, value: Any) -> None:
        self.put_json(room, name, key, json.dumps(value))

    def put_json(self, room: str, name: str, key: str, value: str) -> None:
        """Put a value that is JSON already."""
        data = value.encode()
        self._ask("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?, ?)", (room, name, key, data, zlib.crc32(data)))

    def all(self, room: str) -> dict[str, Any]:
        """Return every value of a room by its name, whatever it was made from."""
        rows = self._ask("SELECT name, value, checksum FROM kept WHERE room = ?", (room,))
        sound = [(name, data) for name, data, checksum in rows if _is_sound(data, checksum)]
        if len(sound) < len(rows):
            self._damaged()
        try:  # one text for all: ten thousand small ones would take three times as long
            values = json.loads(b"[" + b",".join(data for _, data in sound) + b"]")
        except (ValueError, RecursionError):
            self._damaged()
            return {}
        return dict(zip((name for name, _ in sound), values, strict=True))

    def names(self, room: str) -> set[str]:
        return {row[0] for row in self._ask("SELECT name FROM kept WHERE room = ?", (room,))}

    def forget(self, room: str, names: Iterable[str]) -> None:
        for name in names:
            self._ask("DELETE FROM kept WHERE room = ? AND name = ?", (room, name))

    def trim(self, room: str, most: int) -> None:
        """Forget the values of a room that were kept first, until there are `most`."""
        last = "SELECT rowid FROM kept WHERE room = ? ORDER BY rowid DESC LIMIT -1 OFFSET ?"
        self._ask(f"DELETE FROM kept WHERE rowid IN ({last})", (room, most))  # noqa: S608 - nothing but the text above

    def commit(self) -> None:
        """Keep what was put so far, and let other processes see it."""
        if self._file is not None:
            with contextlib.suppress(sqlite3.Error):  # a full disk costs time in the next build, and nothing else
                self._file.commit()

    def close(self, *, keep: bool = True) -> None:
        """Keep what was put since the last commit, or forget it; the next question opens the file again."""
        if keep:
            self.commit()
        file, self._file = self._file, None
        if file is not None:
            file.close()

    def _read(self, data: Any, checksum: Any) -> Any:
        try:
            if _is_sound(data, checksum):
                return json.loads(data)
        except (ValueError, RecursionError):
            pass
        self._damaged()
        return None

    def _ask(self, question: str, values: tuple[Any, ...]) -> list[Any]:
        if self._is_shut:
            return []
        try:
            return self._opened().execute(question, values).fetchall()
        except (sqlite3.Error, OSError) as error:
            self._renew(error)
            return []

    def _opened(self) -> sqlite3.Connection:
        if self._file is not None and self._owner != os.getpid():
            self._inherited, self._file = self._file, None  # a fork's parent goes on with it, and it must not be closed
        if self._file is None:
            assert self._path is not None
            self._owner = os.getpid()
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = sqlite3.connect(self._path, timeout=_WAIT)
            self._file.execute("PRAGMA synchronous = OFF")  # what a power cut breaks is found out and made anew
            self._file.execute("PRAGMA secure_delete = ON")  # hosts share the file: what is forgotten must be gone
            self._file.execute(_TABLE)
        return self._file

    def _renew(self, error: Exception) -> None:
        """Go on without the file: an operational error may pass (a lock, a full disk), another means it is broken."""
        self.close()
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError) and self._path:
            self._damaged()
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)
        else:
            self._is_shut = True


def _is_sound(data: Any, checksum: Any) -> bool:
    return isinstance(data, bytes) and zlib.crc32(data) == checksum


def store_of(settings: Mapping[str, Any]) -> Store:
    """Return the store that the press put into Pelican's settings, or one that keeps nothing."""
    store = settings.get(SETTING)
    return store if isinstance(store, Store) else Store()
