"""Dot-format fixture files: a title, a line `.`, the input, a line `.`, what is expected, a line `.`."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Case:
    title: str
    given: str
    expected: str
    line: int

    def __str__(self) -> str:
        return self.title


def read_fixture_file(path: str | Path) -> list[Case]:
    """Return the cases of a dot-format file.

    Blank lines between cases and lines there that start with `#` are left out. Input and expected text
    end with a line feed unless they are empty. Use as
    `@pytest.mark.parametrize("case", read_fixture_file(Path(__file__).parent / "name.md"), ids=str)`.
    """
    lines = Path(path).read_text(encoding="utf-8").split("\n")
    cases, at = [], 0
    while (at := _next_title(lines, at)) < len(lines):
        dots = [index for index in range(at + 1, len(lines)) if lines[index] == "."][:3]
        if len(dots) < 3 or dots[0] != at + 1:
            raise ValueError(f'{path}:{at + 1}: the case "{lines[at]}" lacks one of its three lines "."')
        given, expected = (_block(lines[start + 1 : end]) for start, end in itertools.pairwise(dots))
        cases.append(Case(lines[at], given, expected, at + 1))
        at = dots[2] + 1
    return cases


def _next_title(lines: list[str], at: int) -> int:
    while at < len(lines) and (not lines[at].strip() or lines[at].startswith("#")):
        at += 1
    return at


def _block(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
