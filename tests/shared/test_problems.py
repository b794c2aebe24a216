from __future__ import annotations

from plugins.shared.markers import decode, encode
from plugins.shared.problems import Problem, Problems
from plugins.shared.suggest import did_you_mean


def test_a_problem_is_one_line() -> None:
    """Line breaks in a message do not break the line that is printed."""
    problem = Problem("content/a.md", 3, "title-missing", "no\n title")

    assert str(problem) == "content/a.md:3: title-missing: no title"


def test_problems_are_unique_and_sorted() -> None:
    """The same problem is kept once; the order is path, line, code."""
    problems = Problems()
    first, second = Problem("a", 2, "x", "m"), Problem("a", 10, "x", "m", "warning")

    problems.extend([second, first, second])

    assert problems.sorted() == (first, second)
    assert (problems.count("error"), problems.count("warning")) == (1, 1)


def test_markers_carry_any_data() -> None:
    """What is encoded is made of harmless characters and comes back; what is not ours is nothing."""
    data = [{"prefix": 'see "x" & <b>', "id": "任何"}]

    assert set(encode(data)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789%._~-")
    assert decode(encode(data)) == data
    assert decode("%ff") is None
    assert decode("no json") is None


def test_suggestions_name_the_nearest() -> None:
    """A word near a known one is suggested; a word near none is not."""
    assert did_you_mean("titel", ["title", "date"]) == '; did you mean "title"?'
    assert did_you_mean("zzz", ["title"]) == ""
