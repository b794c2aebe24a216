"""The manifest of an output folder: every file that a build wrote, with its size and digest."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plugins.shared.files import digest


NAME = ".broadside.json"
FORMAT = 1


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    name: str
    size: int
    sha256: str


def take(folder: Path) -> tuple[Entry, ...]:
    """Return an entry for each file of a folder but the manifest itself, sorted by name."""
    return tuple(sorted(_entry(folder, name) for name in names_in(folder) if name != NAME))


def names_in(folder: Path) -> Iterator[str]:
    """Yield the names of all that is in a folder and no folder itself, with forward slashes."""
    for parent, folders, files in os.walk(folder):
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        for name in (*files, *links):
            yield (Path(parent) / name).relative_to(folder).as_posix()


def write(folder: Path, entries: tuple[Entry, ...]) -> None:
    files = [{"name": entry.name, "size": entry.size, "sha256": entry.sha256} for entry in entries]
    text = json.dumps({"format": FORMAT, "files": files}, ensure_ascii=False, indent=0, sort_keys=True)
    _write(folder, text + "\n")


def _write(folder: Path, text: str) -> None:
    try:
        (folder / NAME).write_text(text, encoding="utf-8", errors="surrogateescape")
    except OSError as error:  # which says what is wrong, and not where
        raise OSError(error.errno, error.strerror, str(folder / NAME)) from error


def amend(output: Path, folder: Path, entries: Iterable[Entry]) -> None:
    """Write a manifest into `folder` that is the output's but for these entries, which it has.

    The text is changed where it is: to read and write that of ten thousand pages takes as long as the rest of an edit.
    """
    text = (output / NAME).read_text(encoding="utf-8", errors="surrogateescape")
    for entry in entries:
        start = text.index(f'"name": {json.dumps(entry.name, ensure_ascii=False)},\n')
        end = text.index("\n}", start)
        fields = {"name": entry.name, "sha256": entry.sha256, "size": entry.size}
        new = ",\n".join(
            f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items()
        )
        text = f"{text[:start]}{new}{text[end:]}"
    _write(folder, text)


def read(folder: Path) -> tuple[Entry, ...] | None:
    """Return the entries of a folder's manifest, or None if it has none that we wrote."""
    try:
        data = json.loads((folder / NAME).read_text(encoding="utf-8", errors="surrogateescape"))
        return tuple(_from_json(item) for item in data["files"]) if data["format"] == FORMAT else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def is_there(folder: Path) -> bool:
    """Tell whether a folder has a manifest that can be read, as it must to be published."""
    try:
        data = json.loads((folder / NAME).read_bytes())
        return not (folder / NAME).is_symlink() and bool(data["format"] == FORMAT)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return False


def _entry(folder: Path, name: str) -> Entry:
    data = (folder / name).read_bytes()
    return Entry(name, len(data), digest(data))


def _from_json(item: dict[str, Any]) -> Entry:
    return Entry(str(item["name"]), int(item["size"]), str(item["sha256"]))
