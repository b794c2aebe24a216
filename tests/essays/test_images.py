"""Images need words for who cannot see them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.essays.model import Reading
from tests.fixtures import Case, read_fixture_file


HEAD = "title: A\ndate: 2016-12-20\n\n"


@pytest.mark.parametrize("case", read_fixture_file(Path(__file__).parent / "images.md"), ids=str)
def test_alternative_text(case: Case, read_text: Callable[..., Reading]) -> None:
    """An image without an alternative text is a warning, unless it is marked as decoration."""
    found = [problem for problem in read_text(HEAD + case.given).problems if problem.code == "image-alt"]
    lines = (f"{problem.line - HEAD.count(chr(10))}: {problem.message}\n" for problem in sorted(found))
    assert "".join(lines) == case.expected
    assert {problem.severity for problem in found} <= {"warning"}


def test_a_standfirst_may_hold_one(read_text: Callable[..., Reading]) -> None:
    """An image in the front matter's text is found there."""
    reading = read_text("---\ntitle: A\ndate: 2016-12-20\nsummary: 'See ![](x.png)'\n---\nText\n")
    assert [(problem.line, problem.code) for problem in reading.problems] == [(4, "image-alt")]
