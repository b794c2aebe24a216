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
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.essays import Essay
from benchmarks.site import Run, Site
from plugins.citations import styles
from plugins.citations.settings import CitationSettings
from plugins.citations.worker import pandoc_path


_ESSAYS, _ITEMS, _CITATIONS, _SAMPLE = 500, 200, 20, 20
_LARGE = 20_000
_DAY = date(2020, 1, 1)


def item(number: int) -> dict[str, Any]:
    """Return a book that does not exist."""
    return {
        "id": f"work{number}",
        "type": "book",
        "author": [{"family": f"Author{number}", "given": "Given"}],
        "title": f"Synthetic Work Number {number}",
        "publisher": f"Publisher {number % 17}",
        "publisher-place": "Nowhere",
        "issued": {"date-parts": [[1900 + number % 100]]},
        "language": "en",
    }


def essay(number: int, items: int) -> Essay:
    name = f"synthetic-{number}"
    cited = [(number * 7 + place * 13) % items for place in range(_CITATIONS)]
    body = "\n\n".join(
        f"Sentence {place} of synthetic essay {number} [@work{work}, p. {place + 1}]."
        for place, work in enumerate(cited)
    )
    metadata = {"title": f"Synthetic essay {number}", "date": _DAY + timedelta(days=number), "slug": name}
    metadata |= {"tags": [f"Tag {number % 20}"], "summary": "A synthetic essay."}
    return Essay(name, metadata, f"{body}\n")


def site_of(folder: Path, essays: int, items: int) -> Site:
    source = folder / "source"
    source.mkdir(parents=True)
    (source / "bibliography.json").write_text(json.dumps([item(number) for number in range(items)]), encoding="utf-8")
    return Site.of(folder / "site", [essay(number, items) for number in range(essays)], source)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--essays", type=int, default=_ESSAYS)
    parser.add_argument("--items", type=int, default=_LARGE, help="how many the large bibliography has")
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        _beside_pandoc(Path(folder, "many"), options.essays, options.rounds)
        _large(Path(folder), options.items, options.rounds)


def _beside_pandoc(folder: Path, essays: int, rounds: int) -> None:
    site, ours, theirs = site_of(folder, essays, _ITEMS), list[Run](), list[float]()
    sources = sorted((site.root / "content/essays").glob("*.md"))
    for _ in range(rounds):
        site.clean()
        ours.append(site.build("--profile"))
        theirs.append(_pandoc(sources[:: max(1, essays // _SAMPLE)][:_SAMPLE], site.root) * essays)
    seconds, other = statistics.median(run.seconds for run in ours), statistics.median(theirs)
    print(f"{essays} essays with {_CITATIONS} citations each, of {_ITEMS} items; median of {rounds}")
    print(f"Broadside, cold, {os.cpu_count()} cores: {seconds:9.2f} s  {ours[-1].work}")
    print(f"pandoc, a process for each essay, one after another: {other:9.2f} s, from {min(essays, _SAMPLE)} of them")
    print(f"ratio: Broadside takes {seconds / other:.3f} of pandoc's time; where it goes:")
    print("\n".join(ours[-1].lines[:-1]))


def _pandoc(sample: list[Path], root: Path) -> float:
    """Return the seconds that pandoc takes for an essay."""
    style = styles.find(CitationSettings().style, root).path
    bibliography = root / "content/bibliography.json"
    command = [str(pandoc_path()), "--citeproc", f"--csl={style}", f"--bibliography={bibliography}", "--to=html"]
    began = time.perf_counter()
    for source in sample:
        subprocess.run([*command, str(source)], check=True, stdout=subprocess.DEVNULL)
    return (time.perf_counter() - began) / len(sample)


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
