"""The verbs of the house, for invoke: `inv --list` names them, `inv --help VERB` explains one."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task

from verbs import parsing
from verbs.calls import ROOT, options, pelican, python
from verbs.upkeep import audit, bench, budgets, edits, faults, fonts, fuzz, lint, lock, rehearse, sweep, test


__all__ = ["audit", "bench", "budgets", "edits", "faults", "fonts", "fuzz", "lint", "lock", "rehearse", "sweep", "test"]

MANIFEST = ".broadside.json"  # every output that the press wrote has it

parsing.widen()


@task
def html(c: Context) -> None:
    """Build the site into output/."""
    pelican(c)


@task(help={"output": "keep the build in this folder"})
def check(c: Context, output: str = "") -> None:
    """Build as for publishing, strictly, and keep nothing."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(output).absolute() if output else Path(folder, "output")
        pelican(c, "--fatal", "warnings", "--output", kept, conf="publishconf.py")
    python(c, "plugins.citations", "--unused", "--remark")  # for authors to know, and no fault


@task(help={"port": "the port on localhost (8000)"})
def serve(c: Context, port: int = 8000) -> None:
    """Build, serve on localhost and rebuild on every save."""
    python(c, "plugins.press.serve", "--port", str(port))


@task
def regenerate(c: Context) -> None:
    """Rebuild on every save, without serving."""
    python(c, "plugins.press.serve", "--no-server")


_TARGET = {
    "remote": "the git remote to push to (origin)",
    "branch": "the branch that holds the site (gh-pages)",
    "dry-run": "list what would change, with sizes; push nothing",
    "rewritten": "if the branch lost commits: join them again, or accept that they are gone",
}


@task(
    positional=(),
    iterable=["dotfile"],
    help={
        **_TARGET,
        "message": "the commit message (names the source commit)",
        "dirty": "publish although sources have uncommitted changes",
        "shrink": "publish although more than 20 % of the pages go",
        "dotfile": "publish this hidden file or folder; repeatable",
    },
)
def publish(
    c: Context,
    remote: str = "origin",
    branch: str = "gh-pages",
    message: str = "",
    rewritten: str = "",
    dry_run: bool = False,
    dirty: bool = False,
    shrink: bool = False,
    dotfile: list[str] | None = None,
) -> None:
    """Build strictly and push the site to a branch of a git remote."""
    named = {"remote": remote, "branch": branch, "message": message, "rewritten": rewritten}
    flags = {"dry-run": dry_run, "dirty": dirty, "shrink": shrink}
    python(c, "plugins.publishing", *options(named, flags), *(f"--dotfile={name}" for name in dotfile or ()))


@task(
    positional=["steps"],
    help={**_TARGET, "steps": "how many published commits to go back (1)", "list": "show the last published commits"},
)
def rollback(
    c: Context,
    steps: str | None = None,
    remote: str = "origin",
    branch: str = "gh-pages",
    rewritten: str = "",
    dry_run: bool = False,
    list: bool = False,  # noqa: A002 — invoke names the option after it
) -> None:
    """Publish an earlier site again, as a new commit on top."""
    named = {"remote": remote, "branch": branch, "rewritten": rewritten}
    python(c, "plugins.publishing", "rollback", steps or "1", *options(named, {"list": list, "dry-run": dry_run}))


@task(
    help={
        "name": "what the site is called",
        "address": "its whole address, such as https://example.org",
        "author": "who writes it (git's user.name)",
        "licence": "CC BY 4.0, another of Creative Commons, none, or a name and an address",
        "yes": "ask nothing; take what is usual where nothing is given",
        "again": "go on although content/ holds files of your own",
    }
)
def init(
    c: Context,
    name: str = "",
    address: str = "",
    author: str = "",
    licence: str = "",
    yes: bool = False,
    again: bool = False,
) -> None:
    """Make this clone a site of your own: its facts, and the demo out of the way."""
    named = {"name": name, "address": address, "author": author, "licence": licence}
    python(c, "plugins.masthead", *options(named, {"yes": yes, "again": again}), pty=sys.stdin.isatty())


@task(
    positional=(),
    iterable=["words"],
    help={
        "words": "what follows: WORDS to look for; add WHAT; schema",
        "unused": "list the works that no essay or page cites",
        "key": "add: the key to give, instead of one made of author and year",
        "keep-keys": "add: keep the keys that pasted entries have",
        "to": "add: the bibliography to add to, a file below content/",
    },
)
def cite(
    _c: Context, words: list[str], unused: bool = False, key: str = "", keep_keys: bool = False, to: str = ""
) -> None:
    """List the works that essays may cite, or add one.

    inv cite                      each work: key, credit, title, place, how often it is cited
    inv cite scott state          those that hold all of these words
    inv cite --unused             those that no essay or page cites
    inv cite add 10.1000/182      adds a work by its DOI, ISBN or web address
    inv cite add entry.ris        adds the entries of a file: BibTeX, RIS, CSL-JSON, CSL-YAML
    inv cite add "@book{…}"       adds an entry that is pasted; "-" reads it from standard input
    inv cite schema               writes what editors complete keys and front matter from, to .cache/editor/

    The item goes to the end of the bibliography, in its format, under a key made of author and year; nothing else in
    the file changes. Asked for, over https, are doi.org, openlibrary.org, and the page itself; pasted entries need no
    network.
    """
    flags = options({"key": key, "to": to}, {"unused": unused, "keep-keys": keep_keys})
    modules = ["plugins.citations"] if words[:1] != ["schema"] else ["plugins.citations", "plugins.essays"]
    given = [str(Path(word).absolute()) if _is_file(word) else word for word in words]
    for module in modules:  # with this terminal's own input: an entry may come through it
        done = subprocess.run([sys.executable, "-m", module, *given, *flags], cwd=ROOT, check=False)
        if done.returncode:
            raise Exit(code=done.returncode)


def _is_file(word: str) -> bool:
    try:
        return Path(word).is_file()
    except (OSError, ValueError):  # an entry is no name of a file
        return False


@task(help={"since": "the commit to compare with (HEAD^)"})
def changes(c: Context, since: str = "HEAD^") -> None:
    """List the pages that differ from those of an earlier commit."""
    python(c, "plugins.workflows", "changes", "--since", since)


@task
def clean(_c: Context) -> None:
    """Remove output/, if Broadside wrote it, and the build's cache."""
    output = ROOT / "output"
    if output.is_dir() and any(output.iterdir()) and not (output / MANIFEST).is_file():
        raise Exit(f'"output" has no {MANIFEST}, so Broadside did not write it; remove it by hand', code=1)
    for folder in (output, ROOT / ".cache"):
        shutil.rmtree(folder, ignore_errors=True)
