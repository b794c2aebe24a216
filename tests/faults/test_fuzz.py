"""Whatever is done to an essay or a bibliography, it is read in bounded time, and its faults are plain lines."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugins.press.report import line_of
from plugins.shared.problems import Problem
from tests.conftest import Site
from tests.faults.chain import Chain
from tests.faults.mutations import KINDS, MOVES, TOKENS, Move, bibliographies, essays, mutate
from tests.faults.watchdog import at_most, peak


SECONDS = 10
MEMORY = 2**30
_LINE = re.compile(r"[^:]+:\d+: [a-z-]+: \S")
_CONTROL = re.compile("[\0-\x1f\x7f-\x9f\xad\u200b\u2028-\u202e\ufeff\ud800-\udfff]")
SMALL, LARGE = (225, 75), (7500, 2500)  # essays and bibliographies


@pytest.fixture(scope="module")
def chain() -> Iterator[Chain]:
    chain = Chain()
    yield chain
    chain.close()


def fuzz(count: int, seeds: int, check: Callable[[int, list[Move]], None]) -> None:
    """Check so many mutants, the same each time."""
    options = settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    options(given(st.integers(0, seeds - 1), MOVES)(check))()


def assert_said_plainly(problems: Iterable[Problem], lines: int) -> None:
    for problem in problems:
        assert 1 <= problem.line <= lines
        assert problem.message
        assert not _CONTROL.search(line_of(problem))
        assert "a Markdown extension is at fault" not in problem.message


def check_essay(chain: Chain, data: bytes) -> None:
    with at_most(SECONDS):
        html, problems = chain.page(data)
    assert_said_plainly(problems, data.count(b"\n") + data.count(b"\r") + 1)
    assert "data-citation=" not in html
    assert "data-pull=" not in html
    assert "\0" not in html


def check_bibliography(chain: Chain, name: str, data: bytes) -> None:
    with at_most(SECONDS):
        library = chain.library(name, data)
    assert_said_plainly(library.problems, data.count(b"\n") + data.count(b"\r") + 1)


@pytest.mark.parametrize("builds", [1, pytest.param(20, marks=pytest.mark.slow)])
def test_builds(build_site: Callable[..., Site], builds: int) -> None:
    """A site of sixty mutated essays and two bibliographies is built or refused, with its faults as lines."""
    chance, seeds, works = random.Random(builds), essays(), bibliographies()
    for _ in range(builds):
        files = {f"content/essays/{number}.md": mutate(chance.choice(seeds), moves(chance)) for number in range(60)}
        for name, data in chance.sample(works, 2):
            files[f"content/bibliography{name[1:]}"] = mutate(data, moves(chance))
        site = build_site(files)
        assert site.exit_code in {0, 1}
        assert "Traceback" not in site.stderr
        assert "internal error" not in site.stderr
        assert all(_LINE.match(line) for line in site.problems), site.stderr


def moves(chance: random.Random) -> list[Move]:
    """Return some moves, without hypothesis: a build is nothing to make smaller."""
    number = chance.randint(1, 4)
    return [
        Move(chance.choice(KINDS), chance.randrange(1001), chance.randint(1, 400), chance.choice(TOKENS))
        for _ in range(number)
    ]


@pytest.mark.parametrize(("count", "_"), [SMALL, pytest.param(*LARGE, marks=pytest.mark.slow)])
def test_essays(chain: Chain, count: int, _: int) -> None:
    """A mutated essay is read, its citations and pull quotes are resolved, and its faults have lines."""
    seeds, before = essays(), peak()
    fuzz(count, len(seeds), lambda seed, moves: check_essay(chain, mutate(seeds[seed], moves)))
    assert peak() - before < MEMORY


@pytest.mark.parametrize(("_", "count"), [SMALL, pytest.param(*LARGE, marks=pytest.mark.slow)])
def test_bibliographies(chain: Chain, _: int, count: int) -> None:
    """A mutated bibliography is read, its sound items are printed, and its faults have lines."""
    seeds, before = bibliographies(), peak()
    fuzz(
        count, len(seeds), lambda seed, moves: check_bibliography(chain, seeds[seed][0], mutate(seeds[seed][1], moves))
    )
    assert peak() - before < MEMORY
