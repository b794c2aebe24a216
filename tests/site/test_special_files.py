"""What is no file, wherever a source may stand, is named and not waited for."""

from __future__ import annotations

import os
import shutil
import socket
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, write_site
from tests.site.bad_inputs import FILES


PLACES = (
    "content/bibliography.bib", "content/bibliography.json", "content/bibliography.yaml", "content/essays/x.md",
    "content/extra/x.txt", "content/images/x.png", "content/images/x.svg", "content/pages/x.md", "content/robots.txt",
    "templates/article.html", "templates/new.html", "theme/static/x.css", "theme/templates/base.html",
)  # fmt: skip


def pipe(path: Path) -> None:
    os.mkfifo(path)


def unix_socket(path: Path) -> None:
    # The name of a socket is short: it is made where the process stands.
    here = Path.cwd()
    try:
        os.chdir(path.parent)
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def device(path: Path) -> None:
    try:
        os.mknod(path, 0o666 | stat.S_IFCHR, os.makedev(1, 5))  # that of /dev/zero, which has no end
    except PermissionError:
        pytest.skip("only root makes devices")


def link_to_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("make", [pipe, unix_socket, device, link_to_device])
def test_special_files(tmp_path: Path, make: Callable[[Path], None]) -> None:
    """Pipes, sockets, devices and links to them are named, all in one run, and nothing hangs."""
    shutil.copytree(ROOT / "themes/broadside", tmp_path / "theme")
    write_site(tmp_path, FILES, settings(tmp_path))
    for place in PLACES:
        path = tmp_path / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        make(path)
    command = [sys.executable, "-m", "plugins.press", "content"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=10, check=False
    )
    named = [line for line in done.stderr.splitlines() if "template-" not in line]
    assert [line.split(": ")[0] for line in named] == [f"{place}:1" for place in PLACES]
    assert {line.split(": ")[1] for line in named} <= {"source-special", "source-outside"}
    assert done.returncode == 1


def settings(root: Path) -> dict[str, object]:
    own = {"theme": str(root / "theme"), "theme_templates_overrides": [str(root / "templates")]}
    return {**own, "static_paths": ["images", "extra", "robots.txt"]}
