"""A problem is a value: where it is, what it is, what would be right. Nobody logs; the press prints them once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Literal


Severity = Literal["error", "warning"]

#: The key of Pelican's settings under which the press keeps the build's collector.
SETTING = "PROBLEMS"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault of a build.

    `path` is relative to the site's root and uses forward slashes, `line` counts from 1 (a fault of
    the whole file is at line 1), `code` is lower case with hyphens and starts with the noun at fault,
    `message` says what is wrong and what would be right, with user values in double quotes.
    """

    path: str
    line: int
    code: str
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        message = " ".join(self.message.split())
        return f"{self.path}:{self.line}: {self.code}: {message}"


#: What problems are sorted by, which is what they are compared by; there can be many thousands of them.
order = attrgetter("path", "line", "code", "message", "severity")


class Problems:
    """Collect the problems of one build. Adding the same problem twice keeps it once."""

    def __init__(self) -> None:
        self._found: set[Problem] = set()
        self._remarks: set[str] = set()
        self._aside: Counter[str] = Counter()

    def add(self, problem: Problem) -> None:
        self._found.add(problem)

    def extend(self, problems: Iterable[Problem]) -> None:
        self._found.update(problems)

    def remark(self, words: str) -> None:
        """Have the build's last line say what is no fault, but must not go unheard."""
        self._remarks.add(words)

    def remarks(self) -> tuple[str, ...]:
        return tuple(sorted(self._remarks))

    def set_aside(self, counts: Mapping[str, int]) -> None:
        """Count problems that are too many to tell, by severity."""
        self._aside = Counter(counts)

    @property
    def aside(self) -> int:
        return self._aside.total()

    def mark(self) -> tuple[frozenset[Problem], frozenset[str]]:
        """Return what `rewind` goes back to."""
        return frozenset(self._found), frozenset(self._remarks)

    def rewind(self, mark: tuple[frozenset[Problem], frozenset[str]]) -> None:
        """Forget what was added since a mark: it will be found again."""
        self._found, self._remarks = set(mark[0]), set(mark[1])
        self._aside.clear()

    def sorted(self) -> tuple[Problem, ...]:
        return tuple(sorted(self._found, key=order))

    def count(self, severity: Severity) -> int:
        return sum(problem.severity == severity for problem in self._found) + self._aside[severity]


def problems_of(settings: Mapping[str, Any]) -> Problems:
    """Return the collector that the press put into Pelican's settings (or into a context made of them)."""
    collector = settings[SETTING]
    assert isinstance(collector, Problems)
    return collector
