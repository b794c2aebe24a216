"""The output folder: whether it may be replaced, and the staging folder that replaces it."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from plugins.press import journal, manifest, swap
from plugins.press.model import Leaf
from plugins.shared.files import is_inside
from plugins.shared.problems import Problem


_NAMED = 5  # foreign files that a refusal names


def refusal(output: Path, sources: Iterable[Path], name: str) -> Problem | None:
    """Return why an output folder must not be replaced, or None. `name` is how problems name it."""
    reason = _misplaced(output, sources) or _foreign(output)
    return Problem(name, 1, "output-foreign", f"{reason}; nothing was built or deleted") if reason else None


def _misplaced(output: Path, sources: Iterable[Path]) -> str:
    if output.is_symlink():
        return "the output is a symbolic link; it must be a folder"
    if output.exists() and not output.is_dir():
        return "the output is a file; it must be a folder"
    if ".git" in output.parts:
        return "the output must not lie in a .git folder"
    for source in sources:
        if is_inside(output, source) or is_inside(source, output):
            return f'the output must neither hold nor lie in "{source.name}", which the site is made from'
    return ""


def _foreign(output: Path) -> str:
    if not output.is_dir() or not any(output.iterdir()):
        return ""
    entries = manifest.read(output)
    if entries is None:
        return "the output folder holds files that no build wrote; move them away or name another folder"
    known = {entry.name for entry in entries} | {manifest.NAME}
    strange = sorted(set(manifest.names_in(output)) - known)
    if not strange:
        return ""
    named = ", ".join(f'"{name}"' for name in strange[:_NAMED])
    more = f" and {len(strange) - _NAMED} more" if len(strange) > _NAMED else ""
    return f"the output folder holds files that no build wrote: {named}{more}; move them away"


@contextlib.contextmanager
def staging(output: Path, waiting: Callable[[], None]) -> Iterator[Path]:
    """Hold an output for one build: yield an empty folder beside it, and leave nothing else behind.

    Builds of one output wait for each other; `waiting` is called before that. Whoever holds the lock may
    take any other staging folder for that of a dead build.
    """
    output.parent.mkdir(parents=True, exist_ok=True)
    with _locked(output.parent, waiting):
        recover(output)
        folder = Path(tempfile.mkdtemp(prefix=_prefix(output, "new"), dir=output.parent))
        folder.chmod(0o755)
        try:
            yield folder
        finally:
            recover(output)


def publish(folder: Path, output: Path, leaves: Mapping[str, Leaf]) -> None:
    """Complete a staging folder with the files that stand, and put it in the place of the output."""
    for name, leaf in leaves.items():
        if not leaf.is_new:
            _link(output / name, folder / name)
    manifest.write(folder, tuple(manifest.Entry(name, leaf.size, leaf.sha256) for name, leaf in sorted(leaves.items())))
    swap.put_in_place(folder, output, _old(output))


def amend(folder: Path, output: Path, leaves: Mapping[str, Leaf]) -> None:
    """Put the few files of a staging folder in the place of those of the same names in the output."""
    manifest.amend(output, folder, [manifest.Entry(name, leaf.size, leaf.sha256) for name, leaf in leaves.items()])
    journal.commit(folder, output, [*leaves, manifest.NAME])


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)  # of thousands, few need more
    except OSError:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)  # what an earlier template of the same address made
        try:
            os.link(source, target)
        except OSError:  # a file system without links
            shutil.copy2(source, target)


def recover(output: Path) -> None:
    """Complete what a dead build had begun to put in place, and remove what else it left."""
    old = _old(output)
    if old.is_dir() and not output.exists():
        old.rename(output)
    journal.complete(output)
    for kind in ("new", "old"):
        for folder in output.parent.glob(f"{_prefix(output, kind)}*"):
            shutil.rmtree(folder, ignore_errors=True)


def _prefix(output: Path, kind: str) -> str:
    return f".{output.name}.{kind}-"


def _old(output: Path) -> Path:
    return output.with_name(_prefix(output, "old") + "site")


@contextlib.contextmanager
def _locked(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    # The lock is on the folder that holds the output: it goes when its process does, and leaves no file.
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
