"""The command `python -m plugins.publishing`, which `inv publish` and `make publish` call."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from plugins.publishing.checks import check_clone, check_remote, message_of
from plugins.publishing.git import Git, clone_of, remote_of
from plugins.publishing.model import Options, Refused
from plugins.publishing.push import committed, push


_SOURCES = ("content", "themes", "plugins", "pelicanconf.py", "publishconf.py", "requirements.lock")


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    try:
        print(publish(Path.cwd(), options))
    except Refused as refusal:
        print(f"not published: {refusal}", file=sys.stderr)
        return 1
    return 0


def build(root: Path) -> Path:
    """Build the site in `root` strictly and return its output, or raise `Refused`."""
    output = root / "output"
    words = ["content", "--settings", "publishconf.py", "--output", str(output), "--fatal", "warnings"]
    if subprocess.run([sys.executable, "-m", "pelican", *words], cwd=root, check=False).returncode:
        raise Refused("the strict build failed; mend what it says above")
    return output


def publish(root: Path, options: Options, build: Callable[[Path], Path] = build) -> str:
    """Build the site in `root`, push it, and return the closing line."""
    git = Git(root)
    clone = clone_of(git, _SOURCES)
    check_clone(options, clone)
    remote = remote_of(git, options.remote, options.branch)
    check_remote(options, remote)
    output = build(root)
    with committed(git, output, options, message_of(options, clone), published=remote.published) as commit:
        where = f'"{options.branch}" of "{options.remote}"'
        if not commit.changes:
            return f"{where} already holds this site; nothing to publish"
        if options.dry_run:
            return "\n".join((*commit.changes.lines(), f"would publish to {where}: {commit.changes}"))
        push(git, options, commit)
        return f"published to {where}: {commit.changes} ({commit.sha[:12]})"


def _options(arguments: Sequence[str] | None) -> Options:
    parser = argparse.ArgumentParser("publish", description="Build the site strictly and push it to a branch.")
    parser.add_argument("--remote", default="origin", help="the git remote to push to (%(default)s)")
    parser.add_argument("--branch", default="gh-pages", help="the branch that holds the site (%(default)s)")
    parser.add_argument("--message", default="", help="the commit message (names the source commit)")
    parser.add_argument("--dry-run", action="store_true", help="list what would change, push nothing")
    parser.add_argument("--dirty", action="store_true", help="publish although sources have uncommitted changes")
    return Options(**vars(parser.parse_args(arguments)))


if __name__ == "__main__":
    sys.exit(main())
