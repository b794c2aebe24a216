"""The benchmarks run, on three essays."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


ROOT = Path(__file__).resolve().parents[2]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="memory is read from Linux's /proc")


@pytest.mark.parametrize(
    "name",
    [
        "builds",
        pytest.param("edits", marks=pytest.mark.slow),
        pytest.param("citing", marks=pytest.mark.slow),
        pytest.param("memory", marks=[LINUX, pytest.mark.slow]),
    ],
)
def test_benchmark_ends_with_its_result(name: str) -> None:
    """Each benchmark runs on three essays, builds them without a fault, and prints its ratios."""
    more = ["--items", "300"] if name == "citing" else []
    command = [sys.executable, "-m", f"benchmarks.{name}", "--essays", "3", "--rounds", "1", *more]
    env = {key: value for key, value in os.environ.items() if key not in {"BENCH_ESSAYS", "HUGO"}}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "exit 1" not in done.stdout
    assert "ratio" in done.stdout
    if name == "edits":
        assert "1 read," in next(line for line in done.stdout.splitlines() if "an essay's words" in line)
