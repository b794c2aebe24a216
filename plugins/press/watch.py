"""Tell when a site's sources change: once for a burst of changes, never for what a build itself writes."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

from watchfiles import DefaultFilter, watch


_BURST = 400  # milliseconds within which one save, or a checkout of many files, is over
_STEP = 50  # milliseconds of quiet that end a burst


class Sources(DefaultFilter):
    """Pass what an author saves: nothing hidden (caches, staging folders, version control), nothing in the output."""

    def __init__(self, root: Path, output: Path) -> None:
        super().__init__()
        self._root, self._output = root, output

    def __call__(self, change: object, path: str) -> bool:
        changed = Path(path)
        if changed.is_relative_to(self._output):
            return False
        below = changed.relative_to(self._root) if changed.is_relative_to(self._root) else Path(changed.name)
        return not any(part.startswith(".") for part in below.parts) and super().__call__(change, path)  # type: ignore[arg-type]


def watch_sources(root: Path, folders: Iterable[Path], output: Path) -> Iterator[None]:
    """Start to watch `folders`, and the files right in `root`; yield after each burst of changes."""
    sources = Sources(root, output)
    inside = [folder for folder in folders if folder.is_dir()]
    changed = threading.Event()
    for paths, deep in ((inside, True), ([root], False)):
        threading.Thread(target=_listen, args=(paths, deep, sources, changed), daemon=True).start()
    return _bursts(changed)


def _bursts(changed: threading.Event) -> Iterator[None]:
    while True:
        changed.wait()
        changed.clear()
        yield


def _listen(paths: list[Path], deep: bool, sources: Sources, changed: threading.Event) -> None:  # noqa: FBT001
    for _ in watch(*paths, recursive=deep, watch_filter=sources, debounce=_BURST, step=_STEP):
        changed.set()
