"""An earlier site is published again, as a new commit on top."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from plugins.publishing.__main__ import main
from plugins.publishing.model import Options, Refused, RollbackOptions
from plugins.publishing.publish import publish
from plugins.publishing.rollback import rollback
from tests.publishing.site import PAGES, Site, git


ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def three(site: Site) -> Site:
    """Return a site published three times; each time b.html says which."""
    for number in ("one", "two", "three"):
        publish(site.root, Options(message=number), site.build({**PAGES, "b.html": number}))
    return site


def tree(site: Site, name: str = "gh-pages") -> str:
    return git(site.remote, "rev-parse", f"{name}^{{tree}}").strip()


@pytest.mark.parametrize("steps", [1, 2])
def test_rollback(three: Site, steps: int) -> None:
    """The tree of the N-th commit before the present one becomes a new commit; the message says what was undone."""
    before, to = git(three.remote, "rev-parse", "gh-pages", f"gh-pages~{steps}").split()
    source = git(three.root, "rev-parse", "HEAD").strip()
    closing = rollback(three.root, RollbackOptions(steps=steps))
    assert re.fullmatch(
        rf'rolled "gh-pages" of "origin" back to {to[:12]} of [\d-]+ [\d:]+: 0 added, 2 changed, 0 removed \(\w+\)',
        closing,
    )
    assert tree(three) == tree(three, to)
    assert git(three.remote, "rev-parse", "gh-pages~1").strip() == before
    subject, _, undone, *lines = git(three.remote, "log", "-1", "--format=%B", "gh-pages").strip().split("\n")
    assert subject.startswith(f"Roll back to {to[:12]} of ")
    assert subject.endswith(["two", "one"][steps - 1])
    assert undone == "Undone:"
    assert [line.split(" ", 2)[2] for line in lines[:steps]] == ["three", "two"][:steps]
    assert lines[steps:] == ["", f"Rollback-To: {to}", f"Source: {source}"]


def test_rollback_is_undone_by_another(three: Site) -> None:
    """A rollback is a commit like any other: to go back one from it is to undo it."""
    rollback(three.root, RollbackOptions(steps=2))
    rollback(three.root, RollbackOptions())
    assert three.published()["b.html"] == "three"
    assert len(three.log()) == 5


def test_domain_stays(three: Site) -> None:
    """The domain that is set now stays."""
    git(three.root.parent, "clone", "-q", "-b", "gh-pages", str(three.remote), "other")
    other = three.root.parent / "other"
    (other / "CNAME").write_text("essays.example.org")
    git(other, "add", "CNAME")
    git(other, "commit", "-q", "-m", "Set the domain")
    git(other, "push", "-q")
    rollback(three.root, RollbackOptions(steps=2))
    assert three.published() == {**PAGES, "b.html": "two", ".nojekyll": "", "CNAME": "essays.example.org"}


def test_list(three: Site) -> None:
    """--list shows the last published commits, newest first: number, date, source, pages, commit, subject."""
    source = git(three.root, "rev-parse", "--short=12", "HEAD").strip()
    shown = rollback(three.root, RollbackOptions(listed=True)).splitlines()
    assert shown[0].split() == ["N", "date", "source", "pages", "commit", "subject"]
    rows = [re.fullmatch(rf"(\d)  [\d-]+ [\d:]+  {source}  (\d)      (\w{{12}})  (\w+)", row) for row in shown[1:]]
    commits = git(three.remote, "log", "--format=%H", "gh-pages").split()
    assert [row and row.groups() for row in rows] == [
        (str(number), "8", commit[:12], subject)
        for number, (commit, subject) in enumerate(zip(commits, ["three", "two", "one"], strict=True))
    ]


def test_dry_run(three: Site) -> None:
    """--dry-run lists what would change, and neither a ref nor an object of the remote does."""
    before, local = three.frozen(), git(three.root, "for-each-ref")
    listed = rollback(three.root, RollbackOptions(dry_run=True)).splitlines()
    assert [line.split() for line in listed[:2]] == [
        ["changed", size, "→", new, name]
        for name in (".broadside.json", "b.html")
        for size, new in [[git(three.remote, "cat-file", "-s", f"gh-pages{at}:{name}").strip() for at in ("", "~1")]]
    ]
    assert listed[-1].startswith('would roll "gh-pages" of "origin" back to ')
    assert (three.frozen(), git(three.root, "for-each-ref")) == (before, local)


@pytest.mark.parametrize("options", [["--depth=1"], ["--depth=1", "--no-single-branch"]], ids=" ".join)
def test_shallow_clone(three: Site, options: list[str]) -> None:
    """A clone without history fetches what it needs."""
    git(three.root.parent, "clone", "-q", *options, three.remote.as_uri(), "fresh")
    rollback(three.root.parent / "fresh", RollbackOptions(steps=2))
    assert three.published()["b.html"] == "one"


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        (3, '"gh-pages" of "origin" holds 2 commits before the present one, not 3; --list shows them'),
        (0, "0 is no number of commits to go back; 1 is the one before the present one"),
    ],
)
def test_no_such_commit(three: Site, steps: int, words: str) -> None:
    """A number that leads nowhere is refused."""
    with pytest.raises(Refused) as refusal:
        rollback(three.root, RollbackOptions(steps=steps))
    assert str(refusal.value) == words


def test_nothing_published(site: Site) -> None:
    """Where nothing was published, nothing can be rolled back."""
    with pytest.raises(Refused, match='"gh-pages" of "origin" is not there, so there is nothing to roll back'):
        rollback(site.root, RollbackOptions())


def test_same_site(three: Site) -> None:
    """An earlier commit with the same site makes no commit."""
    rollback(three.root, RollbackOptions())
    assert "already holds the site of" in rollback(three.root, RollbackOptions(steps=2))
    assert len(three.log()) == 4


def test_commit_that_is_no_site(site: Site) -> None:
    """A commit without a page, and one with a link in it, are not published again."""
    git(site.root.parent, "clone", "-q", str(site.remote), "other")
    other = site.root.parent / "other"
    git(other, "checkout", "-q", "--orphan", "gh-pages")
    git(other, "rm", "-rfq", ".")
    git(other, "commit", "-q", "--allow-empty", "-m", "empty")
    (other / "index.html").symlink_to("/etc/passwd")
    git(other, "add", ".")
    git(other, "commit", "-q", "-m", "link")
    git(other, "push", "-q", "origin", "gh-pages")
    publish(site.root, Options(), site.build(PAGES))
    with pytest.raises(Refused, match=r'holds "index\.html", which is no file; name another commit'):
        rollback(site.root, RollbackOptions())
    with pytest.raises(Refused, match="holds no page; name another commit"):
        rollback(site.root, RollbackOptions(steps=2))


def test_commands(three: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The command takes N or leaves it, and says a refusal in one line."""
    monkeypatch.chdir(three.root)
    assert main(["rollback"]) == 0
    assert three.published()["b.html"] == "two"
    assert main(["rollback", "3"]) == 0
    assert three.published()["b.html"] == "one"
    assert main(["rollback", "--list", "1"]) == 0
    assert main(["rollback", "9"]) == 1
    assert capsys.readouterr().err.startswith("not rolled back: ")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (["rollback"], "rollback 1 --remote=origin --branch=gh-pages"),
        (["rollback", "2", "--dry-run"], "rollback 2 --remote=origin --branch=gh-pages --dry-run"),
        (["rollback", "--list"], "rollback 1 --remote=origin --branch=gh-pages --list"),
        (["publish", "-d", "--shrink", "--dotfile=.a", "--dotfile=.b"],
         "--remote=origin --branch=gh-pages --dry-run --shrink --dotfile=.a --dotfile=.b"),
    ],
)  # fmt: skip
def test_tasks(said: list[str], words: str) -> None:
    """The tasks of invoke hand on what they are told; N may be left out."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "invoke", "--dry", *said],
        check=True,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
    )
    assert f"-m plugins.publishing {words}" in done.stdout + done.stderr
