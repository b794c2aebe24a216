"""Get at the bytes of a source, whatever takes its place in the meantime."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from plugins.shared.sources import open_inside


@pytest.fixture
def content(tmp_path: Path) -> Path:
    content = tmp_path / "content"
    (content / "images").mkdir(parents=True)
    (content / "images/a.txt").write_text("public")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/a.txt").write_text("secret")
    return content


def test_a_file_of_the_folder(content: Path) -> None:
    """A file is opened, and so is one that a link within the folder leads to."""
    (content / "b.txt").symlink_to(content / "images/a.txt")
    for name in ("images/a.txt", "b.txt"):
        with open_inside(content / name, content) as file:
            assert file.read() == b"public"


def test_a_link_in_its_place(content: Path) -> None:
    """What leads out of the folder is not read, be it the file or a folder above it."""
    (content / "b.txt").symlink_to(content.parent / "outside/a.txt")
    (content / "images").rename(content / "before")
    (content / "images").symlink_to(content.parent / "outside")
    for name in ("b.txt", "images/a.txt"):
        with pytest.raises(OSError, match="another file"):
            open_inside(content / name, content)


def test_a_pipe_in_its_place(content: Path) -> None:
    """A pipe is not waited for."""
    os.mkfifo(content / "pipe")
    with pytest.raises(OSError, match="another file"):
        open_inside(content / "pipe", content)
