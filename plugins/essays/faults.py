"""The problems of one file, while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from plugins.shared.problems import Problem, Severity


@dataclass(slots=True)
class Faults:
    """Collect the problems of one file."""

    path: str
    found: list[Problem] = field(default_factory=list)

    def add(self, line: int, code: str, message: str, severity: Severity = "error") -> None:
        self.found.append(Problem(self.path, line, code, message, severity))
