"""The command `python -m plugins.workflows`, which the tasks and the workflows call."""

from __future__ import annotations

import argparse
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from plugins.workflows.advisories import Verdict, pins_of, verdict_of
from plugins.workflows.annotations import command, commands_of, quoted
from plugins.workflows.changes import MANIFEST, compare, files_of, listing


def main(arguments: Sequence[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    match given.verb:
        case "annotations":
            return _annotate()
        case "changes":
            return _list_changes(given.since)
        case _:
            return _audit(given.locks)


def _annotate() -> int:
    """Hand the input on as it comes, then the commands: GitHub shows the first ten of each step."""
    kept: list[str] = []
    for line in quoted(_keeping(kept), secrets.token_hex(16)):
        print(line, flush=True)
    print("".join(f"{line}\n" for line in commands_of(kept)), end="")
    return 0


def _keeping(kept: list[str]) -> Iterator[str]:
    for data in sys.stdin.buffer:
        kept.append(data.decode(errors="backslashreplace").rstrip("\r\n"))
        yield kept[-1]


def _list_changes(since: str) -> int:
    with tempfile.TemporaryDirectory() as folder:
        earlier = Path(folder, "earlier")
        problem = _check_out(since, earlier, Path(folder, "index"))
        before = {} if problem else _built(earlier, Path(folder, "before"))
        after = _built(Path.cwd(), Path(folder, "after")) if before else {}
    if problem or not before or not after:
        which = problem or ("the present files do not build" if before else f'"{since}" does not build')
        print(f"## Changed pages\n\nNot compared: {which}.")
        return 0
    print(listing(compare(before, after)), end="")
    return 0


def _check_out(commit: str, folder: Path, index: Path) -> str:
    """Write the files of a commit into a folder, past the clone's own index; return what went wrong."""
    environment = {**os.environ, "GIT_INDEX_FILE": str(index)}
    for words in (["read-tree", f"{commit}^{{tree}}"], ["checkout-index", "--all", f"--prefix={folder}/"]):
        done = subprocess.run(["git", *words], env=environment, capture_output=True, text=True, check=False)  # noqa: S607 — the owner's own git
        if done.returncode:
            return f"git has no commit {commit!a}"
    return ""


def _built(root: Path, output: Path) -> dict[str, str]:
    words = [sys.executable, "-m", "pelican", "content", "--settings", "pelicanconf.py", "--output", str(output)]
    subprocess.run(words, cwd=root, capture_output=True, check=False)  # `make check` says what is wrong
    try:
        return files_of((output / MANIFEST).read_text(encoding="utf-8", errors="surrogateescape"))
    except OSError:
        return {}


def _audit(locks: Sequence[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        pins, report = Path(folder, "pins.txt"), Path(folder, "report.json")
        pins.write_text(pins_of(Path(lock).read_text(encoding="utf-8") for lock in locks), encoding="utf-8")
        options = f"--disable-pip --require-hashes --progress-spinner=off --format=json --output={report}"
        words = [sys.executable, "-m", "pip_audit", *options.split(), "--requirement", str(pins)]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        verdict = verdict_of(report.read_text(encoding="utf-8") if report.exists() else "")
    return _judge(verdict, done.stderr)


def _judge(verdict: Verdict | None, stderr: str) -> int:
    if verdict is None:
        reason = (stderr.strip().splitlines() or ["no report"])[-1]
        _say_not_audited(f"not audited: the service of advisories could not be asked ({reason})")
        return 0
    if not verdict.audited:
        _say_not_audited("not audited: the service of advisories knows none of the pins; ask where PyPI's is reachable")
        return 0
    print(f"audited: {verdict.audited} pins, {len(verdict.found)} known vulnerabilities")
    if verdict.skipped:
        _say_not_audited(f"not audited: {', '.join(verdict.skipped)}")
    for line in verdict.found:
        print(line, file=sys.stderr)
    return 1 if verdict.found else 0


def _say_not_audited(message: str) -> None:
    print(message, file=sys.stderr)
    if os.environ.get("GITHUB_ACTIONS"):
        print(command("warning", message, title="audit"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("workflows", description="Tell continuous integration what it needs to hear.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("annotations", help="repeat problems as annotations of GitHub's")
    verbs.add_parser("changes", help="list changed pages").add_argument("--since", default="HEAD^", metavar="COMMIT")
    verbs.add_parser("audit", help="look up vulnerabilities").add_argument("locks", nargs="+", metavar="LOCK")
    return parser


if __name__ == "__main__":
    sys.exit(main())
