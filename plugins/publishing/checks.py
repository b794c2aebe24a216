"""Reasons not to publish. Each check passes silently or raises `Refused`."""

from __future__ import annotations

from collections.abc import Collection

from plugins.publishing.model import Clone, Options, Refused, Remote, Target
from plugins.publishing.names import MANIFEST, pages_in, shown
from plugins.shared.suggest import did_you_mean


_SOURCE_BRANCHES = ("main", "master")
_CONF = ("pelicanconf.py", "publishconf.py")
_NAMED = 3  # changed files that a refusal names
_LEAST = 80  # of a hundred pages published


def check_target(target: Target, clone: Clone) -> None:
    if target.remote not in clone.remotes:
        hint = did_you_mean(target.remote, clone.remotes) or "; add it with git remote add"
        raise Refused(f'there is no remote "{target.remote}"{hint}')
    if target.branch == clone.current:
        raise Refused(f'the branch "{target.branch}" is checked out; name a branch that holds the site only')
    if target.branch in _SOURCE_BRANCHES:
        raise Refused(f'the branch "{target.branch}" is for sources; name a branch that holds the site only')


def check_sources(options: Options, clone: Clone) -> None:
    if clone.changed and not options.dirty:
        named = ", ".join(map(shown, clone.changed[:_NAMED]))
        more = f" and {len(clone.changed) - _NAMED} more" if len(clone.changed) > _NAMED else ""
        raise Refused(f"{named}{more} differ from the last commit; commit them, or publish with --dirty")


def check_unchanged(options: Options, before: Clone, after: Clone) -> None:
    """Refuse if the sources are not those that the site was built from, as far as git can tell."""
    if before.commit != after.commit or (before.changed != after.changed and not options.dirty):
        raise Refused("the sources changed while the site was built; publish again")


def check_remote(target: Target, remote: Remote) -> None:
    if target.branch == remote.default:
        where = f'the default branch of "{target.remote}"'
        raise Refused(f'the branch "{target.branch}" is {where}; name a branch that holds the site only')


def check_published(target: Target, published: Collection[str]) -> None:
    if MANIFEST not in published and (found := [name for name in _CONF if name in published]):
        raise Refused(f'{target} holds the sources of a site ("{found[0]}"); name a branch that holds the site only')


def check_size(
    options: Options, published: Collection[str], new: Collection[str], listing: tuple[str, ...] = ()
) -> None:
    before, after = pages_in(published), pages_in(new)
    if not options.shrink and after * 100 < before * _LEAST:
        fewer = f"{before} pages to {after}, {100 * (before - after) / before:.0f} % fewer"
        raise Refused(
            f"the site would shrink from {fewer}; if that is right (--dry-run lists them), use --shrink", listing
        )
