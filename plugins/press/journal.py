"""Replace a few files of an output, so that a build which is killed at it is completed by the next one.

The new files stand ready in a folder with a list of what is to be done. Giving the folder its name is the moment from
which the change is made; until then nothing is, and afterwards whoever finds the folder can do the rest.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from plugins.press import swap


_LIST = ".broadside-changes.json"


def place_of(output: Path) -> Path:
    """Return where the changes of an output stand while they are made."""
    return output.with_name(f".{output.name}.changes")


def commit(folder: Path, output: Path, names: Iterable[str]) -> None:
    """Put files of a folder in the place of those of an output, in this order."""
    (folder / _LIST).write_text(json.dumps(list(names)), encoding="utf-8", errors="surrogateescape")
    swap.sync(folder)
    folder.rename(place_of(output))
    complete(output)


def complete(output: Path) -> None:
    """Do what is left of a change, if one was begun."""
    folder = place_of(output)
    if not folder.is_dir():
        return
    for name in _names(folder):
        if (folder / name).is_file():
            target = output / name
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(folder / name, target)  # noqa: PTH105 - one step, whatever is there
    shutil.rmtree(folder)


def _names(folder: Path) -> list[str]:
    """Return the files to put in place; a list that is not ours names nothing outside."""
    try:
        found = json.loads((folder / _LIST).read_text(encoding="utf-8", errors="surrogateescape"))
    except (OSError, ValueError, RecursionError):
        return []
    names = [name for name in found if isinstance(name, str)] if isinstance(found, list) else []
    return [name for name in names if ".." not in PurePosixPath(name).parts and not name.startswith("/")]
