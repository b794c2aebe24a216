"""List the sources of a site: regular files below its content folder, in a fixed order, nothing else."""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from plugins.shared.files import is_inside
from plugins.shared.problems import Problem


_MEND = "mend it or take it away"


@dataclass(slots=True)
class Scan:
    """What was found so far. `ignored` are patterns of file names, `excluded` names not to enter."""

    content: Path
    ignored: tuple[str, ...] = ()
    excluded: frozenset[str] = frozenset()
    files: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def take(self, start: str) -> None:
        """Take in a file or all of a folder, named from the content folder."""
        path = self.content / start
        if os.path.lexists(path) or not os.access(self.content, os.X_OK):
            name = Path(os.path.normpath(start)).as_posix()
            self._visit(path, "" if name == "." else name, ())

    def _visit(self, entry: Path | os.DirEntry[str], name: str, above: tuple[Path, ...]) -> None:
        try:
            if not is_utf8(name):
                self._report(name, "source-unreadable", "has a name that is not UTF-8; rename it")
            elif entry.is_symlink() and not is_inside(Path(entry), self.content):
                self._report(name, "source-outside", "leads out of the content folder; copy the file instead")
            elif entry.is_dir():
                self._enter(Path(entry), name, above)
            elif entry.is_file():
                self.files.append(name)
            elif entry.is_symlink():
                self._report(name, "source-unreadable", "is a link that leads nowhere; remove it")
            else:
                self._report(name, "source-special", "is neither a file nor a folder; remove it")
        except (OSError, RuntimeError) as error:  # pathlib tells a loop of links by the latter
            reason = error.strerror if isinstance(error, OSError) else "it is a loop of links"
            self._report(name, "source-unreadable", f"cannot be read: {reason}; {_MEND}")

    def _enter(self, folder: Path, name: str, above: tuple[Path, ...]) -> None:
        here = folder.resolve()
        if here in above:
            self._report(name, "source-loop", "leads back to a folder that holds it; remove the link")
            return
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
            if not _is_hidden(entry.name) and not matches(entry.name, self.ignored):
                below = f"{name}/{entry.name}" if name else entry.name
                if below not in self.excluded:
                    self._visit(entry, below, (*above, here))

    def _report(self, name: str, code: str, message: str) -> None:
        path = f"{self.content.name}/{name}"
        self.problems.append(Problem(path, 1, code, f'"{name.rpartition("/")[2]}" {message}'))


def is_utf8(name: str) -> bool:
    """Tell whether a name that the system gave is text: Linux takes any bytes for one."""
    return name.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in name)


def files_below(root: Path, ignored: Iterable[str] = ()) -> Iterator[Path]:
    """Yield the files of a folder that is not an author's (a theme's), in a fixed order; or the one file it is."""
    yield from (path for path in _names_below(root, ignored, None) if path.is_file() and os.access(path, os.R_OK))


def strange_below(root: Path, ignored: Iterable[str] = ()) -> Iterator[tuple[Path, str, str]]:
    """Yield what stands in such a folder and is no file, or cannot be entered: its path, code and message."""
    closed: list[OSError] = []
    for path in _names_below(root, ignored, closed.append):
        if not path.exists():
            yield path, "source-unreadable", f'"{path.name}" is a link that leads nowhere; remove it'
        elif not path.is_file():
            yield path, "source-special", f'"{path.name}" is neither a file nor a folder; remove it'
        elif not os.access(path, os.R_OK):
            yield path, "source-unreadable", f'"{path.name}" cannot be read: Permission denied; {_MEND}'
    for error in closed:
        path = Path(str(error.filename))
        yield path, "source-unreadable", f'"{path.name}" cannot be read: {error.strerror}; {_MEND}'


def _names_below(root: Path, ignored: Iterable[str], refused: Callable[[OSError], object] | None) -> Iterator[Path]:
    if not root.is_dir():
        yield from [root] if root.exists() else []
        return
    seen: set[Path] = set()
    for parent, folders, files in os.walk(root, onerror=refused, followlinks=True):
        folders[:] = sorted(name for name in folders if not _is_hidden(name) and not matches(name, ignored))
        here = Path(parent).resolve()
        if here in seen:  # a link leads back
            folders.clear()
            continue
        seen.add(here)
        yield from (
            Path(parent) / name for name in sorted(files) if not _is_hidden(name) and not matches(name, ignored)
        )


def closed(path: Path, name: str) -> Problem | None:
    """Return why a file cannot be opened, or None; `name` is what problems call it."""
    try:
        path.open("rb").close()
    except OSError as error:
        message = f'"{path.name}" cannot be read: {error.strerror}; {_MEND}'
        return Problem(name, 1, "source-unreadable", message)
    return None


def matches(name: str, patterns: Iterable[str]) -> bool:
    return bool(_pattern(tuple(patterns)).match(os.path.normcase(name)))


@lru_cache
def _pattern(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Return one pattern for all: it is held against every file of a site."""
    return re.compile("|".join(fnmatch.translate(os.path.normcase(pattern)) for pattern in patterns) or r"(?!)")


def _is_hidden(name: str) -> bool:
    # What editors, systems and version control keep beside one's files, secrets among it, is never published.
    return name.startswith(".") or name.endswith("~") or name == "__pycache__"
