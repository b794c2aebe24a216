"""List the sources of a site: regular files below its content folder, in a fixed order, nothing else."""

from __future__ import annotations

import fnmatch
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from plugins.shared.files import is_inside, site_path
from plugins.shared.problems import Problem


@dataclass(slots=True)
class Scan:
    """What was found so far. `ignored` are patterns of file names, `excluded` folders not to enter."""

    content: Path
    ignored: tuple[str, ...] = ()
    excluded: frozenset[Path] = frozenset()
    files: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def take(self, start: str) -> None:
        """Take in a file or all of a folder, named from the content folder."""
        path = self.content / start
        if path.exists():
            self._visit(path, ())

    def _visit(self, path: Path, above: tuple[Path, ...]) -> None:
        try:
            kind = path.stat().st_mode
            if path.is_symlink() and not is_inside(path, self.content):
                self._report(path, "source-outside", "leads out of the content folder; copy the file instead")
            elif stat.S_ISDIR(kind):
                self._enter(path, above)
            elif stat.S_ISREG(kind):
                self.files.append(Path(os.path.normpath(path)).relative_to(self.content).as_posix())
            else:
                self._report(path, "source-special", "is neither a file nor a folder; remove it")
        except OSError as error:
            self._report(path, "source-unreadable", f"cannot be read: {error.strerror}")

    def _enter(self, folder: Path, above: tuple[Path, ...]) -> None:
        here = folder.resolve()
        if here in above:
            self._report(folder, "source-loop", "leads back to a folder that holds it; remove the link")
            return
        for path in sorted(folder.iterdir()):
            if not _is_hidden(path.name) and not matches(path.name, self.ignored) and path not in self.excluded:
                self._visit(path, (*above, here))

    def _report(self, path: Path, code: str, message: str) -> None:
        name = site_path(path, self.content)
        self.problems.append(Problem(name, 1, code, f'"{path.name}" {message}'))


def files_below(root: Path, ignored: Iterable[str] = ()) -> Iterator[Path]:
    """Yield the files of a folder that is not an author's (a theme's), in a fixed order; or the one file it is."""
    if root.is_file():
        yield root
    for parent, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if not _is_hidden(name) and not matches(name, ignored))
        yield from (
            Path(parent) / name for name in sorted(files) if not _is_hidden(name) and not matches(name, ignored)
        )


def matches(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch.fnmatch(name, pattern) for pattern in patterns)


def _is_hidden(name: str) -> bool:
    # What editors, systems and version control keep beside one's files, secrets among it, is never published.
    return name.startswith(".") or name.endswith("~")
