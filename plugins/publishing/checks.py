"""Reasons not to publish. Each check passes silently or raises `Refused`."""

from __future__ import annotations

from plugins.publishing.model import Clone, Options, Refused, Remote
from plugins.shared.suggest import did_you_mean


_SOURCE_BRANCHES = ("main", "master")
_NAMED = 3  # changed files that a refusal names


def check_clone(options: Options, clone: Clone) -> None:
    if options.remote not in clone.remotes:
        hint = did_you_mean(options.remote, clone.remotes) or "; add it with git remote add"
        raise Refused(f'there is no remote "{options.remote}"{hint}')
    if options.branch == clone.current:
        raise Refused(f'the branch "{options.branch}" is checked out; name a branch that holds the site only')
    if options.branch in _SOURCE_BRANCHES:
        raise Refused(f'the branch "{options.branch}" is for sources; name a branch that holds the site only')
    if clone.changed and not options.dirty:
        named = ", ".join(f'"{name}"' for name in clone.changed[:_NAMED])
        more = f" and {len(clone.changed) - _NAMED} more" if len(clone.changed) > _NAMED else ""
        raise Refused(f"{named}{more} differ from the last commit; commit them, or publish with --dirty")


def check_remote(options: Options, remote: Remote) -> None:
    if options.branch == remote.default:
        where = f'the default branch of "{options.remote}"'
        raise Refused(f'the branch "{options.branch}" is {where}; name a branch that holds the site only')


def message_of(options: Options, clone: Clone) -> str:
    """Return the commit message: the one asked for, or one that names the source commit."""
    if options.message:
        return options.message
    dirty = " with uncommitted changes" if clone.changed else ""
    return f"Publish {clone.commit[:12]}{dirty}: {clone.subject}"
