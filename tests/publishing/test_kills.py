"""A kill at any step leaves the remote at the old site or the new one, and the next publication right."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from plugins.publishing.model import Options
from plugins.publishing.publish import publish
from tests.publishing.site import PAGES, Files, Site, git


ROOT = Path(__file__).resolve().parents[2]
OLD: Files = {**PAGES, "old.html": "old"}
NEW: Files = {**PAGES, "new.html": "new", "index.html": "new home"}
NEXT: Files = {**PAGES, "next.html": "next"}

# Publishes what lies in the output, in a group of processes of its own.
DRIVER = """\
import os, sys
from pathlib import Path
from plugins.publishing.model import Options
from plugins.publishing.publish import publish
Path(sys.argv[1]).write_text(str(os.getpid()))
print(publish(Path.cwd(), Options(), lambda root: root / "output"))
"""
# Stands before git on PATH: counts the calls, and at the one named kills, before or after git did its work.
WRAPPER = """\
#!/bin/sh
echo x >> "$KILLS/calls"
if [ "$(wc -l < "$KILLS/calls")" -ne "$KILL_AT" ]; then exec "$REAL_GIT" "$@"; fi
[ "$KILL_WHEN" = before ] || "$REAL_GIT" "$@"
case "$KILL_WHOM" in
parent) kill -9 "$PPID" ;;
command) kill -9 "$(cat "$KILLS/pid")" ;;
all) kill -9 "-$(cat "$KILLS/pid")" ;;
esac
[ "$KILL_WHEN" = after ] || exec "$REAL_GIT" "$@"
"""


def started(site: Site, folder: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-c", DRIVER, str(folder / "pid")]
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(
        words, cwd=site.root, env=environment, stdout=nowhere, stderr=nowhere, start_new_session=True
    )


def wait_for_orphans(group: int) -> None:
    """Wait until what a killed command had started has ended by itself."""
    for _ in range(500):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)
    raise AssertionError("something goes on")


def killed(site: Site, folder: Path, at: int, when: str = "before", whom: str = "parent") -> int:
    """Publish NEW, kill at the n-th call of git, wait for all that is left to end; return how many calls there were."""
    folder.mkdir()
    wrapper = folder / "git"
    wrapper.write_text(WRAPPER)
    wrapper.chmod(0o755)
    site.build(NEW)(site.root)
    real = shutil.which("git")
    assert real
    environment = {
        **os.environ,
        "PATH": f"{folder}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "KILLS": str(folder),
        "KILL_AT": str(at),
        "KILL_WHEN": when,
        "KILL_WHOM": whom,
        "REAL_GIT": real,
    }
    run = started(site, folder, environment)
    run.wait()
    wait_for_orphans(run.pid)
    return len((folder / "calls").read_text().splitlines())


def check(site: Site, old: str) -> bool:
    """Check that the remote is whole and at OLD or NEW, and that the next publication is right; tell if it was NEW."""
    now = git(site.remote, "rev-parse", "gh-pages").strip()
    is_new = now != old
    assert site.published() == {**(NEW if is_new else OLD), ".nojekyll": ""}
    assert not is_new or git(site.remote, "rev-parse", "gh-pages~1").strip() == old
    for folder in (site.remote, site.root):
        assert git(folder, "fsck", "--strict", "--no-dangling") == ""
    assert publish(site.root, Options(), site.build(NEXT)).startswith("published to")
    assert site.published() == {**NEXT, ".nojekyll": ""}
    assert git(site.remote, "rev-parse", "gh-pages~1").strip() == now
    assert git(site.root, "for-each-ref", "--format=%(refname:short)", "refs/heads").split() == ["trunk"]
    return is_new


def ready(site: Site) -> str:
    publish(site.root, Options(), site.build(OLD))
    return git(site.remote, "rev-parse", "gh-pages").strip()


@pytest.mark.parametrize("whom", ["parent", "all"])
@pytest.mark.parametrize("part", [0.4, 0.75])
def test_kill(site: Site, tmp_path: Path, part: float, whom: str) -> None:
    """A kill in the middle of fetching or importing."""
    old = ready(site)
    calls = killed(site, tmp_path / "counted", 0)
    git(site.remote, "update-ref", "refs/heads/gh-pages", old)
    git(site.root, "update-ref", "-d", "refs/broadside/published/origin/gh-pages")
    git(site.root, "update-ref", "-d", "refs/remotes/origin/gh-pages")
    killed(site, tmp_path / "killed", int(calls * part), "after", whom)
    assert not check(site, old)


def _hook(site: Site, name: str, words: str) -> None:
    path = site.remote / "hooks" / name
    path.write_text(f"#!/bin/sh\n{words}\n")
    path.chmod(0o755)


@pytest.mark.parametrize(("hook", "arrived"), [("pre-receive", False), ("update", False), ("post-receive", True)])
def test_kill_inside_the_push(site: Site, tmp_path: Path, hook: str, *, arrived: bool) -> None:
    """A kill of everything, the receiving side too, before the branch moves and after."""
    old = ready(site)
    _hook(site, hook, f'kill -9 "-$(cat "{tmp_path}/killed/pid")"')
    killed(site, tmp_path / "killed", 0)
    (site.remote / "hooks" / hook).unlink()
    assert check(site, old) is arrived


@pytest.mark.slow
@pytest.mark.parametrize("whom", ["parent", "command", "all"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_kill_at_every_call(site: Site, tmp_path: Path, when: str, whom: str) -> None:
    """A kill at each call of git, by the command and by ghp-import, before git does its work and after."""
    ends = set()
    at = 0
    while True:
        at += 1
        publish(site.root, Options(shrink=True), site.build(OLD))
        old = git(site.remote, "rev-parse", "gh-pages").strip()
        if killed(site, tmp_path / f"kill{at}", at, when, whom) < at:
            break
        ends.add(check(site, old))
    assert at > 20
    assert ends == {False, True}


@pytest.mark.slow
@pytest.mark.parametrize("milliseconds", range(150, 1350, 50))
def test_kill_at_any_time(site: Site, tmp_path: Path, milliseconds: int) -> None:
    """A kill of everything at some moment."""
    old = ready(site)
    site.build(NEW)(site.root)
    run = started(site, tmp_path, {**os.environ, "PYTHONPATH": str(ROOT)})
    try:
        run.wait(milliseconds / 1000)
    except subprocess.TimeoutExpired:
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
    wait_for_orphans(run.pid)
    check(site, old)
