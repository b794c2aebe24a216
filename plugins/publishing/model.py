"""What is asked for, what the repository says, what would change."""

from __future__ import annotations

from dataclasses import dataclass


class Refused(Exception):  # noqa: N818 — a refusal is no fault of the program
    """Nothing was published; the message says why and what would be right."""


@dataclass(frozen=True, slots=True)
class Options:
    remote: str = "origin"
    branch: str = "gh-pages"
    message: str = ""
    dry_run: bool = False
    dirty: bool = False


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
    """What the remote says: its default branch (empty if unknown), whether the branch to publish to is there."""

    default: str
    published: bool


@dataclass(frozen=True, slots=True)
class Changes:
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    def lines(self) -> tuple[str, ...]:
        kinds = {"added": self.added, "changed": self.changed, "removed": self.removed}
        return tuple(f"{kind:8} {name}" for kind, names in kinds.items() for name in names)

    def __str__(self) -> str:
        return f"{len(self.added)} added, {len(self.changed)} changed, {len(self.removed)} removed"
