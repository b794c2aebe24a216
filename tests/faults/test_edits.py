"""An edit, killed at any moment or refused by the disk: each file is whole, and the rest is done the next time."""

from __future__ import annotations

import errno
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from plugins.publishing.model import Refused
from plugins.publishing.output import files_of
from tests.cache.sites import begin
from tests.conftest import Site, run_pelican
from tests.faults.failing import FailingDisk


SEED = 41


@dataclass(frozen=True, slots=True)
class Edited:
    """A site whose essay has been edited since it was built: `old` and `new` are its files before and after."""

    root: Path
    kept: Path
    old: dict[str, bytes]
    new: dict[str, bytes]

    def restore(self) -> None:
        """Put back what the last build left, times and all."""
        for path in self.root.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        subprocess.run(["cp", "-a", f"{self.kept}/.", str(self.root)], check=True)

    def files(self) -> dict[str, bytes]:
        return Site(self.root, 0, "", "").files()

    def check(self) -> None:
        """Every file is the old or the new one; what is half done cannot be published."""
        files = self.files()
        for name, data in files.items():
            assert data in (self.old.get(name), self.new.get(name)), name
        if files not in (self.old, self.new):
            with pytest.raises(Refused):
                files_of(self.root / "output")

    def complete(self, disk: FailingDisk) -> None:
        end, _ = disk.build(self.root)
        assert (end.exit_code, end.stderr, self.files()) == (0, "", self.new)
        assert not list(self.root.glob(".output*"))


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    root = tmp_path / "site"
    root.mkdir()
    begin(root)
    assert run_pelican(root).exit_code == 0
    old = Site(root, 0, "", "").files()
    essay = root / "content/essays/five.md"  # in two feeds
    essay.write_text(essay.read_text() + "\nMore words.\n")
    subprocess.run(["cp", "-a", str(root), str(tmp_path / "kept")], check=True)
    done = run_pelican(root)
    assert "output brought up to date" in done.stdout, done.stdout
    return Edited(root, tmp_path / "kept", old, Site(root, 0, "", "").files())


@pytest.fixture
def disk() -> Iterator[FailingDisk]:
    disk = FailingDisk()
    yield disk
    disk.close()


@pytest.mark.parametrize("kills", [3, pytest.param(200, marks=pytest.mark.slow)])
def test_kill(edited: Edited, disk: FailingDisk, kills: int) -> None:
    """The build of an edit is killed at random moments."""
    edited.restore()
    began = time.monotonic()
    run_pelican(edited.root)
    duration, chance = time.monotonic() - began, random.Random(SEED)
    for _ in range(kills):
        edited.restore()
        command = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", "-q"]
        with subprocess.Popen(command, cwd=edited.root, stdout=-3, stderr=-3) as build:
            time.sleep(chance.uniform(0.3, 1.05) * duration)
            build.send_signal(signal.SIGKILL)
        edited.check()
    edited.complete(disk)


@pytest.mark.parametrize("step", [20, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO], ids=errno.errorcode.get)
def test_every_change(edited: Edited, disk: FailingDisk, error: int, step: int) -> None:
    """The disk refuses a change, at every n-th of them."""
    edited.restore()
    end, changes = disk.build(edited.root)
    assert (end.exit_code, edited.files()) == (0, edited.new)
    for failing in range(1, changes + 1, step):
        edited.restore()
        end, _ = disk.build(edited.root, failing, error)
        assert "Traceback" not in end.stderr
        assert "internal error" not in end.stderr
        edited.check()
        edited.complete(disk)
