from __future__ import annotations

import os
import signal
from collections.abc import Callable

import pytest

from plugins.essays.ahead import Ahead
from plugins.essays.model import Reading
from tests.conftest import Site


PATHS = [f"/content/essays/{number}.md" for number in range(100)]


def _read(path: str) -> Reading:
    return Reading({"process": os.getpid()}, f"<p>{path}</p>", path, ())


def test_sources_are_read_elsewhere_and_handed_out_by_path() -> None:
    """Every source's own reading comes back, whatever the order of asking, from other processes."""
    ahead = Ahead(PATHS, _read, workers=2)

    readings = [ahead.take(path) for path in reversed(PATHS)]

    assert [reading.source for reading in readings if reading] == PATHS[::-1]
    assert os.getpid() not in {reading.metadata["process"] for reading in readings if reading}
    assert ahead.take(PATHS[0]) is None


@pytest.mark.parametrize(("paths", "workers"), [(PATHS[:5], 2), (PATHS, 1)])
def test_few_sources_are_not_read_ahead(paths: list[str], workers: int) -> None:
    """Where workers cost more than they save there are none, and the caller reads for itself."""
    assert Ahead(paths, _read, workers).take(paths[0]) is None


def test_a_worker_that_dies_costs_no_source() -> None:
    """What a dead worker had in hand is for the caller to read."""

    def die(path: str) -> Reading:
        os.kill(os.getpid(), signal.SIGKILL)
        return _read(path)

    assert Ahead(PATHS, die, workers=2).take(PATHS[0]) is None


def test_workers_change_nothing_in_the_site(build_site: Callable[..., Site]) -> None:
    """A site read by two processes has the same bytes, and the same problems, as one read by one."""
    essays = {
        f"content/essays/{number}.md": f'---\ntitle: "Essay {number}"\ndate: 2020-01-02\ntags: [a, b]\n---\n'
        f'Words with "quotes" and a note.[^1] <u onclick="x">x</u>\n\n[^1]: Note {number}.\n'
        for number in range(45)
    }

    two = build_site(essays, ESSAY_WORKERS=2)
    files = two.files()
    one = build_site({}, ESSAY_WORKERS=1)

    assert len(two.problems) == len(essays)
    assert two.problems == one.problems
    assert files == one.files()
