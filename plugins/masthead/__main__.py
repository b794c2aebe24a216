"""The command `python -m plugins.masthead`, which `inv init` calls."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from plugins.masthead import content, tree
from plugins.masthead.configuration import rewritten
from plugins.masthead.facts import LICENCES, facts_of
from plugins.masthead.model import Facts, Refused


def main(arguments: Sequence[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    try:
        print(_init(Path.cwd(), given))
    except Refused as refusal:
        print(f"not changed: {refusal}", file=sys.stderr)
        return 1
    return 0


def _init(root: Path, given: argparse.Namespace) -> str:
    source = tree.configuration(root)
    today = datetime.now(UTC).date().isoformat()
    moves = content.moves(tree.names(root), tree.changed(root), today, again=given.again)
    conf = rewritten(source, _facts(root, given).settings())
    tree.apply(root, moves, conf)
    return (
        f"{len(moves.moved)} files of the demo are in examples/ now; pelicanconf.py says whose site this is.\n"
        f"Written: {', '.join(moves.written) or 'nothing new'}.\n"
        "See it with make serve; keep it with git add -A && git commit."
    )


def _facts(root: Path, given: argparse.Namespace) -> Facts:
    owner = _owner(root)
    return facts_of(
        _answer(given, "name", "What is the site called?"),
        _answer(given, "address", "What is its address, like https://example.org?"),
        _answer(given, "author", "Who writes it?", owner),
        _answer(
            given, "licence", f"Under which licence ({', '.join(LICENCES)}, or a name and an address)?", "CC BY 4.0"
        ),
    )


def _answer(given: argparse.Namespace, what: str, question: str, default: str = "") -> str:
    if (flag := getattr(given, what)) is not None:
        return str(flag)
    if given.yes:
        return default
    try:
        return input(f"{question}{f' [{default}]' if default else ''} ").strip() or default
    except EOFError:
        raise Refused(
            f"nobody answers the question for the {what}; give --{what}, or --yes for what is usual"
        ) from None


def _owner(root: Path) -> str:
    try:
        done = subprocess.run(["git", "config", "user.name"], cwd=root, capture_output=True, text=True, check=False)  # noqa: S607 — the owner's own git
    except OSError:
        return ""
    return done.stdout.strip()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("init", description="Make this clone a site of your own.")
    parser.add_argument("--name", help="what the site is called")
    parser.add_argument("--address", help="its whole address, such as https://example.org")
    parser.add_argument("--author", help="who writes it (git's user.name)")
    parser.add_argument("--licence", help="CC BY 4.0, another of Creative Commons, none, or a name and an address")
    parser.add_argument("--yes", action="store_true", help="ask nothing; take what is usual where nothing is given")
    parser.add_argument("--again", action="store_true", help="go on although content/ holds files of your own")
    return parser


if __name__ == "__main__":
    sys.exit(main())
