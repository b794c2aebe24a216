"""Read sources on all cores, ahead of Pelican, which asks for them one by one."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeAlias

from plugins.essays.model import Reading


ReadOne: TypeAlias = Callable[[str], Reading]

_CHUNK = 8  # sources a worker takes at a time: enough to make the passing to and fro cheap
_PDEATHSIG = 1  # linux/prctl.h
_WORTH_IT = 40  # sources below which starting workers takes longer than they save

_read_one: ReadOne | None = None  # set before the workers are forked, which inherit it


class Ahead:
    """Readings under way in worker processes, in the order in which they will be asked for."""

    def __init__(self, paths: Sequence[str], read_one: ReadOne, workers: int) -> None:
        self._coming: dict[str, Future[list[Reading]]] = {}
        self._places: dict[str, int] = {}
        self._pool: ProcessPoolExecutor | None = None
        if workers > 1 and len(paths) >= _WORTH_IT and sys.platform == "linux":
            self._start(paths, read_one, workers)

    def take(self, path: str) -> Reading | None:
        """Return the reading of a source, or None if it is not under way (or its worker died)."""
        coming = self._coming.pop(path, None)
        try:
            return coming.result()[self._places[path]] if coming else None
        except BrokenProcessPool:
            return None
        finally:
            if not self._coming:
                self.close()

    def close(self) -> None:
        """End the workers."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _start(self, paths: Sequence[str], read_one: ReadOne, workers: int) -> None:
        # Forked, so that a worker starts with everything imported. Elsewhere a fork is not safe or not to be had.
        global _read_one  # noqa: PLW0603 - what a forked worker inherits must be global
        _read_one = read_one
        self._pool = ProcessPoolExecutor(
            workers, multiprocessing.get_context("fork"), initializer=_end_with, initargs=(os.getpid(),)
        )
        for chunk in _chunks(paths):
            try:
                coming = self._pool.submit(_read_chunk, chunk)
            except BrokenProcessPool:  # a worker has died already; the rest is for the caller to read
                return
            self._coming |= dict.fromkeys(chunk, coming)
            self._places |= {path: place for place, path in enumerate(chunk)}


def _end_with(parent: int) -> None:
    """Have the kernel end this worker when its build is killed: nothing else would, and it would wait for ever."""
    ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it was killed before
        os._exit(1)


def _chunks(paths: Sequence[str]) -> Iterator[Sequence[str]]:
    return (paths[start : start + _CHUNK] for start in range(0, len(paths), _CHUNK))


def _read_chunk(paths: Sequence[str]) -> list[Reading]:
    assert _read_one is not None
    return [_read_one(path) for path in paths]
