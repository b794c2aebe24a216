from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from plugins.shared.crew import in_order, is_at_work


THINGS = range(100)


def _where(thing: int) -> tuple[int, int]:
    return thing, os.getpid()


def test_results_come_in_order_from_other_processes() -> None:
    """What workers make of many things comes back in the order of the things."""
    done = list(in_order(_where, THINGS, 2))
    assert [thing for thing, _ in done] == list(THINGS)
    assert os.getpid() not in {process for _, process in done}


@pytest.mark.parametrize(("things", "workers"), [(THINGS[:5], 2), (THINGS, 1)])
def test_little_is_done_here(things: range, workers: int) -> None:
    """Where workers cost more than they save there are none."""
    assert list(in_order(_where, things, workers)) == [(thing, os.getpid()) for thing in things]


def test_what_a_dead_worker_leaves_is_done_here() -> None:
    """A worker that dies costs nothing but time."""
    here = os.getpid()

    def die(thing: int) -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return thing

    assert list(in_order(die, THINGS, 2)) == list(THINGS)


def test_a_fault_of_the_work_is_raised_here() -> None:
    """An exception in a worker is the caller's."""

    def fail(thing: int) -> int:
        raise OSError(28, "No space left on device", f"file-{thing}")

    with pytest.raises(OSError, match="file-0"):
        list(in_order(fail, THINGS, 2))


def test_workers_begin_before_they_are_asked(tmp_path: Path) -> None:
    """What is done before the first result is asked for is done while the workers are at work."""

    def mark(thing: int) -> int:
        (tmp_path / str(thing)).touch()
        return thing

    coming = in_order(mark, THINGS, 2)
    assert is_at_work()
    while len(list(tmp_path.iterdir())) < len(THINGS):
        time.sleep(0.01)
    assert list(coming) == list(THINGS)
    assert not is_at_work()
