"""Changed pages are listed, whatever their names."""

from __future__ import annotations

from pathlib import Path

from plugins.workflows.changes import Changes, compare, files_of, listing
from tests import clones


def test_compare() -> None:
    """A file is added, changed or removed by its name and digest."""
    assert compare({"a": "1", "b": "1", "c": "1"}, {"b": "1", "c": "2", "d": "1"}) == Changes(("d",), ("c",), ("a",))


def test_no_manifest() -> None:
    """What is no manifest has no files."""
    for text in ("", "[]", "{", '{"files": [1]}', '{"files": {}}', "[" * 100_000):
        assert files_of(text) == {}


def test_listing() -> None:
    """Pages come first, the rest is counted; a name cannot write Markdown or HTML of its own."""
    text = listing(Changes(("feed.xml", "a/index.html", "</pre><img src=x>\n\n# b"), (), ("c.html",)))
    assert text == (
        "## Changed pages\n\n### Added: 1 page and 2 other files\n\n<pre>\na/index.html\n"
        "&lt;/pre&gt;&lt;img src=x&gt;\\n\\n# b\nfeed.xml\n</pre>\n\n### Removed: 1 page\n\n<pre>\nc.html\n</pre>\n"
    )


def test_long_listing() -> None:
    """A list that is very long is cut, and says so."""
    text = listing(Changes(tuple(f"{number}.html" for number in range(900)), (), ()))
    assert "900 pages" in text
    assert "… and 400 more" in text


def test_none() -> None:
    """No change is said in words."""
    assert "No page differs" in listing(Changes((), (), ()))


def test_command(tmp_path: Path) -> None:
    """Two commits of a clone are compared by building both; the clone is left as it was."""
    root = clones.upstream(tmp_path / "site")
    (root / "content" / "pages" / "new.md").write_text("---\ntitle: New\nsummary: New.\n---\n\nNew.\n")
    clones.commit(root, "Add a page")
    end = clones.module(root, "plugins.workflows", "changes")
    assert end.returncode == 0
    assert "### Added: 1 page\n\n<pre>\nnew/index.html\n</pre>" in end.stdout
    assert clones.done(root, "git", "status", "--porcelain") == ""
    assert (
        "Not compared: git has no commit 'nothing'"
        in clones.module(root, "plugins.workflows", "changes", "--since=nothing").stdout
    )
