"""Which files of a folder are sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.press.scan import Scan, files_below


def tree(root: Path, *names: str) -> Path:
    for name in names:
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return root / "content"


@pytest.mark.parametrize(
    ("start", "found"),
    [
        ("essays", ["essays/a.md", "essays/deep/b.md"]),
        ("", ["essays/a.md", "essays/deep/b.md", "top.md"]),
        (".", ["essays/a.md", "essays/deep/b.md", "top.md"]),
        ("./top.md", ["top.md"]),
        ("gone", []),
    ],
)
def test_start(tmp_path: Path, start: str, found: list[str]) -> None:
    """A start is a folder or a file, named from the content folder; one that does not exist holds nothing."""
    scan = Scan(tree(tmp_path, "top.md", "essays/deep/b.md", "essays/a.md"))
    scan.take(start)
    assert (scan.files, scan.problems) == (found, [])


def test_left_out(tmp_path: Path) -> None:
    """Hidden files, editors' copies, ignored patterns and excluded folders are no sources."""
    content = tree(tmp_path, "a.md", ".env", ".git/config", "a.md~", "b.tmp", "notes/c.md")
    scan = Scan(content, ("*.tmp",), frozenset({"notes"}))
    scan.take("")
    assert scan.files == ["a.md"]
    assert [path.name for path in files_below(content, ("*.tmp",))] == ["a.md", "c.md"]


def test_links_inside(tmp_path: Path) -> None:
    """A link to another file or folder of the content is followed."""
    content = tree(tmp_path, "a/x.md")
    (content / "b").symlink_to(content / "a")
    (content / "c.md").symlink_to(content / "a" / "x.md")
    scan = Scan(content)
    scan.take("")
    assert (scan.files, scan.problems) == (["a/x.md", "b/x.md", "c.md"], [])
