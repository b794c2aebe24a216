"""A change of a few files: made whole by whoever comes next, wherever it was left."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plugins.press import journal


FILES = ("a.html", "b/index.html", ".broadside.json")


@pytest.fixture
def output(tmp_path: Path) -> Path:
    folder = tmp_path / "output"
    for name in (*FILES, "other.html"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("old")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "new"
    for name in FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("new")
    return folder


def texts(output: Path) -> dict[str, str]:
    found = (path for path in output.rglob("*") if path.is_file())
    return {path.relative_to(output).as_posix(): path.read_text() for path in found}


def test_commit(output: Path, folder: Path) -> None:
    """The named files are new, the others as they were, and nothing is left beside the output."""
    journal.commit(folder, output, FILES)
    assert texts(output) == {**dict.fromkeys(FILES, "new"), "other.html": "old"}
    assert [path.name for path in output.parent.iterdir()] == ["output"]


@pytest.mark.parametrize("done", range(len(FILES) + 1))
def test_left_in_the_middle(output: Path, folder: Path, done: int) -> None:
    """Whatever was done of a change, the next run does the rest."""
    (folder / ".broadside-changes.json").write_text(json.dumps(FILES))
    folder.rename(journal.place_of(output))
    for name in FILES[:done]:
        (journal.place_of(output) / name).replace(output / name)
    journal.complete(output)
    assert texts(output) == {**dict.fromkeys(FILES, "new"), "other.html": "old"}
    assert not journal.place_of(output).exists()


def test_a_strange_list(output: Path, folder: Path, tmp_path: Path) -> None:
    """A list that is none of ours moves nothing out of the output."""
    (folder / "evil").write_text("new")
    (folder / ".broadside-changes.json").write_text(json.dumps(["../evil", "/evil", 7, "evil/../../evil"]))
    folder.rename(journal.place_of(output))
    before = texts(output)
    journal.complete(output)
    assert texts(output) == before
    assert [path.name for path in tmp_path.iterdir()] == ["output"]
