"""Put a finished folder in the place of another, so that whoever looks sees one or the other, whole."""

from __future__ import annotations

import ctypes
import ctypes.util
import errno
import os
import sys
from pathlib import Path


_AT_FDCWD = -100  # paths count from the working folder
_RENAME_EXCHANGE = 2  # linux/fs.h, for renameat2
_RENAME_SWAP = 2  # sys/stdio.h of macOS, for renamex_np
_NOT_HERE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}


def put_in_place(new: Path, output: Path, old: Path) -> None:
    """Rename `new` to `output`; what was there before, if anything, ends up at `new` or at `old`.

    Where neither kernel call is to be had, there is a moment without an output: `old` then holds it, and
    the next build puts it back if this one ends there.
    """
    sync(new)
    if not output.exists():
        new.rename(output)
    elif not exchange(new, output):
        output.rename(old)
        new.rename(output)
    _sync_folder(output.parent)


def exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step; return False where the system cannot."""
    library = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin":
        call, arguments = "renamex_np", (*names, ctypes.c_uint(_RENAME_SWAP))
    else:
        call = "renameat2"
        arguments = (_AT_FDCWD, names[0], _AT_FDCWD, names[1], ctypes.c_uint(_RENAME_EXCHANGE))  # type: ignore[assignment]
    if not hasattr(library, call):
        return False
    if getattr(library, call)(*arguments) == 0:
        return True
    number = ctypes.get_errno()
    if number in _NOT_HERE:
        return False
    raise OSError(number, os.strerror(number), str(other))


def sync(folder: Path) -> None:
    """Have all of a folder on the disk before its name is changed."""
    for parent, _, files in os.walk(folder):
        for name in files:
            _sync_file(Path(parent) / name)
        _sync_folder(Path(parent))


def _sync_file(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


_sync_folder = _sync_file
