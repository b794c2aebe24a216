"""One commit on top of what is published, pushed without force."""

from __future__ import annotations

import os

from plugins.publishing.fetch import remember
from plugins.publishing.git import Git, last_words, remote_of
from plugins.publishing.model import Base, Refused, Target


_FAILED = ("fatal:", "error:", "ERROR:")
_SHOWN = 3  # lines of what the remote says


def committed(git: Git, tree: str, base: Base, message: str) -> str:
    """Make a commit of a tree and return it. No branch moves."""
    parents = [word for parent in base.parents for word in ("-p", parent)]
    words = ("-c", "i18n.commitEncoding=UTF-8", "commit-tree", tree, *parents)
    return git(*words, given=message, **_identity(git)).strip()


def push(git: Git, target: Target, base: Base, commit: str) -> None:
    """Add the commit to the remote's branch, or say in one line why the remote is as it was."""
    words = ("--quiet", "--porcelain", "--no-follow-tags", "--recurse-submodules=no")
    done = git.run("git", "push", *words, target.remote, f"{commit}:refs/heads/{target.branch}")
    # Ask the remote itself: a connection may have broken before the push, or after it.
    if done.returncode and (tip := _tip(git, target)) != commit:
        raise Refused(_reason(target, done.stdout + done.stderr) if tip in {base.tip, None} else _moved(target, tip))
    remember(git, target, commit)


def _tip(git: Git, target: Target) -> str | None:
    try:
        return remote_of(git, target).tip
    except Refused:
        return None


def _moved(target: Target, tip: str | None) -> str:
    now = f"now at {tip[:12]}" if tip else "now gone"
    return (
        f"{target} changed meanwhile ({now}) and nothing was overwritten: somebody else published. "
        "Get their sources with git pull, look with --dry-run, and publish again"
    )


def _reason(target: Target, answer: str) -> str:
    lines = [" ".join(line.split()) for line in answer.splitlines()]
    said = [line.removeprefix("remote:").strip() for line in lines if line.startswith("remote:")]
    said = [line for line in said if "hook declined" not in line]  # git's own words, which the verdict repeats
    errors = [line for line in said if line.lower().startswith("error")] or said
    words = " ".join("".join(filter(str.isprintable, line)) for line in list(filter(None, errors))[:_SHOWN])
    if verdict := next((line for line in lines if "[remote rejected]" in line), ""):
        why = verdict.partition("[remote rejected]")[2].strip()
        return f'"{target.remote}" rejected the push {why}, and is as it was{f": {words}" if words else ""}'
    return f"git push: {next((line for line in lines if line.startswith(_FAILED)), words or last_words(answer))}"


def _identity(git: Git) -> dict[str, str]:
    """Return whose commit it is where git was not told: that of the last source commit."""
    if git.config("user.name") and git.config("user.email"):
        return {}
    name, email = git("log", "-1", "--format=%cn%n%ce").strip("\n").split("\n")
    found = {"AUTHOR_NAME": name, "AUTHOR_EMAIL": email, "COMMITTER_NAME": name, "COMMITTER_EMAIL": email}
    return {f"GIT_{key}": os.environ.get(f"GIT_{key}", value) for key, value in found.items()}
