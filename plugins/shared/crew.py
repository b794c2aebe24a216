"""Do the same to many things on all cores, and take the results in order."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar


Thing = TypeVar("Thing")
Result = TypeVar("Result")

_WORTH_IT = 40  # things below which starting workers takes longer than they save
_CHUNK = 8  # things a worker takes at a time
_PDEATHSIG = 1  # linux/prctl.h

_crews = 0  # that are under way
_work: tuple[Callable[[Any], Any], Sequence[Any]] | None = None  # set before the workers are forked, who inherit it


def in_order(
    do: Callable[[Thing], Result], things: Sequence[Thing], workers: int = 0, *, is_heavy: bool = False
) -> Iterator[Result]:
    """Return what `do` makes of each thing, one by one, and raise what it raises.

    Workers, one for each core without a number, begin at once; what is done before the first result is asked for is
    done beside them. If a worker dies, what is left is done here. Each thing that `is_heavy` is worth a worker of its
    own.
    """
    workers, enough = workers or cores(), 2 if is_heavy else _WORTH_IT
    if workers < 2 or len(things) < enough or sys.platform != "linux":  # noqa: PLR2004 - one is none beside this one
        return map(do, things)
    coming = _at_work(do, things, workers, 1 if is_heavy else _CHUNK)
    next(coming)
    return coming


def is_at_work() -> bool:
    """Tell whether workers are under way, so that what is imported now takes no time of its own."""
    return _crews > 0


def _at_work(do: Callable[[Thing], Result], things: Sequence[Thing], workers: int, chunk: int) -> Iterator[Any]:
    """Yield None as the workers begin, then the results."""
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415 - an edit has no workers

    global _crews  # noqa: PLW0603 - of this process, as its workers are
    done, coming = 0, _shared_out(do, things, workers, chunk)
    _crews += 1
    try:
        with contextlib.suppress(BrokenProcessPool):
            next(coming)
        yield None
        for result in coming:
            done += 1
            yield result
    except BrokenProcessPool:
        pass
    finally:
        _crews -= 1
    yield from map(do, things[done:])


def _shared_out(do: Callable[[Thing], Result], things: Sequence[Thing], workers: int, chunk: int) -> Iterator[Any]:
    """Yield None as the workers begin, then the results."""
    import multiprocessing  # noqa: PLC0415 - as above
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - as above

    # Forked, so that a worker starts with everything imported. Elsewhere a fork is not safe or not to be had.
    global _work  # noqa: PLW0603 - what a forked worker inherits must be global: the things need not be sent then
    _work = do, things
    context = multiprocessing.get_context("fork")
    spans = [range(start, min(start + chunk, len(things))) for start in range(0, len(things), chunk)]
    with ProcessPoolExecutor(workers, context, initializer=_end_with, initargs=(os.getpid(),)) as pool:
        try:
            coming = pool.map(_do_span, spans)
            yield None
            for results in coming:
                yield from results
        finally:
            pool.shutdown(cancel_futures=True)


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def _do_span(span: range) -> list[Any]:
    assert _work is not None
    do, things = _work
    return [do(things[place]) for place in span]


def _end_with(parent: int) -> None:
    """Have the kernel end this worker when its build is killed: nothing else would, and it would wait for ever."""
    ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it was killed before
        os._exit(1)
