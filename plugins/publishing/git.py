"""Ask git, and say in one line why it refuses."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from plugins.publishing.model import Changes, Clone, Refused, Remote


# Set by git for its hooks; they would turn every command here to another repository.
_HOOK = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")


@dataclass(frozen=True, slots=True)
class Git:
    """A clone. Each call raises `Refused` with git's own last words if git fails."""

    root: Path

    def __call__(self, *arguments: str) -> str:
        done = self.run("git", *arguments)
        if done.returncode:
            raise Refused(f"git {arguments[0]}: {_last_words(done.stderr)}")
        return done.stdout

    def run(self, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if name not in _HOOK}
        environment = {**kept, "LC_ALL": "C.UTF-8", "GIT_LITERAL_PATHSPECS": "1", **variables}
        return subprocess.run(
            words,
            cwd=self.root,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            check=False,
        )

    def config(self, name: str) -> str:
        return self.run("git", "config", name).stdout.strip()


def clone_of(git: Git, sources: tuple[str, ...]) -> Clone:
    git("rev-parse", "--git-dir")
    commit, _, subject = git("log", "-1", "--format=%H %s").rstrip("\n").partition(" ")
    status = git("status", "--porcelain", "-z", "--no-renames", "--", *sources)
    return Clone(
        commit=commit,
        subject=subject,
        current=git("branch", "--show-current").strip(),
        remotes=tuple(git("remote").split()),
        changed=tuple(sorted(entry[3:] for entry in status.split("\0") if entry)),
    )


def remote_of(git: Git, name: str, branch: str) -> Remote:
    ref = f"refs/heads/{branch}"
    if git.run("git", "check-ref-format", ref).returncode:
        raise Refused(f'"{branch}" cannot be the name of a branch')
    rows = [line.split("\t") for line in git("ls-remote", "--symref", "--", name, "HEAD", ref).splitlines()]
    heads = [
        left.removeprefix("ref: refs/heads/") for left, right in rows if right == "HEAD" and left.startswith("ref:")
    ]
    return Remote(default=heads[0] if heads else "", published=any(right == ref for _, right in rows))


def changes_between(git: Git, old: str, new: str) -> Changes:
    fields = git("diff-tree", "-r", "-z", "--no-renames", "--name-status", old, new).split("\0")
    pairs = list(zip(fields[::2], fields[1::2], strict=False))
    added, changed, removed = (tuple(name for kind, name in pairs if kind in kinds) for kinds in ("A", "MT", "D"))
    return Changes(added, changed, removed)


def _last_words(stderr: str) -> str:
    lines = [line for line in stderr.splitlines() if line.strip() and not line.startswith("hint:")]
    return next((line for line in lines if line.startswith(("fatal:", "error:"))), lines[-1] if lines else "failed")
