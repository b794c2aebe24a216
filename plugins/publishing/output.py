"""The output folder: published only if it is, byte for byte, what a build wrote."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection
from pathlib import Path

from plugins.publishing.model import Refused
from plugins.publishing.names import MANIFEST, check_names, pages_in, shown
from plugins.shared.files import digest


_BUILD = "build it with make html"


def files_of(folder: Path, dotfiles: Collection[str] = (), algorithm: str = "sha1") -> dict[str, str]:
    """Return git's id of each file of a sound output, the manifest among them, or raise `Refused`.

    `dotfiles` are hidden files and folders that may be published besides those that every host knows.
    """
    digests = _manifest(folder)
    if not digests:
        raise Refused(f'the output "{folder.name}" is empty; {_BUILD}')
    found = frozenset(_names(folder))
    ids = _compare(folder, digests, found, algorithm)
    check_names(found, dotfiles)
    if not pages_in(found):
        raise Refused(f'the output "{folder.name}" holds no page; {_BUILD}')
    return ids


def git_id(data: bytes, algorithm: str) -> str:
    return hashlib.new(algorithm, b"blob %d\0" % len(data) + data).hexdigest()


def _manifest(folder: Path) -> dict[str, str]:
    try:
        data = json.loads((folder / MANIFEST).read_text(encoding="utf-8", errors="surrogateescape"))
        return {str(item["name"]): str(item["sha256"]) for item in data["files"]}
    except FileNotFoundError:
        raise Refused(f'the output "{folder.name}" has no {MANIFEST}, so no build finished it; {_BUILD}') from None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise Refused(f'"{folder.name}/{MANIFEST}" cannot be read; {_BUILD}') from None


def _names(folder: Path) -> list[str]:
    names = []
    for parent, folders, files in os.walk(folder):
        links = [name for name in (*folders, *files) if Path(parent, name).is_symlink()]
        if links:
            raise Refused(f"the output holds a symbolic link, {shown(links[0])}; a site is made of files")
        names += [Path(parent, name).relative_to(folder).as_posix() for name in files]
    return names


def _compare(folder: Path, digests: dict[str, str], found: frozenset[str], algorithm: str) -> dict[str, str]:
    for name in sorted(found - {MANIFEST} - digests.keys()):
        raise Refused(f"the output holds {shown(name)}, which no build wrote; {_BUILD}")
    ids = {}
    for name, wanted in sorted({**digests, MANIFEST: ""}.items()):
        data = _read(folder / name) if name in found else None
        if data is None or (name != MANIFEST and digest(data) != wanted):
            raise Refused(f"{shown(name)} in the output is not as the build wrote it; {_BUILD}")
        ids[name] = git_id(data, algorithm)
    return ids


def _read(path: Path) -> bytes | None:
    """Return what a regular file holds; a pipe would keep us waiting."""
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError:
        return None
