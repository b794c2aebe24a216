"""An output is published only if it is what a build wrote."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.press import manifest
from plugins.publishing.model import Refused
from plugins.publishing.names import MANIFEST
from plugins.publishing.output import files_of


@pytest.fixture
def output(tmp_path: Path) -> Path:
    folder = tmp_path / "output"
    (folder / "essays").mkdir(parents=True)
    (folder / "index.html").write_text("home")
    (folder / "essays" / "a.html").write_text("essay")
    manifest.write(folder, manifest.take(folder))
    return folder


def test_sound(output: Path) -> None:
    """A sound output's files are those of its manifest, and the manifest, each with git's id of its content."""
    files = files_of(output)
    assert files.keys() == {MANIFEST, "index.html", "essays/a.html"}
    hashed = subprocess.run(["git", "hash-object", "index.html"], cwd=output, capture_output=True, check=True)
    assert files["index.html"] == hashed.stdout.decode().strip()


def _empty(output: Path) -> None:
    for name in ("index.html", "essays/a.html", MANIFEST):
        (output / name).unlink()
    manifest.write(output, ())


def _only(output: Path, name: str) -> None:
    """Leave a sound output of one file."""
    _empty(output)
    (output / name).write_text("x")
    (output / MANIFEST).unlink()
    manifest.write(output, manifest.take(output))


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


SPOILS: dict[str, tuple[Callable[[Path], object], str]] = {
    "no manifest": (lambda output: (output / MANIFEST).unlink(), "has no .broadside.json, so no build finished it"),
    "broken manifest": (lambda output: (output / MANIFEST).write_text("[1]"), "cannot be read"),
    "empty": (_empty, 'the output "output" is empty; build it with make html'),
    "foreign file": (lambda output: (output / ".env").write_text("x"), 'the output holds ".env", which no build wrote'),
    "changed file": (lambda output: (output / "index.html").write_text("hack"), '"index.html" in the output is not as'),
    "lost file": (lambda output: (output / "index.html").unlink(), '"index.html" in the output is not as'),
    "link to a file": (lambda output: (output / "key").symlink_to(output / "index.html"), 'a symbolic link, "key"'),
    "pipe": (lambda output: _pipe(output / "index.html"), '"index.html" in the output is not as'),
    "no page": (lambda output: _only(output, "feed.xml"), 'the output "output" holds no page; build it with make html'),
    "odd name": (lambda output: (output / "a\nb").write_text("x"), 'the output holds "a\\nb", which no build wrote'),
    "link to a folder": (lambda output: (output / "etc").symlink_to("/etc"), 'a symbolic link, "etc"'),
}


@pytest.mark.parametrize("name", SPOILS)
def test_spoilt(output: Path, name: str) -> None:
    """An output that is not what its manifest says is refused, and the refusal names the file."""
    spoil, words = SPOILS[name]
    spoil(output)
    with pytest.raises(Refused) as refusal:
        files_of(output)
    assert words in str(refusal.value)


def written(output: Path, name: str) -> None:
    """Write a file into the output as a build would: it is in the manifest."""
    path = output / os.fsdecode(os.fsencode(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")
    (output / MANIFEST).unlink()
    manifest.write(output, manifest.take(output))


@pytest.mark.parametrize(
    "name", ["a\nM 100644 inline b", '"quoted', ".git", "a\tb", "sub/.GIT", "git~1/config", "\udcff.html", "a\x7fb"]
)
def test_unsafe_name(output: Path, name: str) -> None:
    """A name that could speak to git's import stream is refused, though a build wrote it."""
    written(output, name)
    with pytest.raises(Refused, match="a name that git cannot take safely") as refusal:
        files_of(output)
    assert str(refusal.value).isprintable()


@pytest.mark.parametrize(
    ("name", "option"),
    [
        (".env", ".env"),
        ("essays/.DS_Store", "essays/.DS_Store"),
        (".ssh/id_ed25519", ".ssh"),
        ("a/.b/.c/d", "a/.b"),
        ("sub/.well-known/x", "sub/.well-known"),
        ("sub/.nojekyll", "sub/.nojekyll"),
    ],
)
def test_hidden_file(output: Path, name: str, option: str) -> None:
    """A hidden file is refused, though a build wrote it, unless it is listed: by its name or by that of its folder."""
    written(output, name)
    with pytest.raises(Refused) as refusal:
        files_of(output)
    words = f'the output holds "{name}", a hidden file; take it out, or publish it with --dotfile={option}'
    assert str(refusal.value) == words
    assert name in files_of(output, (option,))
    assert name in files_of(output, (name,))


@pytest.mark.parametrize("name", [".nojekyll", ".well-known/security.txt", ".domains"])
def test_hidden_file_of_a_host(output: Path, name: str) -> None:
    """The hidden files that hosts and browsers ask for are published."""
    written(output, name)
    assert name in files_of(output)
