"""The site's folder: what is in it, and how moves are made there without losing a file."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from plugins.masthead.content import CONTENT, EXAMPLES, Moves
from plugins.masthead.model import Refused
from plugins.shared.files import write_whole


def names(root: Path) -> list[str]:
    """Return every file below `content/` and `examples/`, empty folders left out."""
    return [
        Path(parent, file).relative_to(root).as_posix()
        for folder in (CONTENT, EXAMPLES)
        for parent, _, files in os.walk(root / folder)
        for file in files
    ]


def changed(root: Path) -> list[str]:
    """Return what git calls changed below `content/`; nothing where there is no git."""
    words = ["git", "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", CONTENT]
    try:
        done = subprocess.run(words, cwd=root, capture_output=True, check=False)
    except OSError:
        return []
    entries = done.stdout.decode(errors="replace").split("\0") if not done.returncode else []
    return [entry[3:] for entry in entries if entry]


def configuration(root: Path) -> str:
    try:
        return (root / "pelicanconf.py").read_bytes().decode()
    except FileNotFoundError:
        raise Refused("there is no pelicanconf.py here; run this in the folder of the site") from None
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"pelicanconf.py cannot be read: {error}") from None


def apply(root: Path, moves: Moves, conf: str) -> None:
    """Move, then write. Whatever stops it half-way leaves every file in one of its two places, to go on from."""
    try:
        for source, target in moves.moved.items():
            (root / target).parent.mkdir(parents=True, exist_ok=True)
            (root / source).rename(root / target)
        for name, text in moves.written.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            write_whole(root / name, text.encode())
        write_whole(root / "pelicanconf.py", conf.encode())
        _sweep(root / CONTENT)
    except OSError as error:
        raise Refused(f"{error.filename}: {error.strerror}; nothing is lost, go on with --again") from None


def _sweep(folder: Path) -> None:
    """Remove the folders that the demo left empty."""
    for parent, _, _ in os.walk(folder, topdown=False):
        if parent != str(folder) and not any(Path(parent).iterdir()):
            Path(parent).rmdir()
