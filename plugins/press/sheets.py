"""Print sheets: render what is due, on all cores when there is much of it."""

from __future__ import annotations

import errno
import hashlib
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from plugins.press import contents
from plugins.press.addresses import Origin
from plugins.press.faults import TemplateFault, template_fault
from plugins.press.glyphs import Coverage
from plugins.press.links import PAGES, links_in
from plugins.press.model import Leaf, Links
from plugins.press.targets import Targets
from plugins.shared.crew import in_order
from plugins.shared.files import digest
from plugins.shared.sources import open_inside


_PIECE = 2**20  # bytes that are copied at a time
#: Faults of a file's name, which spoil that file and no other.
OF_ONE_FILE = frozenset(
    {errno.ENAMETOOLONG, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.EILSEQ, errno.EACCES, errno.ELOOP}
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page to be printed: the file it becomes, its template, and what that is given, of its `own` and `shared`.

    Where nothing may stand, its key is None until it is printed.
    """

    name: str
    template: Any
    shared: Mapping[str, Any]
    own: Mapping[str, Any]
    origin: Origin
    key: str | None

    @property
    def context(self) -> dict[str, Any]:
        """What the template is given, put together when it is asked for: that of one page takes ten kilobytes."""
        return {**self.shared, **self.own}


@dataclass(frozen=True, slots=True)
class Printed:
    """What became of a sheet: its bytes, or what went wrong with the template or with the file's name.

    `doubtful` are those of its links that lead to no file of the output, or to a place in another.
    """

    size: int = 0
    sha256: str = ""
    links: Links = field(default_factory=Links)
    doubtful: Links = field(default_factory=Links)
    fault: TemplateFault | None = None
    asks_for: str = ""
    unwritable: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Printer:
    """Where sheets become files: below a folder, with templates of these folders; the fonts draw what `coverage` says.

    `key_of` works out the key of a sheet that has none yet.
    """

    folder: Path
    templates: tuple[Path, ...]
    coverage: Coverage
    key_of: Callable[[Sheet], str]
    targets: Targets | None = None

    def print_all(self, sheets: Sequence[Sheet]) -> Iterator[Printed]:
        """Write each sheet below the folder, and yield what became of it, in order."""
        return in_order(self.print_one, sheets)

    def print_one(self, sheet: Sheet) -> Printed:
        return replace(self._print(sheet), key=self.key_of(sheet) if sheet.key is None else sheet.key)

    def _print(self, sheet: Sheet) -> Printed:
        try:
            data: bytes = sheet.template.render(sheet.context).encode()
        except Exception as error:  # noqa: BLE001 - a template may raise anything, and only its page is spoilt
            fault = template_fault(error, self.templates, sheet.template.name)
            return Printed(fault=fault, asks_for=str(error))
        contents.release()
        unwritable = put(self.folder / sheet.name, data)
        links = links_in(sheet.name, data)
        if sheet.name.endswith(PAGES):
            links = replace(links, undrawn=self.coverage.undrawn(data))
        doubtful = self.targets.doubtful(links, sheet.name) if self.targets else links
        return Printed(len(data), digest(data), links, doubtful, unwritable=unwritable)


def put(target: Path, data: bytes) -> str:
    """Write a file of the output; return why its name cannot be written, or raise what every file would meet."""
    return _attempt(target, lambda: _write(target, data))


def put_copy(source: Path, target: Path, within: Path | None = None) -> str:
    """Copy a file into the output, and return as `put` does. One that is no longer `within` a folder is not copied."""
    return _attempt(target, lambda: _copy(source, target, within))


def _write(target: Path, data: bytes) -> None:
    with open(target, "wb") as file:  # noqa: PTH123 - there are thousands of them
        file.write(data)


def _copy(source: Path, target: Path, within: Path | None) -> None:
    with open_inside(source, within) if within else source.open("rb") as file, target.open("wb") as copy:
        shutil.copyfileobj(file, copy, _PIECE)


def _attempt(target: Path, write: Callable[[], object]) -> str:
    try:
        try:
            write()
        except FileNotFoundError:  # most files are not the first of their folder
            target.parent.mkdir(parents=True, exist_ok=True)
            write()
    except OSError as error:
        if error.errno not in OF_ONE_FILE:
            raise OSError(error.errno, error.strerror, str(target)) from error
        return str(error.strerror)
    return ""


def key_of_copy(sha: str) -> str:
    """Return the key of a copied file, by its digest."""
    return digest(f"copy {sha}".encode()) if sha else ""


def copied(file: Path) -> Leaf:
    """Describe a file by what was copied, whatever its source has become."""
    with file.open("rb") as data:
        sha = hashlib.file_digest(data, "sha256").hexdigest()
    return Leaf(key_of_copy(sha), file.stat().st_size, sha)
