"""An output that is not as a build left it is never published."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.publishing.model import Refused
from plugins.publishing.output import files_of
from tests.conftest import Site
from tests.faults.sites import PLAIN, essays


PAGE = "essays/essay-0/index.html"
SPOILS: dict[str, Callable[[Path], object]] = {
    "cut short": lambda output: (output / PAGE).write_bytes((output / PAGE).read_bytes()[:-9]),
    "added": lambda output: (output / "more.html").write_text("x"),
    "removed": lambda output: (output / PAGE).unlink(),
    "without manifest": lambda output: (output / ".broadside.json").unlink(),
    "manifest cut short": lambda output: (output / ".broadside.json").write_text("{"),
}


@pytest.mark.parametrize("name", SPOILS)
def test_refused(build_site: Callable[..., Site], name: str) -> None:
    """What a real build wrote is taken as it is, and refused with one file cut short, added or removed."""
    output = build_site(essays("word", 2), **PLAIN).output
    assert PAGE in files_of(output)
    SPOILS[name](output)
    with pytest.raises(Refused):
        files_of(output)
