"""An earlier site, published again as a new commit on top."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from plugins.publishing.checks import check_published, check_remote, check_target
from plugins.publishing.fetch import base_of, deepen, work_branch
from plugins.publishing.git import Git, clone_of, remote_of
from plugins.publishing.history import past_of
from plugins.publishing.imported import with_host_files
from plugins.publishing.listing import changes_listed, past_listed
from plugins.publishing.message import rollback_message
from plugins.publishing.model import Base, Past, Refused, RollbackOptions
from plugins.publishing.names import counted, pages_in, shown
from plugins.publishing.push import committed, push
from plugins.publishing.trees import Entry, changes_between, files_in


_LISTED = 20


def rollback(root: Path, options: RollbackOptions) -> str:
    """Publish the site of an earlier commit, or list those there are; return the closing words."""
    git = Git(root)
    check_target(options, clone_of(git, ()))
    remote = remote_of(git, options)
    check_remote(options, remote)
    if not remote.tip and not options.rewritten:
        raise Refused(f"{options} is not there, so there is nothing to roll back")
    with work_branch(git) as work:
        base = base_of(git, options, work, remote.tip)
        most = max(options.steps + 1, _LISTED if options.listed else 0)
        past = past_of(git, base.published, most)
        if len(past) < most and deepen(git, options, work):
            past = past_of(git, base.published, most)
        return past_listed(git, past) if options.listed else _rolled_back(git, options, base, past)


def _rolled_back(git: Git, options: RollbackOptions, base: Base, past: tuple[Past, ...]) -> str:
    _check_steps(options, past)
    old, to = files_in(git, base.published), past[-1]
    check_published(options, old)
    tree = with_host_files(git, git("rev-parse", f"{to.sha}^{{tree}}").strip(), old)
    new = files_in(git, tree)
    _check_site(to, new)
    changes = changes_between(old, new)
    if not changes:
        return f"{options} already holds the site of {to.sha[:12]}; nothing to roll back"
    if options.dry_run:
        lines = changes_listed(git, old, new)
        return "\n".join((*lines, f"would roll {options} back to {_named(to)}: {changes}"))
    commit = committed(git, tree, base, rollback_message(past))
    push(git, options, base, commit)
    return f"rolled {options} back to {_named(to)}: {changes} ({commit[:12]})"


def _check_steps(options: RollbackOptions, past: tuple[Past, ...]) -> None:
    if options.steps < 1:
        raise Refused(f"{options.steps} is no number of commits to go back; 1 is the one before the present one")
    if len(past) <= options.steps:
        there = counted(len(past) - 1, "commit")
        raise Refused(f"{options} holds {there} before the present one, not {options.steps}; --list shows them")


def _check_site(to: Past, files: Mapping[str, Entry]) -> None:
    if not pages_in(files):
        raise Refused(f"{_named(to)} holds no page; name another commit of those that --list shows")
    if odd := sorted(name for name, entry in files.items() if not entry.is_file):
        raise Refused(f"{_named(to)} holds {shown(odd[0])}, which is no file; name another commit")


def _named(past: Past) -> str:
    return f"{past.sha[:12]} of {past.date}"
