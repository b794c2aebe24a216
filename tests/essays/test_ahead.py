from __future__ import annotations

import os
from collections.abc import Callable

from plugins.essays.ahead import Ahead
from plugins.essays.model import Reading
from tests.conftest import Site


PATHS = [f"/content/essays/{number}.md" for number in range(100)]


def _read(path: str) -> tuple[str, Reading]:
    return path, Reading({"process": os.getpid()}, f"<p>{path}</p>", path, ())


def test_sources_are_read_elsewhere_and_handed_out_by_path() -> None:
    """Every source's own reading comes back, whatever the order of asking, from other processes."""
    ahead = Ahead(PATHS, _read, workers=2)

    readings = [ahead.take(path) for path in reversed(PATHS)]

    assert [read[1].source for read in readings if read] == PATHS[::-1]
    assert os.getpid() not in {read[1].metadata["process"] for read in readings if read}
    assert ahead.take(PATHS[0]) is None


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
