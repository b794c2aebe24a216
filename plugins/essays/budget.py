"""Bound the time that a text may take: what nobody has foreseen must not hold up a build for hours."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

from plugins.essays.limits import TooSlow


_AGAIN = 1.0  # seconds until who caught the exception, and went on, is told again


@contextlib.contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise `TooSlow` in what takes longer, in seconds of computing: how busy a machine is makes no difference.

    Without a limit, in a thread of its own, or where the system does not count, do nothing.
    """
    if seconds <= 0 or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        message = f"to read it takes more than {seconds:g} s (ESSAY_TIMEOUT); divide the text, or raise the limit"
        raise TooSlow(message)

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
