"""A cache is never believed: broken, strange or old, it costs time and nothing else."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cache.sites import build
from tests.conftest import ROOT, Site
from tests.nursery import Nursery


PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")
NOTE = "the cache in .cache was damaged; what it lacks was made anew"


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def flip(file: Path) -> None:
    """Flip bits all over the file."""
    data = bytearray(file.read_bytes())
    for place in range(100, len(data), 499):
        data[place] ^= 1 << place % 8
    file.write_bytes(bytes(data))


def flip_values(file: Path) -> None:
    """Change every value, and leave the file sound."""
    with sqlite3.connect(file) as kept:
        kept.execute("UPDATE kept SET value = CAST(replace(CAST(value AS TEXT), 'a', 'b') AS BLOB)")


def strange(file: Path) -> None:
    """Have values of another shape, each with its checksum."""
    value = json.dumps({"~model": ["os.system", ["touch broken-in"]]}).encode()
    with sqlite3.connect(file) as kept:
        kept.execute("UPDATE kept SET value = ?, checksum = ?", (value, zlib.crc32(value)))


def no_database(file: Path) -> None:
    file.write_bytes(b"GIF89a" * 1000)


def folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize(
    "damage", [cut, flip, flip_values, strange, no_database, folder, Path.unlink], ids=lambda f: f.__name__
)
@pytest.mark.parametrize("name", ["kept.db", "record-*.db"])
def test_damage(root: Path, nursery: Nursery, name: str, damage: Callable[[Path], None]) -> None:
    """The output is the same, one note is said at most, nothing crashes and no code runs."""
    before = Site(root, 0, "", "").files()
    for edited in (False, True):
        file = next((root / ".cache").glob(name), None)
        if file is None:  # there was nothing to be done since it was lost
            continue
        damage(file)
        essay = root / "content/essays/one.md"
        if edited:
            essay.write_text(essay.read_text().replace("More.", "Many."))
        site = build(nursery, root)
        assert (site.exit_code, site.problems) == (0, [])
        assert site.stdout.count(NOTE) <= 1
        if not edited:
            assert site.files() == before
        if file.is_dir():
            file.rmdir()
            build(nursery, root)
    shutil.rmtree(root / ".cache")
    assert site.files() == build(nursery, root).files()
    assert not (root / "broken-in").exists()


@pytest.mark.parametrize("name", ["", "kept.db", "record", "images"])
def test_a_cache_that_leads_elsewhere(
    root: Path, nursery: Nursery, tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    """A link in the place of the cache, or of a part of it, is not followed: nothing is read or written there."""
    elsewhere, cache = tmp_path_factory.mktemp("elsewhere"), root / ".cache"
    (root / "content/images/dot.gif").write_bytes(PIXEL)
    for number in range(2):
        whole = build(nursery, root).files()
        link = next(cache.glob("record-*.db")) if name == "record" else cache / name
        shutil.rmtree(link) if link.is_dir() else link.unlink(missing_ok=True)
        link.symlink_to(elsewhere if name in {"", "images"} else elsewhere / "file")
        assert build(nursery, root).files() == whole
        essay = root / "content/essays/one.md"
        essay.write_text(essay.read_text() + f"\n\n![{number}]({{static}}/images/dot.gif)\n")
        site = build(nursery, root)
        assert (site.exit_code, site.problems, list(elsewhere.iterdir())) == (0, [], [])
        link.unlink()


def test_an_output_that_cannot_be_published(root: Path, nursery: Nursery) -> None:
    """Without its manifest, or as a link, an output is not said to be up to date."""
    manifest = root / "output/.broadside.json"
    manifest.write_text("{}")
    assert [line.split(": ")[1] for line in build(nursery, root).problems] == ["output-foreign"]
    shutil.rmtree(root / "output")
    assert build(nursery, root).exit_code == 0
    (root / "output").rename(root / "elsewhere")
    (root / "output").symlink_to(root / "elsewhere")
    assert [line.split(": ")[1] for line in build(nursery, root).problems] == ["output-foreign"]


def test_another_sites_cache(root: Path, nursery: Nursery) -> None:
    """The cache of another site, or of another version, is of no use and does no harm."""
    before = Site(root, 0, "", "").files()
    for file in (root / ".cache").glob("*.db"):
        with sqlite3.connect(file) as kept:
            kept.execute("UPDATE kept SET key = 'of another' WHERE key != ''")
    assert build(nursery, root).files() == before


def test_nothing_is_pickled(root: Path) -> None:
    """Every value in the cache is JSON."""
    for file in (root / ".cache").glob("*.db"):
        with sqlite3.connect(file) as kept:
            for (value,) in kept.execute("SELECT value FROM kept"):
                json.loads(value)


def test_two_builds_at_once(root: Path) -> None:
    """Of two builds of one output the second waits, and both end right."""
    essay = root / "content/essays/one.md"
    essay.write_text(essay.read_text().replace("Essay one", "Another"))
    command = [sys.executable, "-m", "plugins.press", "content", "-s", "pelicanconf.py"]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    both = [subprocess.Popen(command, cwd=root, env=environment, stdout=-1, stderr=-1, text=True) for _ in range(2)]
    ends = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], ends
    assert "Another" in Site(root, 0, "", "").read("archives/index.html")


def test_a_source_that_changes_while_it_is_built(root: Path, nursery: Nursery) -> None:
    """What is kept of a source is what was read of it: a later build sees what it has become."""
    plugin = (
        "from pathlib import Path\nfrom pelican import signals\nBY_TEXT = True\n"
        "def change(generators):\n"
        "    file = Path('content/essays/one.md')\n"
        "    if 'More.' in file.read_text():\n"
        "        file.write_text(file.read_text().replace('More.', 'Changed.'))\n"
        "def register():\n    signals.all_generators_finalized.connect(change)\n"
    )
    (root / "extra").mkdir()
    (root / "extra" / "meddling.py").write_text(plugin)
    settings = (root / "pelicanconf.py").read_text()
    (root / "pelicanconf.py").write_text(f"{settings}PLUGINS = [*PLUGINS, 'meddling']\nPLUGIN_PATHS = ['extra']\n")
    build(nursery, root)
    assert "Changed." in build(nursery, root).read("essays/one/index.html")
