"""The only module that runs pandoc: one `pandoc lua` process that does a job for each line it is sent."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import subprocess
import threading
from collections.abc import Mapping
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any


_SCRIPT = Path(__file__).with_name("batch.lua")
_PARTING = 2  # seconds that a worker may take to end once nothing more comes


class EngineError(RuntimeError):
    """The engine is missing, died, or could not do a job."""


class JobError(EngineError):
    """The engine is well, and refuses this job."""


class LateError(EngineError):
    """The engine took longer over this job than it may, and was ended; it is started again for the next."""


class Worker:
    """A process that is started with the first job, and once more if it dies."""

    def __init__(self, timeout: float) -> None:
        self._timeout = timeout
        self.process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._inherited: list[subprocess.Popen[bytes]] = []

    def ask(self, job: Mapping[str, Any]) -> dict[str, Any]:
        line = json.dumps(job, ensure_ascii=False).encode() + b"\n"
        answer = self._exchange(line) or self._exchange(line)  # a worker that died is started once more
        if not answer:
            raise EngineError("pandoc ended without an answer, twice")
        decoded: dict[str, Any] = json.loads(answer)
        if "error" in decoded:
            raise JobError(" ".join(str(decoded["error"]).split()))
        return decoded

    def close(self) -> None:
        process, self.process = self.process, None
        if process is None:
            return
        for stream in (process.stdin, process.stdout):
            if stream:
                with contextlib.suppress(OSError):  # a dead worker takes no more of what waits for it
                    stream.close()
        try:  # one that ends by itself clears away its temporary folder
            process.wait(_PARTING)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _exchange(self, line: bytes) -> bytes:
        """Send a line and return the answer's, or nothing if the worker died or ran out of time."""
        self._leave_to_parent()
        process = self.process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        late = threading.Event()
        guard = threading.Timer(self._timeout, _end, (process, late))
        guard.start()
        try:
            process.stdin.write(line)
            process.stdin.flush()
            answer = process.stdout.readline()
        except OSError:
            answer = b""
        finally:
            guard.cancel()
        if late.is_set():
            self.close()
            raise LateError(
                f"pandoc took longer than {self._timeout:g} s; simplify the page, or raise CITATIONS_TIMEOUT"
            )
        if not answer.endswith(b"\n"):
            self.close()
            return b""
        return answer

    def _leave_to_parent(self) -> None:
        """Take no process for one's own that was started before a fork: its answers are for the parent."""
        if self.process and self._owner != os.getpid():
            self._inherited.append(self.process)
            self.process = None

    def _start(self) -> subprocess.Popen[bytes]:
        self._owner = os.getpid()
        command = [str(pandoc_path()), "lua", str(_SCRIPT)]
        try:
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        except OSError as error:
            raise EngineError(f"pandoc does not start: {error.strerror}") from None
        Finalize(None, self.close, exitpriority=0)  # at the end of a process of a pool, too
        return self.process


def _end(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def pandoc_path() -> Path:
    """Return the binary of the wheel: another pandoc on the machine may be years older."""
    spec = importlib.util.find_spec("pypandoc")
    folder = Path(spec.origin).parent / "files" if spec and spec.origin else Path()
    for name in ("pandoc", "pandoc.exe"):
        if (folder / name).is_file():
            return folder / name
    raise EngineError("pandoc is not installed; install pypandoc_binary")
