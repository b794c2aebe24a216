"""Where the time of a build goes."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator


class Times:
    """Seconds by step, in the order in which the steps began. `entered` is told of each."""

    def __init__(self) -> None:
        self._began = time.perf_counter()
        self.steps: dict[str, float] = {}

    @contextlib.contextmanager
    def of(self, step: str) -> Iterator[None]:
        began = time.perf_counter()
        self.steps.setdefault(step, 0.0)
        try:
            yield
        finally:
            self.steps[step] += time.perf_counter() - began

    @property
    def total(self) -> float:
        return time.perf_counter() - self._began

    def lines(self) -> Iterator[str]:
        """Yield a line for each step, and one for all that is none of them."""
        for step, seconds in self.steps.items():
            yield f"  {step:<12} {seconds:8.3f} s"
        yield f"  {'the rest':<12} {self.total - sum(self.steps.values()):8.3f} s"
