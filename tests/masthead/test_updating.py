"""A site takes in a later Broadside by the commands of docs/updating.md, and keeps what is its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import clones
from tests.demo import OWNED
from tests.masthead.commands import commands


@pytest.fixture
def site(owned: Path, upstream: Path, tmp_path: Path) -> Path:
    """Return a site with an essay, a template and a setting of its own, and an upstream that it can follow."""
    later = clones.clone(upstream, tmp_path / "later")
    clones.done(owned, "git", "remote", "rename", "origin", "upstream")
    clones.done(owned, "git", "remote", "set-url", "upstream", later)
    essay = "---\ntitle: Mine\ndate: 2020-01-01\ntags: [Mine]\nsummary: Mine.\n---\n\nWords of my own.\n"
    (owned / "content" / "essays" / "mine.md").write_text(essay)
    (owned / "templates").mkdir(exist_ok=True)
    (owned / "templates" / "page.html").write_text(
        '{% extends "!theme/page.html" %}{% block title %}Of my own{% endblock title %}\n'
    )
    with (owned / "pelicanconf.py").open("a") as file:
        file.write("\nDEFAULT_CATEGORY = 'Mine'\n")
    clones.commit(owned, "Write")
    return owned


def own(root: Path) -> dict[str, bytes]:
    names = clones.done(root, "git", "ls-files", "content", "templates", "pelicanconf.py").split()
    return {name: (root / name).read_bytes() for name in names}


def append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def change_tools(later: Path) -> None:
    append(later / "plugins" / "essays" / "__init__.py", "# later\n")
    append(later / "themes" / "broadside" / "templates" / "page.html", "{# later #}\n")
    append(later / "tasks.py", "# later\n")
    clones.commit(later, "Mend")


def test_merge(site: Path, tmp_path: Path) -> None:
    """A change of plugins, theme and tooling is merged by git alone, and meets nothing of the site's own."""
    before = own(site)
    change_tools(tmp_path / "later")
    clones.done(site, "git", "fetch", "-q", "upstream")
    clones.done(site, "git", "merge", "-q", "--no-edit", "upstream/main")
    assert own(site) == before
    assert (site / "tasks.py").read_text(encoding="utf-8").endswith("# later\n")


def test_commands(site: Path, tmp_path: Path) -> None:
    """The commands keep content as it was, whatever upstream did to its demo, and the site builds cleanly."""
    before, later = own(site), tmp_path / "later"
    demo = sorted(path.name for path in (later / "content" / "essays").glob("*.md"))
    if not OWNED:
        append(later / "content" / "essays" / demo[0], "\nLater.\n")
        (later / "content" / "essays" / demo[1]).unlink()
        (later / "content" / "essays" / "new.md").write_text("---\ntitle: New\n---\n\nNew.\n")
        append(later / "content" / "bibliography.bib", "\n% later\n")
    change_tools(later)
    for command in commands("docs/updating.md", "Update"):
        end = clones.run(site, "sh", "-c", command) if command != "make check" else clones.build(site)
        assert end.returncode == 0 or command.startswith("git merge"), f"{command}\n{end.stdout}\n{end.stderr}"
    assert own(site) == before
    assert clones.done(site, "git", "status", "--porcelain") == ""
    assert "<title>Of my own</title>" in (site / "output" / "about" / "index.html").read_text(encoding="utf-8")
    assert "Mine" in (site / "output" / "essays" / "mine" / "index.html").read_text(encoding="utf-8")
