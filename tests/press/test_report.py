"""Lines, verdicts and the closing line."""

from __future__ import annotations

import pytest

from plugins.press.report import Closing, Strictness, Tally, failed, line_of
from plugins.shared.problems import Problem, Problems


ERROR = Problem("a.md", 2, "x-y", "wrong")
WARNING = Problem("a.md", 2, "x-y", "odd", "warning")


def test_lines() -> None:
    """An error is plain, a warning marked at the end; nothing moves the terminal's cursor, turns text or is endless."""
    assert line_of(ERROR) == "a.md:2: x-y: wrong"
    assert line_of(WARNING) == "a.md:2: x-y: odd [warning]"
    assert line_of(Problem("a.md", 1, "x", f'no "{"y" * 9999}"; write "{"z" * 200}"')) == (
        f'a.md:1: x: no "{"y" * 200}…"; write "{"z" * 200}"'
    )
    assert line_of(Problem("\x1b[2J\u202e.md", 1, "x", "a\nb\x9b")) == "\\u001b[2J\\u202e.md:1: x: a b\\u009b"


@pytest.mark.parametrize(
    ("strictness", "problem", "verdict"),
    [
        ("author", ERROR, True),
        ("author", WARNING, False),
        ("errors", WARNING, False),
        ("errors", ERROR, True),
        ("warnings", WARNING, True),
    ],
)
def test_verdict(strictness: Strictness, problem: Problem, verdict: bool) -> None:  # noqa: FBT001 - a column
    """Errors always fail a build, warnings only where they are asked to."""
    problems = Problems()
    assert not failed(problems, strictness)
    problems.add(problem)
    assert failed(problems, strictness) is verdict


def test_closing_line() -> None:
    """One line says what was built, how long it took and what became of the output."""
    problems = Problems()
    problems.add(ERROR)
    tally = Tally(essays=1, pages=2, files=30, read=3, printed=4, reused=26)
    line = Closing(tally, "output replaced").line(problems, 1.234)
    assert line == (
        "1 essay, 2 pages, 30 files, 1 error, 0 warnings; 3 read, 4 printed, 26 reused in 1.23 s; output replaced"
    )
