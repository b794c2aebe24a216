"""Sites to break builds of: an old and a new version, and what each must come to."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conftest import Site, run_pelican, write_site


PLAIN: Mapping[str, Any] = {
    "theme": "simple",
    "plugins": [],
    "direct_templates": ["index", "archives", "tags"],
    "paginated_templates": {"index": 10, "tag": 30, "author": 30},
}
Files = dict[str, bytes]


def essays(word: str, count: int) -> dict[str, str]:
    text = "Title: Essay {0}\nDate: 2024-01-0{1}\nTags: one, two, t{0}\nCategory: C\n\n{2} {0}\n"
    written = {f"content/essays/{number}.md": text.format(number, 1 + number % 3, word) for number in range(count)}
    return written | {"content/images/table.csv": f"{word},1\n"}


@dataclass(frozen=True, slots=True)
class Versions:
    """A site whose sources are new and whose output is old. `root` holds nothing but the site."""

    root: Path
    old: Files
    new: Files
    kept: Path

    def output(self) -> Files:
        return Site(self.root, 0, "", "").files()

    def restore(self) -> None:
        """Put the old output back, and forget what it was made of."""
        for name in ("output", ".cache"):
            shutil.rmtree(self.root / name, ignore_errors=True)
        shutil.copytree(self.kept, self.root / "output")

    def assert_tidy(self) -> None:
        """Nothing stands beside the output but the cache, and no process of a build lives on."""
        beside = {path.name for path in self.root.iterdir()} - {"__pycache__"}  # Python's own, of the settings
        assert beside == {".cache", "content", "output", "pelicanconf.py"}
        assert list(processes_in(self.root)) == []


def versions(folder: Path, count: int, settings: Mapping[str, Any] = PLAIN) -> Versions:
    root, outputs = folder / "site", []
    for word in ("new", "old"):
        write_site(root, essays(word, count), settings)
        site = run_pelican(root)
        assert site.exit_code == 0, site.stderr
        outputs.append(site.files())
    write_site(root, essays("new", count), settings)
    shutil.copytree(root / "output", folder / "kept")
    return Versions(root, outputs[1], outputs[0], folder / "kept")


def processes_in(folder: Path) -> Iterator[str]:
    """Yield the command of each process that works in a folder, where the system shows it."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").readlink() == folder and (command := (process / "cmdline").read_bytes()):
                yield command.replace(b"\0", b" ").decode()
        except OSError:
            continue
