"""The words of the command."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from plugins.publishing.model import Options, RollbackOptions


def options_of(words: Sequence[str]) -> Options | RollbackOptions:
    """Return what is asked for: a rollback if that is the first word, else to publish."""
    if words[:1] == ["rollback"]:
        return RollbackOptions(**_parsed(_rollback_parser(), words[1:]))
    parsed = _parsed(_publish_parser(), words)
    return Options(**{**parsed, "dotfile": tuple(parsed["dotfile"])})


def _parsed(parser: argparse.ArgumentParser, words: Sequence[str]) -> dict[str, Any]:
    return vars(parser.parse_args(words))


def _publish_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("publish", description="Build the site strictly and push it to a branch.")
    _add_target(parser)
    parser.add_argument("--message", default="", help="the commit message (names the source commit)")
    parser.add_argument("--dry-run", action="store_true", help="list what would change, with sizes; push nothing")
    parser.add_argument("--dirty", action="store_true", help="publish although sources have uncommitted changes")
    parser.add_argument("--shrink", action="store_true", help="publish although more than 20 %% of the pages go")
    parser.add_argument(
        "--dotfile", action="append", default=[], metavar="NAME", help="publish this hidden file or folder; repeatable"
    )
    return parser


def _rollback_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("rollback", description="Publish an earlier site again, as a new commit on top.")
    parser.add_argument(
        "steps", type=int, nargs="?", default=1, metavar="N", help="how many published commits to go back (%(default)s)"
    )
    _add_target(parser)
    parser.add_argument("--list", dest="listed", action="store_true", help="show the last published commits")
    parser.add_argument("--dry-run", action="store_true", help="list what would change, with sizes; push nothing")
    return parser


def _add_target(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--remote", default="origin", help="the git remote to push to (%(default)s)")
    parser.add_argument("--branch", default="gh-pages", help="the branch that holds the site (%(default)s)")
    parser.add_argument(
        "--rewritten",
        default="",
        choices=("join", "accept"),
        help="if the branch lost what was published: join it to the history again, or accept that it is gone",
    )
