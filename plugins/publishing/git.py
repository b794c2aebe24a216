"""Ask git, and say in one line why it refuses."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from plugins.publishing.model import Clone, Refused, Remote, Target


# Set by git for its hooks; they would turn every command here to another repository.
_HOOK = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_COMMON_DIR GIT_DIR GIT_GRAFT_FILE GIT_INDEX_FILE GIT_NAMESPACE "
    "GIT_OBJECT_DIRECTORY GIT_PREFIX GIT_SHALLOW_FILE GIT_WORK_TREE"
).split()
_FIXED = {
    "LC_ALL": "C.UTF-8",
    "GIT_LITERAL_PATHSPECS": "1",  # a file may be called "*"
    "GIT_NO_REPLACE_OBJECTS": "1",  # what is pushed is what was looked at
    "GIT_OPTIONAL_LOCKS": "0",  # to ask for the status leaves no lock behind, even if killed
}


@dataclass(frozen=True, slots=True)
class Git:
    """A clone. Each call raises `Refused` with git's own last words if git fails."""

    root: Path

    def __call__(self, *arguments: str, given: str = "", **variables: str) -> str:
        done = self.run("git", *arguments, given=given, **variables)
        if done.returncode:
            raise Refused(f"git {arguments[0]}: {last_words(done.stderr)}")
        return done.stdout

    def run(self, *words: str, given: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if name not in _HOOK}
        return subprocess.run(
            words,
            cwd=self.root,
            env={**kept, **_FIXED, **variables},
            input=given,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            check=False,
        )

    def config(self, name: str) -> str:
        return self.run("git", "config", name).stdout.strip()

    def sha(self, name: str) -> str:
        """Return the commit of a name, or an empty string."""
        return self.run("git", "rev-parse", "--quiet", "--verify", f"{name}^{{commit}}").stdout.strip()

    def holds(self, commit: str, earlier: str) -> bool:
        """Tell whether a commit has another among those it was made on."""
        return not self.run("git", "merge-base", "--is-ancestor", earlier, commit).returncode

    def is_shallow(self) -> bool:
        return self("rev-parse", "--is-shallow-repository").strip() == "true"


def clone_of(git: Git, sources: tuple[str, ...]) -> Clone:
    git("rev-parse", "--git-dir")
    commit, _, subject = git("log", "-1", "--format=%H %s").rstrip("\n").partition(" ")
    status = git("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", *sources)
    return Clone(
        commit=commit,
        subject=subject,
        current=git("branch", "--show-current").strip(),
        remotes=tuple(git("remote").split()),
        changed=tuple(sorted(entry[3:] for entry in status.split("\0") if entry)),
    )


def remote_of(git: Git, target: Target) -> Remote:
    ref = f"refs/heads/{target.branch}"
    if git.run("git", "check-ref-format", ref).returncode:
        raise Refused(f'"{target.branch}" cannot be the name of a branch')
    answer = git("ls-remote", "--symref", "--", address_of(git, target.remote), "HEAD", ref)
    rows = [line.split("\t") for line in answer.splitlines()]
    heads = [
        left.removeprefix("ref: refs/heads/") for left, right in rows if right == "HEAD" and left.startswith("ref:")
    ]
    return Remote(next(iter(heads), ""), next((left for left, right in rows if right == ref), ""))


def address_of(git: Git, remote: str) -> str:
    """Return where a remote is pushed to: its name, or the address that only pushes go to."""
    push = git("remote", "get-url", "--push", remote).strip()
    return remote if push == git("remote", "get-url", remote).strip() else push


def last_words(stderr: str) -> str:
    lines = [line for line in stderr.splitlines() if line.strip() and not line.startswith("hint:")]
    return next((line for line in lines if line.startswith(("fatal:", "error:"))), lines[-1] if lines else "failed")
