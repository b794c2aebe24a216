"""Build in a process whose n-th change to the disk fails, as on a full or a broken disk."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.nursery import Ending, Peer


_CHANGES = frozenset("os.mkdir os.rename os.remove os.rmdir os.chmod os.truncate os.link os.symlink os.utime".split())
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class FailingDisk(Peer):
    """The parent's end."""

    def __init__(self) -> None:
        super().__init__("-m", "tests.faults.failing", folder=Path(__file__).resolve().parents[2])

    def build(self, folder: Path, failing: int = 0, error: int = 0) -> tuple[Ending, int]:
        """Build a site; the change of that number fails (0: none). Return the end, and how many changes there were."""
        *end, changes = self.ask(str(folder), failing, error)
        return Ending(*end), changes


class _Fault:
    """An audit hook: Python tells it of every change before it is made, and what it raises is the change's end."""

    def __init__(self, folder: str, failing: int, error: int) -> None:
        self.changes = 0
        self._folder, self._failing, self._error = folder, failing, error

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self._is_change(event, arguments):
            return
        self.changes += 1
        if self.changes == self._failing:
            raise OSError(self._error, os.strerror(self._error), arguments[0])

    def _is_change(self, event: str, arguments: tuple[Any, ...]) -> bool:
        if event == "open" and not (isinstance(arguments[2], int) and arguments[2] & _WRITING):
            return False
        if event != "open" and event not in _CHANGES:
            return False
        path = os.fsdecode(arguments[0]) if isinstance(arguments[0], str | bytes | os.PathLike) else ""
        return path.startswith(self._folder)


def _serve() -> None:
    import pelican  # noqa: F401, PLC0415 - what takes long is imported once

    import plugins.press.run  # noqa: F401, PLC0415

    for line in sys.stdin:
        folder, failing, error = json.loads(line)
        with tempfile.TemporaryDirectory() as kept:
            sys.stdout.write(json.dumps(_build(folder, failing, error, Path(kept))) + "\n")
        sys.stdout.flush()


def _build(folder: str, failing: int, error: int, kept: Path) -> list[Any]:
    child = os.fork()
    if child == 0:
        _redirect(kept / "out", 1)
        _redirect(kept / "err", 2)
        os.chdir(folder)
        fault = _Fault(folder, failing, error)
        sys.addaudithook(fault)
        code = _run()
        (kept / "changes").write_text(str(fault.changes))
        os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    out, err = ((kept / name).read_text("utf-8", "backslashreplace") for name in ("out", "err"))
    return [code, out, err, int((kept / "changes").read_text())]


def _redirect(path: Path, number: int) -> None:
    handle = os.open(path, os.O_CREAT | os.O_WRONLY)
    os.dup2(handle, number)


def _run() -> int:
    from pelican import main  # noqa: PLC0415

    code = 1
    try:
        main(["content", "-s", "pelicanconf.py"])
        code = 0
    except SystemExit as ending:
        code = ending.code if isinstance(ending.code, int) else int(ending.code is not None)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return code


if __name__ == "__main__":
    _serve()
