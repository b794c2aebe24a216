"""Files: names inside the site, digests, whole writes."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def site_path(path: str | Path, content: str | Path) -> str:
    """Return a path as problems name it: relative to the folder that holds `content`, with forward slashes."""
    text, root = os.fspath(path), os.path.dirname(content) + os.sep  # noqa: PTH120 - asked for very often
    if text.startswith(root) and not _UNTIDY.search(text) and os.sep == "/":
        return text[len(root) :]
    return Path(os.path.relpath(path, Path(content).parent)).as_posix()


def is_inside(path: str | Path, folder: str | Path) -> bool:
    """Tell whether a path, links resolved, lies in a folder (or is it)."""
    return Path(path).resolve().is_relative_to(Path(folder).resolve())


def is_file_inside(path: str | Path, folder: str | Path) -> bool:
    """Tell whether a path, links resolved, is a file that lies in a folder; no name is too long to be asked about."""
    return os.path.isfile(path) and is_inside(path, folder)  # noqa: PTH113 - a Path would raise


_UNTIDY = re.compile(r"/\.{0,2}(?:/|\Z)")  # what a path may hold that says nothing


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
