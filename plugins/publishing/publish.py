"""A strict build, published as one commit on top of what is there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from plugins.publishing.checks import (
    check_published,
    check_remote,
    check_size,
    check_sources,
    check_target,
    check_unchanged,
)
from plugins.publishing.fetch import base_of, remember, work_branch
from plugins.publishing.git import Git, clone_of, remote_of
from plugins.publishing.imported import algorithm_of, imported, with_host_files
from plugins.publishing.listing import changes_listed
from plugins.publishing.message import message_of
from plugins.publishing.model import Base, Options, Refused
from plugins.publishing.output import files_of
from plugins.publishing.push import committed, push
from plugins.publishing.trees import changes_between, files_in


_SOURCES = (
    *("content", "fonts", "languages", "templates", "themes", "plugins"),
    *("pelicanconf.py", "publishconf.py", "requirements.lock"),
)


def build(root: Path) -> Path:
    """Build the site in `root` strictly and return its output, or raise `Refused`."""
    output = root / "output"
    words = ["content", "--settings", "publishconf.py", "--output", str(output), "--fatal", "warnings"]
    if subprocess.run([sys.executable, "-m", "plugins.press", *words], cwd=root, check=False).returncode:
        raise Refused("the strict build failed; mend what it says above")
    return output


def publish(root: Path, options: Options, build: Callable[[Path], Path] = build) -> str:
    """Build the site in `root`, push it, and return the closing line."""
    git = Git(root)
    clone = clone_of(git, _SOURCES)
    check_target(options, clone)
    check_sources(options, clone)
    remote = remote_of(git, options)
    check_remote(options, remote)
    output = build(root)
    check_unchanged(options, clone, clone_of(git, _SOURCES))
    ids = files_of(output, options.dotfile, algorithm_of(git))
    with work_branch(git) as work:
        base = base_of(git, options, work, remote.tip)
        old = files_in(git, base.published)
        check_published(options, old)
        tree = with_host_files(git, imported(git, output, work, ids), old, ids)
        return _published(git, options, base, tree, message_of(options, clone))


def _published(git: Git, options: Options, base: Base, tree: str, message: str) -> str:
    old, new = files_in(git, base.published), files_in(git, tree)
    changes = changes_between(old, new)
    if not changes and base.parents == (base.tip,):
        remember(git, options, base.tip)
        return f"{options} already holds this site; nothing to publish"
    listing = changes_listed(git, old, new) if options.dry_run else ()
    check_size(options, old, new, listing)
    if options.dry_run:
        return "\n".join((*listing, f"would publish to {options}: {changes}"))
    commit = committed(git, tree, base, message)
    push(git, options, base, commit)
    return f"published to {options}: {changes} ({commit[:12]})"
