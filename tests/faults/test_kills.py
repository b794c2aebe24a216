"""A build killed at any moment leaves the old site or the new one, byte for byte; the next build tidies up."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import run_pelican
from tests.faults.sites import PLAIN, Versions, processes_in, versions


SEED = 2024
ENOUGH_FOR_WORKERS = 45  # essays; with fewer, one process reads them
PATIENCE = 10  # seconds until the processes of a dead build are gone


@pytest.mark.parametrize(
    ("settings", "essays", "kills"),
    [
        pytest.param(PLAIN, 30, 10, id="plain"),
        pytest.param({}, ENOUGH_FOR_WORKERS, 200, id="house", marks=pytest.mark.slow),
    ],
)
def test_kill(quick_path: Path, settings: Mapping[str, Any], essays: int, kills: int) -> None:
    """The house's pipeline is killed two hundred times, a plain one ten times in every run of the tests."""
    site = versions(quick_path, essays, settings)
    chance, ends = random.Random(SEED), Counter[str]()
    duration = _time(site)
    for number in range(kills):
        site.restore()
        within = _kill(site, chance.uniform(0.1, 1.1) * duration)
        output = site.output()
        assert output in (site.old, site.new), f"seed {SEED}, kill {number}"
        ends[f"{'within' if within else 'before or after'}, {'new' if output == site.new else 'old'}"] += 1
        assert _living(site.root) == []
    print(f"seed {SEED}: {kills} kills in builds of {duration:.2f} s: {dict(ends)}")  # noqa: T201 - what a sweep found is asked for
    assert any(end.startswith("within") for end in ends)
    done = run_pelican(site.root)
    assert (done.exit_code, done.stderr, site.output()) == (0, "", site.new)
    site.assert_tidy()


def _time(site: Versions) -> float:
    began = time.monotonic()
    assert run_pelican(site.root).exit_code == 0
    return time.monotonic() - began


def _kill(site: Versions, after: float) -> bool:
    """Kill a build after so many seconds; return whether it left a staging folder."""
    command = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", "-q"]
    with subprocess.Popen(command, cwd=site.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as build:
        dead = set(site.root.glob(".output.new-*"))
        time.sleep(after)
        build.send_signal(signal.SIGKILL)
    return not set(site.root.glob(".output.new-*")) <= dead


def _living(root: Path) -> list[str]:
    """Return the processes of a dead build that do not end: it has readers, and an engine."""
    end = time.monotonic() + PATIENCE
    while (living := list(processes_in(root))) and time.monotonic() < end:
        time.sleep(0.05)
    return living
