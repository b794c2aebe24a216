"""Tell when a site's sources change: once for a burst of changes, never for what a build itself writes."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

from watchfiles import DefaultFilter, watch


_LONGEST = 1600  # milliseconds after which changes are told although more are coming
_STEP = 10  # milliseconds of quiet that end the save of one file
_BESIDE = frozenset({".py", ".csl"})  # what a site is made from beside its folders: settings, styles of citations
_BURST = 0.15  # seconds of quiet that end a checkout, or whatever touches many files


class Sources(DefaultFilter):
    """Pass what an author saves: nothing hidden (caches, staging folders, version control), nothing in the output."""

    def __init__(self, root: Path, output: Path) -> None:
        super().__init__()
        self._root, self._output = root, output

    def __call__(self, change: object, path: str) -> bool:
        changed = Path(path)
        if changed.is_relative_to(self._output):
            return False
        if changed.parent == self._root and changed.suffix not in _BESIDE:
            return False
        below = changed.relative_to(self._root) if changed.is_relative_to(self._root) else Path(changed.name)
        return not any(part.startswith(".") for part in below.parts) and super().__call__(change, path)  # type: ignore[arg-type]


def watch_sources(root: Path, folders: Iterable[Path], output: Path) -> Iterator[frozenset[str]]:
    """Start to watch `folders`, and the files right in `root`; yield the paths of each burst of changes."""
    sources = Sources(root, output)
    inside = [folder for folder in folders if folder.is_dir()]
    heard: queue.SimpleQueue[frozenset[str]] = queue.SimpleQueue()
    for paths, deep in ((inside, True), ([root], False)):
        threading.Thread(target=_listen, args=(paths, deep, sources, heard), daemon=True).start()
    return _bursts(heard)


def _bursts(heard: queue.SimpleQueue[frozenset[str]]) -> Iterator[frozenset[str]]:
    while True:
        paths = heard.get()
        while len(paths) > 1 or not all(map(Path.exists, map(Path, paths))):  # more may be on the way
            try:
                paths |= heard.get(timeout=_BURST)
            except queue.Empty:
                break
        yield paths


def _listen(paths: list[Path], deep: bool, sources: Sources, heard: queue.SimpleQueue[frozenset[str]]) -> None:  # noqa: FBT001
    for changes in watch(*paths, recursive=deep, watch_filter=sources, debounce=_LONGEST, step=_STEP):
        heard.put(frozenset(path for _, path in changes))
