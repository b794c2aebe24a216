"""How a build ends: its problems as lines, its verdict, its closing line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, TextIO

from plugins.shared.problems import Problem, Problems


Strictness = Literal["author", "errors", "warnings"]

_LONG = re.compile(r'"([^"]{200})[^"]+"')  # a value that would push the rest of its line out of sight
_CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class Tally:
    """What a build is made of. `read` are the texts that were read, `printed` and `reused` the files of the output."""

    essays: int = 0
    pages: int = 0
    files: int = 0
    read: int = 0
    printed: int = 0
    reused: int = 0


def tally(build: Any) -> Tally:
    articles, pages = build.generators[:2]
    essays = len(articles.articles) + len(articles.translations)
    others = len(pages.pages) + len(pages.translations)
    reused = sum(not leaf.is_new for leaf in build.leaves.values())
    return Tally(essays, others, len(build.leaves), build.read, len(build.leaves) - reused, reused)


def line_of(problem: Problem) -> str:
    """Return one printable line. What nobody sees, moves a cursor or turns text round is escaped."""
    mark = " [warning]" if problem.severity == "warning" else ""
    line = _LONG.sub(r'"\1…"', str(problem))
    return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", line) + mark


def say(line: str, stream: TextIO) -> None:
    stream.write(f"{line}\n")
    stream.flush()


def say_all(problems: Iterable[Problem], stream: TextIO) -> None:
    """Say a line for each problem, at once: there can be many thousands of them."""
    stream.write("".join(f"{line_of(problem)}\n" for problem in problems))
    stream.flush()


def failed(problems: Problems, strictness: Strictness) -> bool:
    faults = problems.count("error")
    return bool(faults or (strictness == "warnings" and problems.count("warning")))


@dataclass(frozen=True, slots=True)
class Closing:
    """The last line of a build: what it was about, and what became of the output."""

    tally: Tally = Tally()
    outcome: str = "output left as it was"

    def line(self, problems: Problems, seconds: float, *more: str) -> str:
        tally = self.tally
        parts = [
            _count(tally.essays, "essay"),
            _count(tally.pages, "page"),
            _count(tally.files, "file"),
            _count(problems.count("error"), "error"),
            _count(problems.count("warning"), "warning"),
        ]
        work = f"{tally.read} read, {tally.printed} printed, {tally.reused} reused"
        return "; ".join(
            (f"{', '.join(parts)}", f"{work} in {seconds:.2f} s", self.outcome, *problems.remarks(), *more)
        )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
