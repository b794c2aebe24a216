"""What is asked for, what the repository says, what would change."""

from __future__ import annotations

from dataclasses import dataclass


class Refused(Exception):  # noqa: N818 — a refusal is no fault of the program
    """Nothing was published; the message says why and what would be right.

    `listing` is what a dry run found before it came to the refusal.
    """

    def __init__(self, message: str, listing: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.listing = listing


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where the site is published. `rewritten` says how to go on if the branch lost commits: join or accept."""

    remote: str = "origin"
    branch: str = "gh-pages"
    rewritten: str = ""

    def __str__(self) -> str:
        return f'"{self.branch}" of "{self.remote}"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Options(Target):
    message: str = ""
    dry_run: bool = False
    dirty: bool = False
    shrink: bool = False
    dotfile: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RollbackOptions(Target):
    steps: int = 1
    listed: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Clone:
    """The repository that the site is made from.

    `commit` and `subject` are those of the source commit, `current` is the branch that is checked out
    (empty if none is), `changed` are the sources that differ from the commit.
    """

    commit: str
    subject: str
    current: str
    remotes: tuple[str, ...]
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remote:
    """What the remote says: its default branch (empty if unknown), and the commit of the branch to publish to."""

    default: str
    tip: str


@dataclass(frozen=True, slots=True)
class Base:
    """What a new commit is put on: `tip` is the remote's commit (empty if there is none), `parents` the new one's."""

    tip: str
    parents: tuple[str, ...]

    @property
    def published(self) -> str:
        """Return the commit whose site is replaced, or an empty string."""
        return next(iter(self.parents), "")


@dataclass(frozen=True, slots=True)
class Past:
    """A commit of the published branch. `source` is the commit it was made from, or empty."""

    sha: str
    date: str
    source: str
    subject: str


@dataclass(frozen=True, slots=True)
class Changes:
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    def __str__(self) -> str:
        return f"{len(self.added)} added, {len(self.changed)} changed, {len(self.removed)} removed"
