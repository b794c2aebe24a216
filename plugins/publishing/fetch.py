"""What the new commit is put on: the published branch as it is now, if it still holds what was seen of it."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator

from plugins.publishing.git import Git, address_of
from plugins.publishing.model import Base, Refused, Target


# ghp-import commits to a branch of the clone and first moves it to the remote's, dropping what only the
# clone has. On a branch of this name there is nothing to drop. Each run has its own: what a killed run
# left to finish by itself cannot reach it.
_WORK = "broadside-publishing-"
_WHOLE = "--depth=2147483647"  # git's word for a history without an end; --unshallow fails where there is one


@contextlib.contextmanager
def work_branch(git: Git) -> Iterator[str]:
    """Yield the name of a branch that is gone afterwards; only one run at a time has one in this clone."""
    path = git.root / git("rev-parse", "--git-common-dir").strip() / "broadside-publishing.lock"
    with path.open("w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refused("this site is being published already; wait for that to end") from None
        _remove_left(git)
        try:
            yield f"{_WORK}{os.getpid()}"
        finally:
            _remove_left(git)


def base_of(git: Git, target: Target, work: str, tip: str) -> Base:
    """Fetch the published branch, of which the remote says that it is at `tip`, and return what to put a commit on.

    Raise `Refused` if it lost a commit that this clone saw there, and nobody said how to go on.
    """
    seen = _seen(git, target)
    tip = _fetch(git, target, work) if tip else ""
    lost = [commit for commit in seen if not _is_kept(git, target, work, tip, commit)]
    if lost and not target.rewritten:
        raise Refused(_explain(target, tip, lost[0]))
    if not lost or target.rewritten == "accept":
        return Base(tip, (tip,) if tip else ())
    return Base(tip, tuple(_tops(git, [*([tip] if tip else []), *lost])))


def remember(git: Git, target: Target, commit: str) -> None:
    """Keep the commit as the last one seen. To fail in this is no harm: then an earlier one is remembered."""
    git.run("git", "update-ref", _record(target), commit)


def deepen(git: Git, target: Target, work: str) -> bool:
    """Fetch the branch's whole history into a shallow clone; tell whether there was anything to fetch."""
    if not git.is_shallow():
        return False
    _fetch(git, target, work, _WHOLE)
    return True


def _fetch(git: Git, target: Target, work: str, *options: str) -> str:
    # The remote-tracking branch stays as it is: it says what this clone saw of the branch before.
    words = ("--quiet", "--no-tags", "--no-auto-gc", "--refmap=", "--recurse-submodules=no", *options)
    address = address_of(git, target.remote)
    git("fetch", *words, address, f"+refs/heads/{target.branch}:refs/heads/{work}")
    return git.sha(f"refs/heads/{work}")


def _seen(git: Git, target: Target) -> tuple[str, ...]:
    names = (_record(target), f"refs/remotes/{target.remote}/{target.branch}")
    return tuple(dict.fromkeys(filter(None, map(git.sha, names))))


def _record(target: Target) -> str:
    return f"refs/broadside/published/{target.remote}/{target.branch}"


def _is_kept(git: Git, target: Target, work: str, tip: str, commit: str) -> bool:
    if not tip:
        return False
    return git.holds(tip, commit) or (deepen(git, target, work) and git.holds(tip, commit))


def _tops(git: Git, commits: list[str]) -> Iterator[str]:
    """Yield the commits that no other one is made on."""
    for index, commit in enumerate(commits):
        others = [other for place, other in enumerate(commits) if place != index]
        if commit not in commits[:index] and not any(git.holds(other, commit) for other in others if other != commit):
            yield commit


def _explain(target: Target, tip: str, lost: str) -> str:
    happened = f"was rewritten and no longer holds {lost[:12]}" if tip else f"is gone; {lost[:12]} was its last commit"
    return (
        f"{target} {happened}, which this clone saw published there; nothing was changed, and this clone keeps "
        "that commit. To publish with it as history again: --rewritten=join. To leave it out for good: "
        "--rewritten=accept"
    )


def _remove_left(git: Git) -> None:
    for ref in git("for-each-ref", "--format=%(refname)", f"refs/heads/{_WORK}*").split():
        git.run("git", "update-ref", "-d", ref)
