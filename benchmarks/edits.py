"""Time what an edit costs, as a share of a cold build, and beside Hugo's if HUGO names its binary.

python -m benchmarks.edits --essays 1000 --rounds 3
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import essays
from benchmarks.hugo import HugoSite
from benchmarks.live import Server
from benchmarks.site import EDITS, Site, environment, work_of


_COLD, _WORDS, _LIVE = "a cold build", "an essay's words", "words, save to served"


@dataclass(slots=True)
class Table:
    """The seconds of each thing that was timed, and what was said of its last time."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    work: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, seconds: float, work: str = "") -> None:
        self.seconds[name].append(seconds)
        self.work[name] = work

    def median(self, name: str) -> float:
        return statistics.median(self.seconds[name])

    def ratio(self, name: str) -> float:
        return self.median(name) / self.median(_COLD)

    def print(self, title: str) -> None:
        print(f"{title:24} {'seconds':>8} {'of cold':>8}")
        for name in self.seconds:
            print(f"{name:24} {self.median(name):8.3f} {self.ratio(name):8.4f}  {self.work[name]}".rstrip())


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--essays", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    chosen, binary = essays.chosen(options.essays), os.environ.get("HUGO", "")
    ours, theirs = Table(), Table()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        site = Site.of(Path(folder, "broadside"), chosen)
        hugo = HugoSite.of(binary, Path(folder, "hugo"), chosen) if binary else None
        for number in range(options.rounds):
            _time_ours(site, ours, f"zzmark{number}zz")
            if hugo:
                _time_hugo(hugo, theirs, f"zzmark{number}zz")
        _time_live(site, hugo, ours, theirs, options.rounds)
    _print(len(chosen), options.rounds, ours, theirs)


def _time_ours(site: Site, table: Table, mark: str) -> None:
    site.clean()
    run = site.build()
    table.add(_COLD, run.seconds, run.work)
    for name, edit in EDITS.items():
        edit(site, mark)
        run = site.build()
        table.add(name, run.seconds, run.work)
        if name == _WORDS and mark not in _page(site):
            sys.exit(f'"{site.middle.name}" was edited, and its page does not show it: {run.lines[-1:]}')


def _page(site: Site) -> str:
    return (site.root / "output/essays" / site.middle.slug / "index.html").read_text(encoding="utf-8")


def _time_hugo(hugo: HugoSite, table: Table, mark: str) -> None:
    hugo.clean()
    table.add(_COLD, hugo.build())
    hugo.edit_words(mark)
    table.add(_WORDS, hugo.build())


def _time_live(site: Site, hugo: HugoSite | None, ours: Table, theirs: Table, rounds: int) -> None:
    command = (sys.executable, "-m", "plugins.press.serve", "--port", "{port}")
    server = Server(command, site.root, environment(site.root.parent), f"/essays/{site.middle.slug}/")
    seconds, said = server.save_to_served(site.edit_words, rounds)
    for each in seconds:
        ours.add(_LIVE, each, work_of(said))
    for each in hugo.server().save_to_served(hugo.edit_words, rounds)[0] if hugo else ():
        theirs.add(_LIVE, each)


def _print(number: int, rounds: int, ours: Table, theirs: Table) -> None:
    print(f"{number} essays, median of {rounds} (seconds are for information only; the ratios are the result)")
    ours.print("Broadside")
    if theirs.seconds:
        print("Hugo leaves citations and pull quotes as they are written, and has three short templates")
        theirs.print("Hugo")
    for name in theirs.seconds:
        print(f"ratio, {name}: Broadside takes {ours.median(name) / theirs.median(name):.2f} of Hugo's time")


if __name__ == "__main__":
    main()
