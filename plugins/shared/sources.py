"""Get at the bytes of a source, and at nothing else."""

from __future__ import annotations

import errno
import os
import stat
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from plugins.shared.files import is_inside


_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)  # a pipe would be waited for
_TELLS = os.path.isdir("/proc/self/fd")  # noqa: PTH112 - asked once


class Unreadable(Exception):  # noqa: N818 - it is a message to the author, no error of the program
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@lru_cache(maxsize=1000)
def _real(folder: str) -> str:
    return os.path.realpath(folder)


def _lies_inside(path: Path, content: Path) -> bool:
    """Tell whether a file lies inside `content`; of one that is no link itself, its folder tells."""
    if path.is_symlink():
        return is_inside(path, content)
    folder, root = _real(os.path.dirname(path)), _real(str(content))  # noqa: PTH120 - asked of every source
    return f"{folder}/".startswith(f"{root}/")


def open_inside(path: Path, folder: Path) -> BinaryIO:
    """Open a file of a folder, or raise `OSError`: what was looked at may since have become a link out of it.

    Where the system tells which file was opened, that is what counts.
    """
    file = os.fdopen(os.open(path, os.O_RDONLY | _AT_ONCE), "rb")
    if _is_inside(file.fileno(), path, folder):
        return file
    file.close()
    raise OSError(errno.ELOOP, "it became another file while the site was built")


def _is_inside(handle: int, path: Path, folder: Path) -> bool:
    opened = os.path.realpath(f"/proc/self/fd/{handle}" if _TELLS else path)
    root = _real(str(folder)).rstrip(os.sep)
    return opened.startswith(f"{root}{os.sep}") and stat.S_ISREG(os.fstat(handle).st_mode)


def read_bytes(path: Path, content: Path, max_bytes: int, limit: str) -> bytes:
    """Return what a plain file inside `content` holds, or raise `Unreadable`.

    `limit` names the setting that holds the largest size, and what to do with a larger file.
    """
    try:
        status = path.stat()  # before opening, which would wait for a pipe's other end
        if not _lies_inside(path, content):
            raise Unreadable("source-outside", f'this is a link out of "{content.name}/"; put the file itself here')
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable("source-special", "this is no plain file; take it away")
        if status.st_size > max_bytes:
            raise Unreadable("source-size", f"{status.st_size:,} bytes are more than the {max_bytes:,} of {limit}")
        with open_inside(path, content) as file:
            return file.read()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Unreadable("source-unreadable", f"this file cannot be read: {reason}; mend it or take it away") from None
