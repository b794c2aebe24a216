"""Problems become annotations, and nothing else becomes a command."""

from __future__ import annotations

import subprocess
import sys

import pytest

from plugins.workflows.annotations import command, commands_of, quoted
from tests.clones import ROOT


@pytest.mark.parametrize(
    ("line", "annotation"),
    [
        (
            'content/essays/a.md:4: key-unknown: no key "tag"; did you mean "tags"?',
            '::error file=content/essays/a.md,line=4,title=key-unknown::no key "tag"; did you mean "tags"?',
        ),
        (
            "content/a.md:1: image-alt: say what it shows [warning]",
            "::warning file=content/a.md,line=1,title=image-alt::say what it shows",
        ),
        (
            "content/a,b 100%.md:12: note-unused: 5% ::error::x\n",
            "::error file=content/a%2Cb 100%25.md,line=12,title=note-unused::5%25 ::error::x",
        ),
        (
            "content/a:b.md:3: date-invalid: x",
            "::error file=content/a%3Ab.md,line=3,title=date-invalid::x",
        ),
    ],
)
def test_problem(line: str, annotation: str) -> None:
    """A problem is shown at its file and line, with its code for a title."""
    assert list(commands_of([line])) == [annotation]


@pytest.mark.parametrize(
    "line",
    [
        "",
        "7 essays, 2 pages, 0 errors; output replaced",
        "::error::x",
        "a.md:x: code-b: c",
        "a.md:1: code: c",
        " a:1: b-c: d",
    ],
)
def test_other_line(line: str) -> None:
    """What is no problem is no annotation."""
    assert list(commands_of([line])) == []


def test_escapes() -> None:
    """Line breaks, percent signs and separators are written as GitHub reads them."""
    assert command("error", "a\r\nb%:,", file="x:y,z\n%") == "::error file=x%3Ay%2Cz%0A%25::a%0D%0Ab%25:,"


def test_nothing_is_obeyed() -> None:
    """What is handed on stands between two commands that keep GitHub from obeying it."""
    assert list(quoted(["::add-path::/tmp"], "t")) == ["::stop-commands::t", "::add-path::/tmp", "::t::"]


def test_filter() -> None:
    """The filter hands on every byte that is text, names what is not, and uses a new token each time."""
    given = b"content/a.md:1: key-unknown: \xff\n::warning::x\nlast"
    words = [sys.executable, "-S", "-m", "plugins.workflows", "annotations"]  # -S: without any package
    ends = [subprocess.run(words, input=given, cwd=ROOT, capture_output=True, check=True) for _ in range(2)]
    lines = ends[0].stdout.decode().splitlines()
    token = lines[0].removeprefix("::stop-commands::")
    assert lines == [
        f"::stop-commands::{token}",
        "content/a.md:1: key-unknown: \\xff",
        "::warning::x",
        "last",
        f"::{token}::",
        "::error file=content/a.md,line=1,title=key-unknown::\\xff",
    ]
    assert len(token) == 32
    assert ends[1].stdout.decode().splitlines()[0] != lines[0]
