"""Where the time of a build goes, and on a terminal how far it has come."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from typing import Any, TextIO


_PATIENCE = 2  # seconds after which a terminal is shown how far a build has come


class Times:
    """Seconds by step, in the order in which the steps began."""

    def __init__(self, terminal: TextIO | None = None) -> None:
        self._began = time.perf_counter()
        self._terminal = terminal
        self._bar: Any = None
        self._step, self._done = "", 0
        self.steps: dict[str, float] = {}

    @contextlib.contextmanager
    def of(self, step: str) -> Iterator[None]:
        """Take the time of a step; one that is taken twice is added up."""
        began = time.perf_counter()
        self.steps.setdefault(step, 0.0)
        self._step, self._done = step, 0
        self._show(None)
        try:
            yield
        finally:
            self.steps[step] += time.perf_counter() - began

    def count(self, total: int | None = None) -> None:
        """Count one thing done in the step, of so many."""
        self._done += 1
        self._show(total)

    @contextlib.contextmanager
    def shown(self) -> Iterator[None]:
        """Show the steps while they last, if there is a terminal and they last long."""
        try:
            yield
        finally:
            if self._bar:
                self._bar.stop()
                self._bar = None

    def _show(self, total: int | None) -> None:
        if self._bar is None and self.total > _PATIENCE and self._terminal is not None and self._terminal.isatty():
            self._bar = _bar(self._terminal)
        if self._bar:
            self._bar.update(self._bar.task_ids[0], description=self._step, completed=self._done, total=total)

    @property
    def total(self) -> float:
        return time.perf_counter() - self._began

    def lines(self) -> Iterator[str]:
        """Yield a line for each step, and one for all that is none of them."""
        for step, seconds in self.steps.items():
            yield f"  {step:<12} {seconds:8.3f} s"
        yield f"  {'the rest':<12} {self.total - sum(self.steps.values()):8.3f} s"


def _bar(terminal: TextIO) -> Any:
    # It takes a while to import, and most builds are over before.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description:<8}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    bar = Progress(*columns, console=Console(file=terminal), transient=True)
    bar.add_task("")
    bar.start()
    return bar
