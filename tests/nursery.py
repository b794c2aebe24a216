"""Build sites quickly: a process that has Pelican imported, and makes a child of itself for each build.

A build in such a child is as isolated as the command itself, and starts in a few milliseconds.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any


_EXTENSIONS = ("extra", "toc", "sane_lists")


@dataclass(frozen=True, slots=True)
class Ending:
    exit_code: int
    stdout: str
    stderr: str


class Peer:
    """The parent's end of a process that answers each line of JSON with one. Close it to end the process."""

    def __init__(self, *command: str, folder: Path | None = None) -> None:
        self._process = subprocess.Popen(
            [sys.executable, *command], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    def ask(self, *values: Any) -> list[Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(values) + "\n")
        self._process.stdin.flush()
        answer: list[Any] = json.loads(self._process.stdout.readline())
        return answer

    def close(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


class Nursery(Peer):
    """The parent's end."""

    def __init__(self) -> None:
        super().__init__(str(Path(__file__).resolve()))

    def run(
        self, folder: Path, *arguments: str, program: str = "pelican", environment: Mapping[str, str] | None = None
    ) -> Ending:
        """Run Pelican, or "press" for the house's own command, with these arguments in a folder."""
        return Ending(*self.ask(program, str(folder), dict(environment or {}), *arguments))


def _serve() -> None:
    root = Path(__file__).resolve().parents[1]
    sys.path.insert(0, str(root))
    _import_all()
    # Sites are edited many times in a second, and by seconds Python tells whether what it keeps of settings holds.
    sys.dont_write_bytecode = True
    for line in sys.stdin:
        given = json.loads(line)
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            code = _build_in_child(given, out, err)
            sys.stdout.write(json.dumps([code, _text(out), _text(err)]) + "\n")
            sys.stdout.flush()


def _import_all() -> None:
    """Import what builds take longest to import, once: all plugins, and the extensions of Markdown.

    A plugin's adapter is left to the builds that name it in PLUGINS: it may change Pelican as it is imported.
    """
    import plugins  # noqa: PLC0415

    for module in pkgutil.walk_packages(plugins.__path__, "plugins."):
        if not module.name.endswith(".plugin"):
            importlib.import_module(module.name)
    for name in _EXTENSIONS:
        importlib.import_module(f"markdown.extensions.{name}")


def _build_in_child(given: list[Any], out: IO[bytes], err: IO[bytes]) -> int:
    program, folder, environment, *arguments = given
    child = os.fork()
    if child == 0:
        os.environ.update(environment)
        time.tzset()
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        os.chdir(folder)
        _run(program, arguments)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _run(program: str, arguments: list[str]) -> None:
    import pelican  # noqa: PLC0415

    import plugins.press.__main__ as press  # noqa: PLC0415

    code = 1
    try:
        code = (press.main if program == "press" else pelican.main)(arguments) or 0
    except SystemExit as ending:
        code = ending.code if isinstance(ending.code, int) else int(ending.code is not None)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "backslashreplace")


if __name__ == "__main__":
    _serve()
