"""Where a build reaches: what it opens and what it changes, as the kernel sees it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.conftest import ROOT


pytestmark = [pytest.mark.slow, pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")]

CACHE = str(ROOT / ".cache")
OURS = ("content", "plugins", "themes", "pelicanconf.py", "publishconf.py")
# Python and its packages, what the system's libraries read, and what the kernel tells of itself.
SYSTEM = (sys.prefix, sys.base_prefix, "/usr", "/lib", "/lib64", "/etc", "/proc", "/sys", "/dev")
_CALL = re.compile(r"^\d+\s+(\w+)\((.*)\)\s+= (-?\d+)")
_PATH = re.compile(r'"((?:[^"\\]|\\.)*)"')
_LOOKS = ("open", "stat", "access", "readlink", "newfstatat", "statx")
_CHANGES = "mkdir rmdir unlink rename link symlink chmod chown truncate utime creat".split()


def test_reach(tmp_path: Path) -> None:
    """A strict build reads content, theme, plugins and configuration, and writes its output and its cache."""
    output, log, scratch = tmp_path / "site" / "output", tmp_path / "log", tmp_path / "scratch"
    scratch.mkdir()
    command = ["strace", "-f", "-y", "-qq", "-e", "trace=%file,openat", "-o", str(log), sys.executable, "-B"]
    command += ["-m", "pelican", "content", "-s", "publishconf.py", "--fatal", "warnings", "-o", str(output)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, env={**_environment(), "TMPDIR": str(scratch)}
    )
    assert (done.returncode, done.stderr) == (0, "")
    reads, writes = _reach(log.read_text(errors="replace"))
    ours = tuple(str(ROOT / name) for name in OURS)
    site = str(output.parent)
    strange = {path for path in reads if not _is_below(path, (*ours, *SYSTEM, site, str(scratch), CACHE))}
    assert strange - {str(ROOT), *map(str, ROOT.parents)} == set()
    assert {path for path in writes if not _is_below(path, (site, str(scratch), CACHE, "/dev"))} == set()
    assert sorted(path.name for path in output.parent.iterdir()) == ["output"]
    assert list(scratch.iterdir()) == []
    print(f"{len(reads)} paths read, {len(writes)} written")  # noqa: T201 - what a sweep found is asked for


def _environment() -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "HOME": tempfile.gettempdir(), "LC_ALL": "C.UTF-8"}


def _reach(log: str) -> tuple[set[str], set[str]]:
    """Return the files that were read, and the paths that were changed; a look that found nothing is no read."""
    reads, writes = set(), set()
    for line in log.splitlines():
        call = _CALL.match(line)
        if call is None or int(call[3]) < 0:
            continue
        name, arguments = call[1], call[2]
        paths = [_absolute(path, arguments) for path in _PATH.findall(arguments)]
        if (
            name.startswith(tuple(_CHANGES))
            or "O_WRONLY" in arguments
            or "O_RDWR" in arguments
            or "O_CREAT" in arguments
        ):
            writes.update(paths)
        elif name.startswith("open"):
            reads.update(paths)
    return reads, writes


def _absolute(path: str, arguments: str) -> str:
    folder = re.search(r"AT_FDCWD<([^>]*)>|^\d+<([^>]*)>", arguments)
    base = next(filter(None, folder.groups()), str(ROOT)) if folder else str(ROOT)
    return str(Path(base, path))


def _is_below(path: str, folders: tuple[str, ...]) -> bool:
    return any(Path(path).is_relative_to(folder) for folder in folders)
