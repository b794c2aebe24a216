"""A disk that is full or broken, at every change that a build makes to it: one whole site, one line, nothing left."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import run_pelican
from tests.faults.failing import FailingDisk
from tests.faults.sites import Versions, versions


needs_root = pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="a small disk is mounted by root")
needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
SAMPLE, EVERY = 10, 1


@pytest.fixture
def disk() -> Iterator[FailingDisk]:
    disk = FailingDisk()
    yield disk
    disk.close()


def assert_sound_end(site: Versions, code: int, stderr: str) -> None:
    """Check that the build failed in one line and left the old site, or is done with the new one."""
    output = site.output()
    assert output in (site.old, site.new)
    assert code in {0, 1}
    assert code == 1 or output == site.new
    assert "Traceback" not in stderr
    assert "internal error" not in stderr
    assert stderr.count("\n") == code, stderr
    assert ("output left as it was" in stderr) == (code == 1 and output == site.old)


@pytest.mark.parametrize("step", [SAMPLE, pytest.param(EVERY, marks=pytest.mark.slow)])
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO], ids=errno.errorcode.get)
def test_every_change(quick_path: Path, disk: FailingDisk, error: int, step: int) -> None:
    """Making, opening, renaming or removing a file fails, at every n-th of them."""
    site = versions(quick_path, 2)
    end, changes = disk.build(site.root)
    assert (end.exit_code, site.output()) == (0, site.new)
    assert changes > 20
    for failing in range(1, changes + 1, step):
        site.restore()
        end, _ = disk.build(site.root, failing, error)
        assert_sound_end(site, end.exit_code, end.stderr)
        end, _ = disk.build(site.root)
        assert (end.exit_code, end.stderr, site.output()) == (0, "", site.new)
        site.assert_tidy()


@pytest.mark.slow
@needs_strace
@pytest.mark.parametrize("call", ["write", "fsync", "syncfs", "renameat2", "flock"])  # files are copied by writing them
@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
def test_every_call(quick_path: Path, call: str, error: str) -> None:
    """The system refuses a write, a sync, a lock or the exchange, at every n-th of them."""
    site = versions(quick_path, 2)
    for number in range(1, 400):
        site.restore()
        log = quick_path / "log"
        fault = [f"--inject={call}:error={error}:when={number}", f"--trace={call}", "-qqq", "-f", "-o", str(log)]
        done = _build(["strace", *fault], site.root)
        if "(INJECTED)" not in log.read_text():
            assert number > 1
            return
        if re.search(r"write\([12],.*INJECTED", log.read_text()):  # nothing can be said where nobody listens
            assert site.output() in (site.old, site.new)
        else:
            assert_sound_end(site, done.returncode, done.stderr)
        again = run_pelican(site.root)
        assert (again.exit_code, again.stderr, site.output()) == (0, "", site.new)
        site.assert_tidy()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk in memory, large at first."""
    folder = tmp_path / "disk"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m,nr_inodes=10000", "tmpfs", folder], check=True)
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


@pytest.mark.slow
@needs_root
@pytest.mark.parametrize("measure", ["size", "nr_inodes"])
def test_small_disk(small_disk: Path, measure: str) -> None:
    """A real disk runs out of pages, or of files, at every one that a build needs."""
    site = versions(small_disk, 2)
    site.restore()  # what an earlier build kept would be room to spare
    used = _used(small_disk, measure)
    for more in range(1, 400):
        site.restore()
        _limit(small_disk, measure, used + more)
        done = run_pelican(site.root)
        _limit(small_disk, measure, used + 10_000)
        assert_sound_end(site, done.exit_code, done.stderr)
        if done.exit_code == 0:
            assert more > 5
            return
        again = run_pelican(site.root)
        assert (again.exit_code, again.stderr, site.output()) == (0, "", site.new)
        site.assert_tidy()
    pytest.fail("the build never had enough")


def _used(folder: Path, measure: str) -> int:
    found = os.statvfs(folder)
    return found.f_files - found.f_ffree if measure == "nr_inodes" else found.f_blocks - found.f_bfree


def _limit(folder: Path, measure: str, count: int) -> None:
    value = f"{count * os.statvfs(folder).f_bsize}" if measure == "size" else f"{count}"
    subprocess.run(["mount", "-o", f"remount,{measure}={value}", folder], check=True)


def _build(before: list[str], root: Path) -> subprocess.CompletedProcess[str]:
    command = [*before, sys.executable, "-Bm", "pelican", "content", "-s", "pelicanconf.py"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
