"""The manifest: what it says, and what passes for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.press import manifest


def test_round_trip(tmp_path: Path) -> None:
    """What is written is read back, whatever the names of the files; links count as files."""
    (tmp_path / "a").mkdir()
    for name in ("z", "a/文章.html", 'quo"te\n'):
        (tmp_path / name).write_text(name, encoding="utf-8")
    entries = manifest.take(tmp_path)
    manifest.write(tmp_path, entries)
    assert manifest.read(tmp_path) == entries == manifest.take(tmp_path)
    assert [entry.name for entry in entries] == ["a/文章.html", 'quo"te\n', "z"]


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format": 2, "files": []}', '{"format": 1, "files": [1]}', "[" * 9999]
)
def test_not_ours(tmp_path: Path, text: str) -> None:
    """Anything else by the manifest's name is no manifest."""
    (tmp_path / manifest.NAME).write_text(text)
    assert manifest.read(tmp_path) is None
