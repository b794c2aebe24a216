"""Build the same essays with Broadside and with plain Pelican, in turns, and print the ratio."""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import essays
from benchmarks.essays import CONTENT, ROOT
from benchmarks.site import put_aside


_REPEATED = 500

_BROADSIDE = f"""\
import sys
sys.path.insert(0, {str(ROOT)!r})
from pelicanconf import *
PATH, OUTPUT_PATH = "content", "output"
"""
# Pelican with what a site of essays has anyway: typography, tags, a feed, pages of ten.
PELICAN = """\
SITENAME, SITEURL, PATH, TIMEZONE, DEFAULT_LANG = "Essays", "https://essays.example", "content", "UTC", "en"
ARTICLE_URL, ARTICLE_SAVE_AS = "essays/{slug}/", "essays/{slug}/index.html"
ARTICLE_PATHS, PAGE_PATHS, STATIC_PATHS = ["essays"], ["pages"], ["images", "extra"]
THEME, TYPOGRIFY, DEFAULT_PAGINATION = "simple", True, 10
FEED_ALL_ATOM, FEED_MAX_ITEMS, CATEGORY_FEED_ATOM, TRANSLATION_FEED_ATOM = "feeds/atom.xml", 20, None, None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
"""


@dataclass(slots=True)
class Side:
    name: str
    root: Path
    seconds: list[float] = field(default_factory=list)
    exit_code: int = 0

    def write(self, chosen: list[essays.Essay], conf: str) -> None:
        essays.write(chosen, self.root / "content", plain=conf is PELICAN)
        essays.copy_surroundings(CONTENT, self.root / "content")
        (self.root / "conf.py").write_text(conf, encoding="utf-8")

    @property
    def command(self) -> list[str]:
        return [sys.executable, "-m", "pelican", "content", "--settings", "conf.py", "--output", "output"]

    def clean(self) -> None:
        put_aside(self.root, "output", ".cache")

    def build(self) -> None:
        self.clean()
        began = time.perf_counter()
        done = subprocess.run(self.command, cwd=self.root, capture_output=True, check=False)
        self.seconds.append(time.perf_counter() - began)
        self.exit_code = done.returncode

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    def __str__(self) -> str:
        built = sum(1 for _ in (self.root / "output").glob("essays/*/index.html"))
        spread = f"{min(self.seconds):.2f}-{max(self.seconds):.2f}"
        return f"{self.name:14} {self.median:7.2f} s ({spread})   {built} essays built, exit {self.exit_code}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--essays", type=int, default=_REPEATED, help="repeat the demo essays to so many")
    options = parser.parse_args()
    rounds = options.rounds
    with tempfile.TemporaryDirectory() as folder:
        number, sides = _sites(Path(folder), os.environ.get("BENCH_ESSAYS", ""), options.essays)
        for _ in range(rounds):
            for side in sides:
                side.build()
        _print(number, rounds, *sides)


def _sites(folder: Path, corpus: str, number: int) -> tuple[int, tuple[Side, Side]]:
    chosen = essays.read(Path(corpus)) if corpus else essays.repeat(essays.read(CONTENT / "essays"), number)
    if not chosen:
        sys.exit(f'no essay with YAML front matter in "{corpus or CONTENT / "essays"}"')
    ours = Side("Broadside", folder / "broadside")
    plain = Side("plain Pelican", folder / "pelican")
    for side, conf in ((ours, _BROADSIDE), (plain, PELICAN)):
        side.write(chosen, conf)
    return len(chosen), (ours, plain)


def _print(number: int, rounds: int, ours: Side, plain: Side) -> None:
    print(f"{number} essays, cold builds in turns, median of {rounds} (seconds are for information only)")
    print("Broadside also checks, cites and pulls quotes; plain Pelican leaves those marks as they are written")
    for side in (ours, plain):
        print(side)
    print(f"ratio: Broadside takes {ours.median / plain.median:.2f} of plain Pelican's time")


if __name__ == "__main__":
    main()
