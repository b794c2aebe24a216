"""What reading an essay is made of, and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from plugins.shared.problems import Problem


Kind = Literal["essay", "page"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of the front matter.

    `key` is as written and `line` is where it stands. `value` holds every scalar as the text that was
    written (None if there is none), `data` holds numbers and truth values as YAML understands them.
    """

    key: str
    line: int
    value: Any
    data: Any


@dataclass(frozen=True, slots=True)
class Reading:
    """An essay or page as it was read: plain data, nothing of Pelican, so that it can be kept and sent.

    `metadata` holds strings, numbers, lists and mappings only; dates are ISO 8601 text. `html` is safe.
    `source` is the text with line feeds, as later problems look for their line in it.
    """

    metadata: dict[str, Any]
    html: str
    source: str
    problems: tuple[Problem, ...]

    @property
    def is_sound(self) -> bool:
        return all(problem.severity != "error" for problem in self.problems)

    @property
    def is_legible(self) -> bool:
        """Whether the text of a spoilt essay can be searched for more faults: it was read, and so were its works."""
        return bool(self.html and self.metadata) and all(found.code != "references-invalid" for found in self.problems)
