"""Exchanging folders, with the kernel's call and without."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.press import swap


def folders(tmp_path: Path) -> tuple[Path, Path, Path]:
    new, output = tmp_path / "new", tmp_path / "output"
    for folder in (new, output):
        folder.mkdir()
        (folder / "name").write_text(folder.name)
    return new, output, tmp_path / "old"


def test_exchange(tmp_path: Path) -> None:
    """Both folders keep existing throughout: the old output ends where the new one was."""
    new, output, old = folders(tmp_path)
    swap.put_in_place(new, output, old)
    assert ((output / "name").read_text(), (new / "name").read_text(), old.exists()) == ("new", "output", False)


def test_two_renames(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system has no exchange, the old output is put aside first."""
    monkeypatch.setattr(swap, "exchange", lambda *_: False)
    new, output, old = folders(tmp_path)
    swap.put_in_place(new, output, old)
    assert ((output / "name").read_text(), (old / "name").read_text(), new.exists()) == ("new", "output", False)


def test_first_output(tmp_path: Path) -> None:
    """Without an output there is nothing to exchange."""
    new, _, old = folders(tmp_path)
    swap.put_in_place(new, tmp_path / "first", old)
    assert (tmp_path / "first/name").read_text() == "new"


def test_failure_is_told(tmp_path: Path) -> None:
    """An exchange that the system refuses raises, and changes nothing."""
    with pytest.raises(OSError, match="No such file"):
        swap.exchange(tmp_path / "gone", tmp_path / "also gone")
