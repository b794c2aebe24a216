"""One commit on top of what is published, pushed without force."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from plugins.publishing.git import Git, changes_between
from plugins.publishing.model import Changes, Options, Refused
from plugins.publishing.output import NOJEKYLL, files_of


# ghp-import commits to a branch of the clone and first moves it to the remote's, dropping what only the
# clone has. On a branch of this name there is nothing to drop.
_WORK = "broadside-publishing"
_REF = f"refs/heads/{_WORK}"


@dataclass(frozen=True, slots=True)
class Commit:
    """What was made: `sha`, and how the site differs from the one published before."""

    sha: str
    changes: Changes


@contextlib.contextmanager
def committed(git: Git, output: Path, options: Options, message: str, *, published: bool) -> Iterator[Commit]:
    """Commit an output on top of the published branch, on a branch that is gone afterwards."""
    expected = files_of(output)
    _remove(git)
    try:
        parent = _fetch(git, options) if published else ""
        domain = _cname(git, parent) if "CNAME" not in expected else ""
        _import(git, output, message, domain)
        _check(git, expected | {NOJEKYLL} | ({"CNAME"} if domain else set()))
        yield Commit(git("rev-parse", _REF).strip(), changes_between(git, parent or _empty_tree(git), _REF))
    finally:
        _remove(git)


def push(git: Git, options: Options, commit: Commit) -> None:
    done = git.run("git", "push", "--quiet", options.remote, f"{commit.sha}:refs/heads/{options.branch}")
    if not done.returncode:
        return
    # The first is git's word here, the second the remote's, if it moved while the push was under way.
    if "[rejected]" in done.stderr or "cannot lock ref" in done.stderr:
        where = f'"{options.branch}" of "{options.remote}"'
        raise Refused(f"{where} changed meanwhile and nothing was overwritten; publish again")
    reasons = [line for line in done.stderr.splitlines() if line.startswith(("fatal:", "remote: error:", " !"))]
    raise Refused(f"git push: {' '.join((reasons or ['failed'])[0].split())}")


def _fetch(git: Git, options: Options) -> str:
    git("fetch", "--quiet", "--no-tags", options.remote, f"+refs/heads/{options.branch}:{_REF}")
    return git("rev-parse", _REF).strip()


def _cname(git: Git, parent: str) -> str:
    """Return the domain that is published, so that a site without a CNAME of its own keeps it."""
    return git.run("git", "cat-file", "blob", f"{parent}:CNAME").stdout.strip() if parent else ""


def _import(git: Git, output: Path, message: str, domain: str) -> None:
    words = ["--no-jekyll", f"--branch={_WORK}", f"--message={message}", *([f"--cname={domain}"] if domain else [])]
    done = git.run(sys.executable, "-m", "ghp_import", *words, str(output), **_identity(git))
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["failed"])[-1]
        raise Refused(f"ghp-import: {last}")


def _identity(git: Git) -> dict[str, str]:
    """Return whose commit it is where git was not told: that of the last source commit."""
    if git.config("user.name") and git.config("user.email"):
        return {}
    name, email = git("log", "-1", "--format=%cn%n%ce").strip("\n").split("\n")
    return {"GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": email}


def _check(git: Git, expected: frozenset[str]) -> None:
    names = frozenset(git("ls-tree", "-r", "-z", "--name-only", "--full-tree", _REF).split("\0")) - {""}
    if names != expected:
        raise Refused(f'the commit would not hold what was built: "{min(names ^ expected)}"; please report this')


def _empty_tree(git: Git) -> str:
    return git("mktree").strip()


def _remove(git: Git) -> None:
    git("update-ref", "-d", _REF)
