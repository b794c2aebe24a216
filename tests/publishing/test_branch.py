"""The published branch: what is kept of it, and what is said when it is not as it was seen."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from plugins.publishing.model import Options, Refused
from plugins.publishing.publish import publish
from tests.publishing.site import PAGES, Site, git


ROOT = Path(__file__).resolve().parents[2]


def other(site: Site, name: str = "other", branch: str = "gh-pages") -> Path:
    """Return somebody else's clone of the published branch."""
    git(site.root.parent, "clone", "-q", "-b", branch, str(site.remote), name)
    return site.root.parent / name


def commit(folder: Path, name: str, data: str | None, message: str = "theirs") -> None:
    (folder / name).write_text(data) if data is not None else (folder / name).unlink()
    git(folder, "add", "-A", "--force")
    git(folder, "commit", "-q", "--allow-empty", "-m", message)
    git(folder, "push", "-q")


def tip(site: Site, branch: str = "gh-pages") -> str:
    return git(site.remote, "rev-parse", branch).strip()


def reachable(site: Site) -> set[str]:
    return set(git(site.remote, "rev-list", "gh-pages").split())


def test_source_is_named(site: Site) -> None:
    """The commit names its source in full, as a trailer; with --message and with --dirty as well."""
    source = git(site.root, "rev-parse", "HEAD").strip()
    publish(site.root, Options(message="Two words\n\nand a body"), site.build(PAGES))
    trailers = ("Source", "Uncommitted-Changes")
    shown = "--format=" + "".join(f"%(trailers:key={key},valueonly,separator=%x20)|" for key in trailers) + "%s"
    assert git(site.remote, "log", shown, "gh-pages").strip() == f"{source}||Two words"
    (site.root / "content" / "essay.md").write_text("Changed.\n")
    publish(site.root, Options(dirty=True), site.build({**PAGES, "b.html": "b"}))
    assert git(site.remote, "log", "-1", shown, "gh-pages").startswith(f"{source}|yes|Publish {source[:12]} with uncom")


def test_sources_that_change_under_the_build(site: Site) -> None:
    """A site is not published as made from a commit that it was not made from."""
    inner = site.build(PAGES)

    def build(root: Path) -> Path:
        (root / "content" / "essay.md").write_text("Saved meanwhile.\n")
        return inner(root)

    with pytest.raises(Refused, match="the sources changed while the site was built; publish again"):
        publish(site.root, Options(), build)
    assert site.branches() == ["trunk"]


@pytest.mark.parametrize("name", ["CNAME", ".nojekyll", ".domains"])
def test_host_files_are_kept(site: Site, name: str) -> None:
    """What the host reads stays as somebody set it on the branch, to the byte; one in the output wins."""
    publish(site.root, Options(), site.build(PAGES))
    commit(other(site), name, "essays.example.org\r\n")
    publish(site.root, Options(), site.build({**PAGES, "b.html": "b"}))
    assert site.raw(name) == b"essays.example.org\r\n"
    publish(site.root, Options(), site.build({**PAGES, name: "new.example.org"}))
    assert site.raw(name) == b"new.example.org"


def test_odd_host_file(site: Site) -> None:
    """A CNAME that is a link, or bytes of no text, does no harm."""
    publish(site.root, Options(), site.build(PAGES))
    clone = other(site)
    (clone / "CNAME").symlink_to("/etc/passwd")
    (clone / ".domains").write_bytes(b"\xff\x00--no-jekyll\n")
    git(clone, "add", "-A")
    git(clone, "commit", "-q", "-m", "theirs")
    git(clone, "push", "-q")
    publish(site.root, Options(), site.build({**PAGES, "b.html": "b"}))
    assert "CNAME" not in site.published()
    assert site.raw(".domains") == b"\xff\x00--no-jekyll\n"


def test_rewritten_branch(site: Site) -> None:
    """A branch that somebody rewrote is told, nothing is changed, and the words say how to go on."""
    publish(site.root, Options(message="one"), site.build(PAGES))
    publish(site.root, Options(message="two"), site.build({**PAGES, "b.html": "b"}))
    lost = tip(site)
    clone = other(site)
    git(clone, "commit", "-q", "--amend", "-m", "rewritten")
    git(clone, "push", "-q", "--force")
    theirs = tip(site)
    words = (
        f'"gh-pages" of "origin" was rewritten and no longer holds {lost[:12]}, which this clone saw published there; '
        "nothing was changed, and this clone keeps that commit. To publish with it as history again: "
        "--rewritten=join. To leave it out for good: --rewritten=accept"
    )
    for _ in range(2):  # to be refused once does not make it right
        with pytest.raises(Refused, match=re.escape(words)):
            publish(site.root, Options(), site.build(PAGES))
    assert tip(site) == theirs


def test_rewritten_branch_is_joined(site: Site) -> None:
    """--rewritten=join loses neither what was published from here nor what is there now; then all is as usual."""
    test_rewritten_branch(site)
    lost = git(site.root, "rev-parse", "refs/broadside/published/origin/gh-pages").strip()
    theirs = tip(site)
    publish(site.root, Options(rewritten="join", message="joined"), site.build(PAGES))
    assert {lost, theirs} <= reachable(site)
    publish(site.root, Options(message="after"), site.build({**PAGES, "c.html": "c"}))
    assert site.log()[:2] == ["after", "joined"]


def test_rewritten_branch_is_accepted(site: Site) -> None:
    """--rewritten=accept goes on from what is there, and asks no more."""
    test_rewritten_branch(site)
    publish(site.root, Options(rewritten="accept", message="accepted"), site.build(PAGES))
    publish(site.root, Options(message="after"), site.build({**PAGES, "c.html": "c"}))
    assert site.log() == ["after", "accepted", "rewritten", "one"]


def test_branch_set_back(site: Site) -> None:
    """A branch set back to an earlier commit is told; joined, the new commit stands on the one that was lost."""
    publish(site.root, Options(message="one"), site.build(PAGES))
    publish(site.root, Options(message="two"), site.build({**PAGES, "b.html": "b"}))
    git(site.remote, "update-ref", "refs/heads/gh-pages", "gh-pages~1")
    with pytest.raises(Refused, match="was rewritten and no longer holds"):
        publish(site.root, Options(), site.build(PAGES))
    publish(site.root, Options(rewritten="join", message="three"), site.build({**PAGES, "c.html": "c"}))
    assert site.log() == ["three", "two", "one"]


def test_branch_gone(site: Site) -> None:
    """A branch that somebody deleted is told; joined, its history is back."""
    publish(site.root, Options(message="one"), site.build(PAGES))
    git(site.remote, "update-ref", "-d", "refs/heads/gh-pages")
    with pytest.raises(Refused, match=r"is gone; \w{12} was its last commit, which this clone saw"):
        publish(site.root, Options(), site.build(PAGES))
    publish(site.root, Options(rewritten="join", message="two"), site.build(PAGES))
    assert site.log() == ["two", "one"]


def test_shallow_fetches_are_no_rewriting(site: Site) -> None:
    """A clone that only ever fetches the newest commit does not take a cut history for a rewritten one."""
    publish(site.root, Options(message="one"), site.build(PAGES))
    git(site.root.parent, "clone", "-q", "--depth=1", "--no-single-branch", site.remote.as_uri(), "ci")
    ci = Site(site.root.parent / "ci", site.remote)
    (ci.root / "output").mkdir()
    publish(ci.root, Options(message="two"), ci.build({**PAGES, "b.html": "b"}))
    publish(site.root, Options(message="three"), site.build({**PAGES, "c.html": "c"}))
    publish(site.root, Options(message="four"), site.build({**PAGES, "d.html": "d"}))
    git(ci.root, "fetch", "-q", "--depth=1", "origin", "gh-pages")
    publish(ci.root, Options(message="five"), ci.build(PAGES))
    assert site.log() == ["five", "four", "three", "two", "one"]


def test_branch_of_sources(site: Site) -> None:
    """A branch that holds a site's sources is refused, whatever its name."""
    (site.root / "pelicanconf.py").write_text("")
    git(site.root, "add", ".")
    git(site.root, "commit", "-q", "-m", "Configure")
    git(site.root, "push", "-q", "origin", "trunk:develop")
    with pytest.raises(Refused, match=r'"develop" of "origin" holds the sources of a site \("pelicanconf.py"\)'):
        publish(site.root, Options(branch="develop"), site.build(PAGES))


def test_push_address(site: Site) -> None:
    """A remote that pushes to another place than it fetches from is asked about where it pushes to."""
    git(site.root.parent, "init", "-q", "--bare", "fork.git")
    fork = Site(site.root, site.root.parent / "fork.git")
    git(site.root, "remote", "set-url", "--push", "origin", str(fork.remote))
    publish(site.root, Options(message="one"), site.build(PAGES))
    publish(site.root, Options(message="two"), site.build({**PAGES, "b.html": "b"}))
    assert fork.log() == ["two", "one"]
    assert site.branches() == ["trunk"]


def test_tags_stay_at_home(site: Site) -> None:
    """Nothing but the branch is pushed, whatever git was told to push along."""
    git(site.root, "config", "push.followTags", "true")
    git(site.root, "tag", "-a", "-m", "private", "private")
    publish(site.root, Options(), site.build(PAGES))
    assert site.branches() == ["gh-pages", "trunk"]


@pytest.mark.parametrize("hook", ["pre-receive", "update"])
def test_hook_that_declines(site: Site, hook: str) -> None:
    """A remote that rejects is one line with what it said, printable."""
    path = site.remote / "hooks" / hook
    path.write_text("#!/bin/sh\nprintf 'not on\\033[31m Sundays\\n\\nsay the elders\\n' >&2\nexit 1\n")
    path.chmod(0o755)
    with pytest.raises(Refused) as refusal:
        publish(site.root, Options(), site.build(PAGES))
    # The escape character is gone, so that the rest is harmless.
    said = "not on[31m Sundays say the elders"
    assert str(refusal.value) in {
        f'"origin" rejected the push ({why}), and is as it was: {said}'
        for why in ("pre-receive hook declined", "hook declined")
    }
    assert site.branches() == ["trunk"]


def test_answer_lost(site: Site) -> None:
    """A push that arrived though git reports a failure is no failure."""
    path = site.remote / "hooks" / "post-receive"
    path.write_text("#!/bin/sh\nkill -9 $(ps -o ppid= $PPID)\n")
    path.chmod(0o755)
    closing = publish(site.root, Options(), site.build(PAGES))
    assert closing.startswith("published to")
    assert tip(site).startswith(closing[-13:-1])
    with pytest.raises(subprocess.CalledProcessError):  # so git did report a failure
        git(site.root, "push", "origin", "trunk:refs/heads/draft")


def test_one_at_a_time(site: Site) -> None:
    """While a publication is under way, another one from the same clone is refused in one line."""
    hook = site.root / ".git" / "hooks" / "pre-push"
    words = f"cd '{site.root}'; PYTHONPATH='{ROOT}' '{sys.executable}' -m plugins.publishing rollback --list"
    hook.write_text(f"#!/bin/sh\nunset GIT_DIR\n{words} > '{site.root}/said' 2>&1\nexit 0\n")
    hook.chmod(0o755)
    publish(site.root, Options(message="one"), site.build(PAGES))
    publish(site.root, Options(message="two"), site.build({**PAGES, "b.html": "b"}))
    assert (site.root / "said").read_text() == (
        "not rolled back: this site is being published already; wait for that to end\n"
    )
    assert site.log() == ["two", "one"]


def test_output_that_changes_meanwhile(site: Site) -> None:
    """What is committed is what the manifest says, though the output changes after it was looked at."""
    publish(site.root, Options(), site.build(PAGES))
    hook = site.root / ".git" / "hooks" / "reference-transaction"  # runs when the branch is fetched
    hook.write_text(f"#!/bin/sh\necho hack > '{site.root}/output/index.html'\n")
    hook.chmod(0o755)
    with pytest.raises(Refused, match=r'^"index.html" changed while the output was read; end what builds into it'):
        publish(site.root, Options(), site.build({**PAGES, "b.html": "b"}))
    assert "b.html" not in site.published()
