"""An output is published only if it is what a build wrote."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.press import manifest
from plugins.publishing.model import Refused
from plugins.publishing.output import MANIFEST, files_of


@pytest.fixture
def output(tmp_path: Path) -> Path:
    folder = tmp_path / "output"
    (folder / "essays").mkdir(parents=True)
    (folder / "index.html").write_text("home")
    (folder / "essays" / "a.html").write_text("essay")
    manifest.write(folder, manifest.take(folder))
    return folder


def test_sound(output: Path) -> None:
    """A sound output's files are those of its manifest, and the manifest."""
    assert files_of(output) == {MANIFEST, "index.html", "essays/a.html"}


def _empty(output: Path) -> None:
    for name in ("index.html", "essays/a.html", MANIFEST):
        (output / name).unlink()
    manifest.write(output, ())


SPOILS: dict[str, tuple[Callable[[Path], object], str]] = {
    "no manifest": (lambda output: (output / MANIFEST).unlink(), "has no .broadside.json, so no build finished it"),
    "broken manifest": (lambda output: (output / MANIFEST).write_text("[1]"), "cannot be read"),
    "empty": (_empty, 'the output "output" is empty; build it with make html'),
    "foreign file": (lambda output: (output / ".env").write_text("x"), 'the output holds ".env", which no build wrote'),
    "changed file": (lambda output: (output / "index.html").write_text("hack"), '"index.html" in the output is not as'),
    "lost file": (lambda output: (output / "index.html").unlink(), '"index.html" in the output is not as'),
    "link to a file": (lambda output: (output / "key").symlink_to(output / "index.html"), 'a symbolic link, "key"'),
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


@pytest.mark.parametrize("name", ["a\nM 100644 inline b", '"quoted', ".git", "a\tb", "sub/.GIT"])
def test_unsafe_name(output: Path, name: str) -> None:
    """A name that could speak to git's import stream is refused, though a build wrote it."""
    path = output / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("x")
    (output / MANIFEST).unlink()
    manifest.write(output, manifest.take(output))
    with pytest.raises(Refused, match="a name that git cannot take safely"):
        files_of(output)
