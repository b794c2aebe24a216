"""The digests of files, read again only when a file may have changed.

What tells is its size, both its times, and which file of the disk it is. The time of change is the system's: whoever
sets the other back, as a checkout or an archive does, cannot set this one. A file that changed in the very moment
when it was read could change once more within what the clock tells apart; it is read again the next time.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from plugins.shared.files import digest


#: Size, times of modification and of change in nanoseconds, number of the file, and of its disk.
Signature = tuple[int, int, int, int, int]

_FIELDS = 6  # of a signature, and the digest
_CLOCK = 3_000_000_000  # nanoseconds; the coarsest clock of a file system counts in steps of two seconds


def signature_of(path: str | Path) -> Signature:
    """Return what would be another if the file had changed; raise `OSError` if there is none."""
    found = os.stat(path)  # noqa: PTH116 - of ten thousand files, which need no object each
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev


class Known:
    """Digests by path, from earlier builds and this one. Paths are kept as digests: some are of nobody's business."""

    def __init__(self, earlier: Mapping[str, list[object]] | None = None) -> None:
        self._earlier = {name: found for name, found in (earlier or {}).items() if _is_shaped(found)}
        self._now: dict[str, list[object]] = {}

    def sha(self, path: str | Path) -> str:
        """Return the digest of a file, or an empty string if it cannot be read."""
        return self._sha(path, _name(path))

    def has_changed(self, path: str | Path) -> bool:
        """Tell whether a file is not as an earlier build found it."""
        name = _name(path)
        now, old = self._sha(path, name), self._earlier.get(name)
        return old is None or old[-1] != now

    def _sha(self, path: str | Path, name: str) -> str:
        if name in self._now:
            return str(self._now[name][-1])
        try:
            signature = signature_of(path)
            old = self._earlier.get(name)
            if old is not None and tuple(old[:-1]) == signature:
                self._now[name] = old
                return str(old[-1])
            return self._read(name, path, signature)
        except OSError:
            return ""

    def _read(self, name: str, path: str | Path, signature: Signature) -> str:
        began = time.time_ns()
        with Path(path).open("rb") as file:  # a film may be larger than the memory
            sha = hashlib.file_digest(file, "sha256").hexdigest()
        is_old = max(signature[1:3]) < began - _CLOCK
        # One that is not old is remembered in a way that fits no file.
        self._now[name] = [*(signature if is_old else (-1, *signature[1:])), sha]
        return sha

    def changed(self) -> dict[str, list[object]]:
        """Return what this build found out, by path."""
        return {name: found for name, found in self._now.items() if self._earlier.get(name) != found}

    def settle(self) -> None:
        """Take what this build found out for what the next one starts from."""
        self._earlier |= self._now
        self._now = {}

    def unasked(self) -> list[str]:
        """Return the files that earlier builds knew and this one did not ask for."""
        return [name for name in self._earlier if name not in self._now]


def _is_shaped(found: object) -> bool:
    return isinstance(found, list) and len(found) == _FIELDS


def _name(path: str | Path) -> str:
    return digest(os.fsencode(path))[:32]


def digest_of_files(known: Known, paths: Iterable[Path], root: Path) -> str:
    """Return one digest of files and their names below a folder."""
    below = f"{root}{os.sep}"
    files = sorted(map(os.fspath, paths))
    names = (file[len(below) :] if file.startswith(below) else os.path.relpath(file, root) for file in files)
    lines = (f"{name} {known.sha(file)}" for name, file in zip(names, files, strict=True))
    return digest("\n".join(lines).encode(errors="surrogateescape"))
