"""The output folder: published only if it is, byte for byte, what a build wrote."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from plugins.publishing.model import Refused
from plugins.shared.files import digest


#: Written by the press into every output.
MANIFEST = ".broadside.json"
#: Says to GitHub Pages that the site is finished.
NOJEKYLL = ".nojekyll"

_BUILD = "build it with make html"
# ghp-import writes names into git's import stream as they are: a line feed or a leading quote would end one.
_UNSAFE = re.compile(r'^"|[\x00-\x1f\x7f\ud800-\udfff]|(^|/)\.git(/|$)', re.I)


def files_of(folder: Path) -> frozenset[str]:
    """Return the names of a sound output's files, the manifest among them, or raise `Refused`."""
    digests = _manifest(folder)
    if not digests:
        raise Refused(f'the output "{folder.name}" is empty; {_BUILD}')
    found = frozenset(_names(folder))
    _compare(folder, digests, found)
    for name in sorted(found):
        if _UNSAFE.search(name):
            raise Refused(f"the output holds {json.dumps(name)}, a name that git cannot take safely; rename it")
    return found


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
            raise Refused(f'the output holds a symbolic link, "{links[0]}"; a site is made of files')
        names += [Path(parent, name).relative_to(folder).as_posix() for name in files]
    return names


def _compare(folder: Path, digests: dict[str, str], found: frozenset[str]) -> None:
    for name in sorted(found - {MANIFEST} - digests.keys()):
        raise Refused(f'the output holds "{name}", which no build wrote; {_BUILD}')
    for name, wanted in sorted(digests.items()):
        if name not in found or digest((folder / name).read_bytes()) != wanted:
            raise Refused(f'"{name}" in the output is not as the build wrote it; {_BUILD}')
