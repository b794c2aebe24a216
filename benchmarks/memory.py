"""Measure the memory that all processes of a cold build take together, beside plain Pelican's; needs Linux.

python -m benchmarks.memory --essays 1000
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import builds, essays
from benchmarks.site import Site, environment


_STEP = 0.05
_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Peak:
    """The most that was held at once, in KiB, and by how many processes."""

    kib: int = 0
    processes: int = 0
    exit_code: int = 0

    def __str__(self) -> str:
        ending = f", exit {self.exit_code}" if self.exit_code else ""
        return f"{self.kib / 1024:8.1f} MiB in {self.processes} processes{ending}"


def peak(command: list[str], folder: Path) -> Peak:
    """Run a command, and look every 50 ms at what it and its children hold; what they share is counted once."""
    env, most = environment(folder.parent), (0, 0)
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=folder, env=env, stdout=quiet, stderr=quiet)
    while process.poll() is None:
        held = [size for each in _family(process.pid) if (size := _share(each))]
        most = max(most, (sum(held), len(held)))
        time.sleep(_STEP)
    return Peak(*most, process.returncode)


def _family(pid: int) -> Iterator[int]:
    yield pid
    for file in (_PROC / str(pid) / "task").glob("*/children"):
        for child in _read(file).split():
            yield from _family(int(child))


def _share(pid: int) -> int:
    """Return the proportional set size of a process in KiB, or 0 if it has ended."""
    lines = _read(_PROC / str(pid) / "smaps_rollup").splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii")
    except OSError:  # it ended this very moment
        return ""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--essays", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    if not (_PROC / "self/smaps_rollup").is_file():
        sys.exit("memory is measured by what Linux tells in /proc/PID/smaps_rollup; there is none here")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        _measure(Path(folder), essays.chosen(options.essays), options.rounds)


def _measure(folder: Path, chosen: list[essays.Essay], rounds: int) -> None:
    ours = Site.of(folder / "broadside", chosen)
    plain = builds.Side("plain Pelican", folder / "pelican")
    plain.write(chosen, builds.PELICAN)
    found: dict[str, list[Peak]] = {"Broadside": [], plain.name: []}
    for _ in range(rounds):
        for side, name, command in ((ours, "Broadside", ours.command()), (plain, plain.name, plain.command)):
            side.clean()
            found[name].append(peak(command, side.root))
    mine, theirs = (max(peaks, key=lambda each: each.kib) for peaks in found.values())
    print(f"{len(chosen)} essays, a cold build, the most of {rounds}: what all its processes hold together")
    print(f"Broadside      {mine}\nplain Pelican  {theirs}")
    print(f"ratio: Broadside takes {mine.kib / theirs.kib:.2f} of plain Pelican's memory")


if __name__ == "__main__":
    main()
