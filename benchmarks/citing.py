"""Time essays with many citations beside one pandoc process for each, and a bibliography of 20,000 items.

python -m benchmarks.citing --essays 500

Everything that is cited is made up: works, authors and places are numbers.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.essays import Essay
from benchmarks.live import Server
from benchmarks.site import Run, Site, environment
from plugins.citations import styles
from plugins.citations.settings import CitationSettings
from plugins.citations.worker import pandoc_path


_ESSAYS, _ITEMS, _CITATIONS, _SAMPLE = 500, 200, 20, 20
_LARGE = 20_000
_SAVES = 5
_DAY = date(2020, 1, 1)


# What essays cite, and what each kind has besides author, title and year.
_KINDS: tuple[dict[str, Any], ...] = (
    {"type": "book", "publisher": "Publisher", "publisher-place": "Nowhere"},
    {
        "type": "article-journal",
        "container-title": "Journal of Numbers",
        "volume": "12",
        "issue": "3",
        "page": "101-19",
    },
    {"type": "chapter", "container-title": "Numbers in Chapters", "publisher": "Publisher", "page": "20-41"},
    {"type": "webpage", "container-title": "A Site", "URL": "https://example.org/page"},
    {"type": "report", "publisher": "An Institute", "number": "7", "URL": "https://example.org/report"},
    {"type": "article-newspaper", "container-title": "The Daily Number", "publisher-place": "Nowhere"},
)


def item(number: int) -> dict[str, Any]:
    """Return a work that does not exist."""
    return {
        **_KINDS[number % len(_KINDS)],
        "id": f"work{number}",
        "author": [{"family": f"Author{number}", "given": "Given"}],
        "title": f"Synthetic Work Number {number}",
        "issued": {"date-parts": [[1900 + number % 100]]},
        "language": "en",
    }


def essay(number: int, items: int) -> Essay:
    """Return an essay that cites some of the works, and not those that another cites in the same order."""
    name, step = f"synthetic-{number}", 13 + 2 * (number // items)
    cited = [(number * 7 + place * step) % items for place in range(_CITATIONS)]
    body = "\n\n".join(
        f"Sentence {place} of synthetic essay {number} [@work{work}, p. {place + 1}]."
        for place, work in enumerate(cited)
    )
    metadata = {"title": f"Synthetic essay {number}", "date": _DAY + timedelta(days=number), "slug": name}
    metadata |= {"tags": [f"Tag {number % 20}"], "summary": "A synthetic essay."}
    return Essay(name, metadata, f"{body}\n")


def site_of(folder: Path, essays: int, items: int, style: str = "") -> Site:
    source = folder / "source"
    source.mkdir(parents=True)
    (source / "bibliography.json").write_text(json.dumps([item(number) for number in range(items)]), encoding="utf-8")
    site = Site.of(folder / "site", [essay(number, items) for number in range(essays)], source)
    if style:
        with (site.root / "pelicanconf.py").open("a", encoding="utf-8") as settings:
            settings.write(f"CITATIONS_STYLE = {style!r}\n")
    return site


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--essays", type=int, default=_ESSAYS)
    parser.add_argument("--items", type=int, default=_LARGE, help="how many the large bibliography has")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument(
        "--style", default=CitationSettings().style, help="by which all is cited (default: %(default)s)"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        _beside_pandoc(Path(folder, "many"), options.essays, options.rounds, options.style)
        _live(Path(folder, "many/site"), options.essays)
        _large(Path(folder), options.items, options.rounds)


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock, and of all processors together; on a busy machine only the second can be compared."""

    clock: float
    cpu: float

    @classmethod
    def of(cls, costs: list[Cost]) -> Cost:
        return cls(statistics.median(one.clock for one in costs), statistics.median(one.cpu for one in costs))


def _cost(do: Callable[[], object], times: float = 1) -> Cost:
    before, began = os.times(), time.perf_counter()
    do()
    after, seconds = os.times(), time.perf_counter() - began
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(seconds * times, cpu * times)


def _beside_pandoc(folder: Path, essays: int, rounds: int, style: str) -> None:
    site, runs, ours, theirs = site_of(folder, essays, _ITEMS, style), list[Run](), list[Cost](), list[Cost]()
    sample = sorted((site.root / "content/essays").glob("*.md"))[:: max(1, essays // _SAMPLE)][:_SAMPLE]
    for _ in range(rounds):
        site.clean()
        ours.append(_cost(lambda: runs.append(site.build("--profile"))))
        theirs.append(_cost(lambda: _pandoc(sample, site.root, style), essays / len(sample)))
    our, their = Cost.of(ours), Cost.of(theirs)
    print(f"{essays} essays with {_CITATIONS} citations each, of {_ITEMS} items, in {style}; median of {rounds}")
    print(
        f"Broadside, cold, {os.cpu_count()} cores: {our.clock:9.2f} s, {our.cpu:9.2f} s of processors  {runs[-1].work}"
    )
    print(
        f"pandoc, a process for each essay, one after another: {their.clock:9.2f} s, {their.cpu:9.2f} s of processors"
    )
    print(f"(from {len(sample)} of them)")
    print(f"ratio: pandoc takes {their.clock / our.clock:.1f} times as long, {their.cpu / our.cpu:.1f} times the cpu;")
    print("where our time goes:")
    print("\n".join(runs[-1].lines[:-1]))


def _pandoc(sample: list[Path], root: Path, style: str) -> None:
    path, bibliography = styles.find(style, root).path, root / "content/bibliography.json"
    command = [str(pandoc_path()), "--citeproc", f"--csl={path}", f"--bibliography={bibliography}", "--to=html"]
    for source in sample:
        subprocess.run([*command, str(source)], check=True, stdout=subprocess.DEVNULL)


def _live(root: Path, essays: int) -> None:
    """Print how long it takes from save to served to cite another page of a work, and to edit words beside it."""
    name = f"synthetic-{essays // 2}"
    source = root / f"content/essays/{name}.md"
    text = source.read_text(encoding="utf-8")

    def cite(mark: str) -> None:
        page = mark.strip("zlive")  # each save has another
        source.write_text(f"{text}\nA sentence with {mark} [@work1, p. 3{page}].\n", encoding="utf-8")

    def say(mark: str) -> None:
        source.write_text(f"{text}\nA sentence with {mark} in it.\n", encoding="utf-8")

    command = (sys.executable, "-m", "plugins.press.serve", "--port", "{port}")
    server = Server(command, root, environment(root.parent), f"/essays/{name}/")
    for words, save in (("a citation more", cite), ("words", say)):
        seconds, _ = server.save_to_served(save, _SAVES)
        print(f"from save to served, {words}: {statistics.median(seconds):.2f} s, at best {min(seconds):.2f} s")


def _large(folder: Path, items: int, rounds: int) -> None:
    sites = {number: site_of(folder / f"items{number}", 1, number) for number in (_ITEMS, items)}
    cold = {number: site.build() for number, site in sites.items()}
    warm: dict[int, list[Run]] = {number: [] for number in sites}
    for mark in range(rounds):
        for number, site in sites.items():
            site.edit_words(f"mark{mark}")
            warm[number].append(site.build("--profile"))
    print("one essay edited, beside a bibliography that is in the cache")
    for number, runs in warm.items():
        seconds = statistics.median(run.seconds for run in runs)
        share = f"{seconds / cold[number].seconds:.2f} of its cold build"
        print(f"{number:6} items: {seconds:.2f} s, {share}, {runs[-1].work}")
    small, large = (statistics.median(run.seconds for run in runs) for runs in warm.values())
    print(f"ratio: with {items} items it takes {large / small:.2f} of the time with {_ITEMS}; where it goes:")
    print("\n".join(warm[items][-1].lines[:-1]))


if __name__ == "__main__":
    main()
