"""A clone becomes somebody's own: nothing is lost, and what is left builds without a problem."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.masthead.content import demo, starter
from tests import clones
from tests.demo import OWNED


INIT = ("plugins.masthead", "--yes", "--address", "https://ada.example/essays", "--author", "Ada", "--licence", "none")


def init(root: Path, *more: str, name: str = 'Ada\'s "notes" & more') -> str:
    end = clones.module(root, *INIT, "--name", name, *more)
    assert end.returncode == 0, end.stderr
    return end.stdout


def refusal(root: Path, *more: str) -> str:
    """Return why init refuses, having seen that it changed nothing."""
    before = status(root)
    end = clones.module(root, *INIT, "--name", "Essays", *more)
    assert (end.returncode, end.stdout) == (1, "")
    assert status(root) == before
    return end.stderr


def status(root: Path) -> list[str]:
    return clones.done(root, "git", "status", "--porcelain", "--no-renames", "--untracked-files=all").splitlines()


def test_demo_is_listed() -> None:
    """The list of the demo's files is the demo; if not, run `git ls-files content > plugins/masthead/demo.txt`."""
    if OWNED:
        pytest.skip("this site is somebody's own already")
    assert sorted(demo()) == clones.done(clones.ROOT, "git", "ls-files", "content").splitlines()


def test_starter_meets_no_file_of_the_demo() -> None:
    """A new site's files have names of their own, so that an update of the demo never meets them."""
    assert not starter("2026-03-02").keys() & demo()


def test_init(fresh: Path) -> None:
    """The demo is in examples/ to the byte, the facts are written, and a strict build is clean."""
    before = {name: (fresh / name).read_bytes() for name in demo()}
    init(fresh)
    assert {name: (fresh / name.replace("content", "examples", 1)).read_bytes() for name in demo()} == before
    examples = [f"?? {name.replace('content', 'examples', 1)}" for name in demo()]
    written = [f"?? {name}" for name in starter("")]
    assert sorted(status(fresh)) == sorted(
        [f" D {name}" for name in demo()] + examples + written + [" M pelicanconf.py"]
    )
    diff = clones.done(fresh, "git", "diff", "--unified=0", "pelicanconf.py").splitlines()
    assert [line for line in diff if line.startswith("+") and not line.startswith("+++")] == [
        "+SITENAME = 'Ada\\'s \"notes\" & more'",
        '+SITESUBTITLE = ""',
        '+SITEURL = "https://ada.example/essays"',
        '+AUTHOR = "Ada"',
        '+LICENSE = ""',
        '+LICENSE_URL = ""',
    ]
    end = clones.build(fresh)
    assert (end.returncode, end.stderr) == (0, "")
    index = (fresh / "output" / "index.html").read_text(encoding="utf-8")
    assert "Ada" in index
    assert "Broadside" not in index.replace("Broadside</a>", "")
    assert not list((fresh / "output").rglob("*first-essay*"))


def test_draft_is_shown_to_its_author(fresh: Path) -> None:
    """The draft that a new site begins with builds without a problem, with its citation and its pull quote."""
    init(fresh)
    end = clones.module(fresh, "pelican", "content", "-s", "pelicanconf.py", "--fatal", "warnings")
    assert (end.returncode, end.stderr) == (0, "")
    draft = (fresh / "output" / "drafts" / "first-essay" / "index.html").read_text(encoding="utf-8")
    assert "pull-quote" in draft
    assert "Other People" in draft


def test_again_is_refused(owned: Path) -> None:
    """A site that has an owner is left alone."""
    assert "is not part of the demo: this site has an owner" in refusal(owned)


@pytest.mark.parametrize("name", ["content/essays/mine.md", "examples/note.md"])
def test_foreign_file(fresh: Path, name: str) -> None:
    """A file of the owner's own stops init; with --again it stays where it is."""
    (fresh / name).parent.mkdir(exist_ok=True)
    (fresh / name).write_text("---\ntitle: Mine\ndate: 2020-01-01\nsummary: Mine.\n---\n\nMine.\n")
    assert f'"{name}" is not part of the demo' in refusal(fresh)
    init(fresh, "--again")
    assert "Mine." in (fresh / name).read_text()
    assert not (fresh / "content" / "pages" / "about.md").exists()


def test_changed_demo(fresh: Path) -> None:
    """A demo file that was changed and not committed stops init; with --again it is moved as it is."""
    with (fresh / "content" / "pages" / "about.md").open("a") as file:
        file.write("\nMine.\n")
    assert '"content/pages/about.md" differs from the demo' in refusal(fresh)
    init(fresh, "--again")
    assert "\nMine.\n" in (fresh / "examples" / "pages" / "about.md").read_text()


def test_no_example_is_overwritten(fresh: Path) -> None:
    """A file that stands where one of the demo's would go is never overwritten."""
    (fresh / "examples" / "pages").mkdir(parents=True)
    (fresh / "examples" / "pages" / "about.md").write_text("Mine.\n")
    assert "would be moved onto it" in refusal(fresh, "--again")


def test_interrupted(fresh: Path) -> None:
    """Stopped half-way, init goes on with --again."""
    (fresh / "examples" / "pages").mkdir(parents=True)
    (fresh / "content" / "pages" / "about.md").rename(fresh / "examples" / "pages" / "about.md")
    init(fresh, "--again")
    assert all((fresh / name.replace("content", "examples", 1)).is_file() for name in demo())
    assert clones.build(fresh).returncode == 0


def test_configuration_that_is_not_plain(fresh: Path) -> None:
    """If the facts cannot be written, nothing is moved either."""
    conf = fresh / "pelicanconf.py"
    conf.write_text(conf.read_text(encoding="utf-8").replace('SITENAME = "Broadside"', "SITENAME = name()"), "utf-8")
    assert "does not say SITENAME once" in refusal(fresh)


def test_nobody_answers(fresh: Path) -> None:
    """Without a terminal and without the flags, init says which flag it needs."""
    end = clones.module(fresh, "plugins.masthead")
    assert end.returncode == 1
    assert "give --name" in end.stderr
