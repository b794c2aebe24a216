"""Publishing to a bare repository on disk, with real git and real ghp-import."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.publishing.__main__ import main
from plugins.publishing.model import Options, Refused
from plugins.publishing.publish import publish
from tests.publishing.site import PAGES, Files, Site, git


def refused(site: Site, files: Files = PAGES, **options: object) -> str:
    """Publish, expect a refusal and an untouched remote, and return the words."""
    before = git(site.remote, "for-each-ref")
    with pytest.raises(Refused) as refusal:
        publish(site.root, Options(**options), site.build(files))  # type: ignore[arg-type]
    assert git(site.remote, "for-each-ref") == before
    assert "\n" not in str(refusal.value)
    return str(refusal.value)


def test_first_publication(site: Site) -> None:
    """The output, its manifest and .nojekyll become the branch; the message names the source commit."""
    closing = publish(site.root, Options(), site.build(PAGES))
    assert site.published() == {**PAGES, ".nojekyll": ""}
    assert ".broadside.json" in git(site.remote, "ls-tree", "--name-only", "gh-pages").splitlines()
    source = git(site.root, "rev-parse", "HEAD").strip()
    assert site.log() == [f"Publish {source[:12]}: Write an essay"]
    assert closing.startswith('published to "gh-pages" of "origin": 9 added, 0 changed, 0 removed (')


def test_history_is_kept(site: Site) -> None:
    """A second publication adds one commit to the first, and removes what the site no longer has."""
    publish(site.root, Options(message="one"), site.build({**PAGES, "old.html": "old"}))
    publish(site.root, Options(message="two"), site.build({**PAGES, "index.html": "new home"}))
    assert site.log() == ["two", "one"]
    assert site.published() == {**PAGES, "index.html": "new home", ".nojekyll": ""}


@pytest.mark.parametrize("options", [["--depth=1"], ["--depth=1", "--no-single-branch"], []], ids=" ".join)
def test_fresh_clone(site: Site, tmp_path: Path, options: list[str]) -> None:
    """A clone that never saw the branch, shallow as in CI, publishes on top of it."""
    publish(site.root, Options(message="one"), site.build(PAGES))
    publish(site.root, Options(message="two"), site.build({**PAGES, "a.html": "a"}))
    git(tmp_path, "clone", "-q", *options, site.remote.as_uri(), "fresh")
    (tmp_path / "fresh" / "output").mkdir()
    publish(tmp_path / "fresh", Options(message="three"), site.build(PAGES))
    assert site.log() == ["three", "two", "one"]


def test_commits_of_others_are_kept(site: Site, tmp_path: Path) -> None:
    """What someone else pushed to the branch stays in its history."""
    publish(site.root, Options(message="one"), site.build(PAGES))
    git(tmp_path, "clone", "-q", "-b", "gh-pages", str(site.remote), "other")
    git(tmp_path / "other", "commit", "-q", "--allow-empty", "-m", "theirs")
    git(tmp_path / "other", "push", "-q")
    publish(site.root, Options(message="two"), site.build({**PAGES, "b.html": "b"}))
    assert site.log() == ["two", "theirs", "one"]


def test_race_is_refused(site: Site, tmp_path: Path) -> None:
    """A branch that moves between fetch and push is not overwritten."""
    publish(site.root, Options(message="one"), site.build(PAGES))
    hook = site.root / ".git" / "hooks" / "pre-push"
    git(tmp_path, "clone", "-q", "-b", "gh-pages", str(site.remote), "other")
    git(tmp_path / "other", "commit", "-q", "--allow-empty", "-m", "theirs")
    hook.write_text(f"#!/bin/sh\nunset GIT_DIR\ngit -C '{tmp_path / 'other'}' push -q\n")
    hook.chmod(0o755)
    with pytest.raises(Refused, match=r"changed meanwhile .* nothing was overwritten: somebody else published"):
        publish(site.root, Options(message="two"), site.build({**PAGES, "b.html": "b"}))
    assert site.log() == ["theirs", "one"]


def test_own_branches_are_untouched(site: Site) -> None:
    """Unpushed commits on a local branch of that name stay there, and no other branch is left behind."""
    git(site.root, "branch", "gh-pages")
    before = git(site.root, "for-each-ref", "refs/heads")
    publish(site.root, Options(), site.build(PAGES))
    assert git(site.root, "for-each-ref", "refs/heads") == before
    assert git(site.root, "status", "--porcelain") == ""


def test_same_site_is_not_published_again(site: Site) -> None:
    """A site that is already there makes no empty commit."""
    publish(site.root, Options(message="one"), site.build(PAGES))
    assert publish(site.root, Options(), site.build(PAGES)).endswith("already holds this site; nothing to publish")
    assert site.log() == ["one"]


def test_domain_is_kept(site: Site) -> None:
    """A CNAME set on the branch stays; one in the output wins."""
    publish(site.root, Options(), site.build({**PAGES, "CNAME": "essays.example.org\n"}))
    publish(site.root, Options(), site.build(PAGES))
    assert site.published()["CNAME"].strip() == "essays.example.org"
    publish(site.root, Options(), site.build({**PAGES, "CNAME": "new.example.org\n"}))
    assert site.published()["CNAME"] == "new.example.org\n"


def test_without_identity(site: Site, tmp_path: Path) -> None:
    """Where git knows no name, as in CI, the commit is by whoever made the source commit."""
    (tmp_path / "gitconfig").write_text("")
    publish(site.root, Options(), site.build(PAGES))
    assert git(site.remote, "log", "-1", "--format=%cn <%ce>", "gh-pages") == "Ada <ada@example.org>\n"


def test_other_branch_and_remote(site: Site, tmp_path: Path) -> None:
    """--remote and --branch choose where the site goes."""
    git(tmp_path, "init", "-q", "--bare", "mirror.git")
    git(site.root, "remote", "add", "mirror", str(tmp_path / "mirror.git"))
    publish(site.root, Options(remote="mirror", branch="site/live"), site.build(PAGES))
    assert "index.html" in git(tmp_path / "mirror.git", "ls-tree", "--name-only", "site/live")
    assert site.branches() == ["trunk"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"remote": "orign"}, 'there is no remote "orign"; did you mean "origin"?'),
        ({"branch": "trunk"}, 'the branch "trunk" is checked out; name a branch that holds the site only'),
        ({"branch": "main"}, 'the branch "main" is for sources; name a branch that holds the site only'),
        ({"branch": "a b"}, '"a b" cannot be the name of a branch'),
    ],
)
def test_wrong_target(site: Site, options: dict[str, str], words: str) -> None:
    """A remote that does not exist and a branch that holds sources are refused."""
    assert refused(site, **options) == words


def test_default_branch_of_the_remote(site: Site) -> None:
    """The remote's default branch is refused, whatever its name and whatever is checked out."""
    git(site.root, "checkout", "-q", "-b", "draft")
    assert 'the branch "trunk" is the default branch of "origin"' in refused(site, branch="trunk")


def test_uncommitted_changes(site: Site) -> None:
    """Changed and new sources are refused unless --dirty, and then the message says so."""
    (site.root / "content" / "essay.md").write_text("Changed.\n")
    (site.root / "content" / "new.md").write_text("New.\n")
    words = '"content/essay.md", "content/new.md" differ from the last commit; commit them, or publish with --dirty'
    assert refused(site) == words
    publish(site.root, Options(dirty=True), site.build(PAGES))
    assert " with uncommitted changes: Write an essay" in site.log()[0]


def test_unreachable_remote(site: Site) -> None:
    """A remote that cannot be reached is one line."""
    git(site.root, "remote", "set-url", "origin", str(site.root.parent / "gone.git"))
    with pytest.raises(Refused, match=r"^git ls-remote: fatal: .*gone\.git"):
        publish(site.root, Options(), site.build(PAGES))


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Outside a repository the command says so in one line and exits 1."""
    monkeypatch.chdir(tmp_path)
    assert main([]) == 1
    words = capsys.readouterr().err
    assert words.startswith("not published: git rev-parse: fatal: not a git repository")
    assert words.count("\n") == 1
