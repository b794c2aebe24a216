"""The verbs of the house, for invoke: `inv --list` names them, `inv --help VERB` explains one."""

from __future__ import annotations

import itertools
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.parser.parser import ParseMachine
from invoke.tasks import task


ROOT = Path(__file__).resolve().parent
MANIFEST = ".broadside.json"  # every output that the press wrote has it
UV = "uv==0.13.9"  # resolves the locks; installed only when they are written
PLATFORMS = (
    "x86_64-manylinux_2_28 aarch64-manylinux_2_28 x86_64-apple-darwin aarch64-apple-darwin x86_64-pc-windows-msvc"
).split()
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
MEASUREMENTS = ("builds", "edits", "citing", "memory")
# What the theme's fonts are cut from; the cut files are in the repository.
# Where the words of pages are.
TEXTS = (
    "content",
    "languages",
    "templates",
    "themes/broadside/languages",
    "themes/broadside/templates",
    "pelicanconf.py",
)
FONTS = ("source-serif@4.5.1", "@fontsource/public-sans@5.3.0", "@fontsource/noto-serif-sc@5.3.0")


def _python(c: Context, *words: str | Path, pty: bool = False) -> None:
    """Run a module of this interpreter in the root folder; a failure ends the task with its exit code."""
    with c.cd(shlex.quote(str(ROOT))):
        c.run(shlex.join([sys.executable, "-m", *map(str, words)]), pty=pty)


def _pelican(c: Context, *words: str | Path, conf: str = "pelicanconf.py") -> None:
    _python(c, "plugins.press", "content", "--settings", conf, *words)


@task
def html(c: Context) -> None:
    """Build the site into output/."""
    _pelican(c)


@task(help={"output": "keep the build in this folder"})
def check(c: Context, output: str = "") -> None:
    """Build as for publishing, strictly, and keep nothing."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(output).absolute() if output else Path(folder, "output")
        _pelican(c, "--fatal", "warnings", "--output", kept, conf="publishconf.py")
    _python(c, "plugins.citations", "--unused", "--remark")  # for authors to know, and no fault


@task(help={"port": "the port on localhost (8000)"})
def serve(c: Context, port: int = 8000) -> None:
    """Build, serve on localhost and rebuild on every save."""
    _python(c, "plugins.press.serve", "--port", str(port))


@task
def regenerate(c: Context) -> None:
    """Rebuild on every save, without serving."""
    _python(c, "plugins.press.serve", "--no-server")


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
    _python(c, "plugins.publishing", *_options(named, flags), *(f"--dotfile={name}" for name in dotfile or ()))


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
    _python(c, "plugins.publishing", "rollback", steps or "1", *_options(named, {"list": list, "dry-run": dry_run}))


_complete = ParseMachine.complete_context


def _complete_without_steps(machine: ParseMachine) -> None:
    """Let N be left out of `inv rollback N`: for invoke, what may be told by its place has to be told."""
    for argument in machine.context.positional_args:
        if argument.name == "steps" and argument.value is None:
            argument.value = "1"
    _complete(machine)


ParseMachine.complete_context = _complete_without_steps  # type: ignore[assignment, method-assign]


def _options(named: Mapping[str, str], flags: Mapping[str, bool]) -> list[str]:
    given = [f"--{name}={value}" for name, value in named.items() if value]
    return given + [f"--{name}" for name, is_set in flags.items() if is_set]


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
    _python(c, "plugins.masthead", *_options(named, {"yes": yes, "again": again}), pty=sys.stdin.isatty())


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
    options = _options({"key": key, "to": to}, {"unused": unused, "keep-keys": keep_keys})
    modules = ["plugins.citations"] if words[:1] != ["schema"] else ["plugins.citations", "plugins.essays"]
    given = [str(Path(word).absolute()) if _is_file(word) else word for word in words]
    for module in modules:  # with this terminal's own input: an entry may come through it
        done = subprocess.run([sys.executable, "-m", module, *given, *options], cwd=ROOT, check=False)
        if done.returncode:
            raise Exit(code=done.returncode)


def _is_file(word: str) -> bool:
    try:
        return Path(word).is_file()
    except (OSError, ValueError):  # an entry is no name of a file
        return False


_handle = ParseMachine.handle


def _handle_words(machine: ParseMachine, word: str) -> None:
    """Let `inv cite` have all words that follow it: invoke would take them for tasks."""
    is_option = word.startswith("-") and word != "-"
    if machine.context and machine.context.name == "cite" and not is_option and not machine.waiting_for_flag_value:
        machine.context.args["words"].value = word
    else:
        _handle(machine, word)


ParseMachine.handle = _handle_words  # type: ignore[assignment, method-assign]


@task(help={"since": "the commit to compare with (HEAD^)"})
def changes(c: Context, since: str = "HEAD^") -> None:
    """List the pages that differ from those of an earlier commit."""
    _python(c, "plugins.workflows", "changes", "--since", since)


@task
def audit(c: Context) -> None:
    """Look up known vulnerabilities of everything in the lock files."""
    _python(c, "plugins.workflows", "audit", "requirements.lock", "requirements-dev.lock")


@task
def clean(_c: Context) -> None:
    """Remove output/, if Broadside wrote it, and the build's cache."""
    output = ROOT / "output"
    if output.is_dir() and any(output.iterdir()) and not (output / MANIFEST).is_file():
        raise Exit(f'"output" has no {MANIFEST}, so Broadside did not write it; remove it by hand', code=1)
    for folder in (output, ROOT / ".cache"):
        shutil.rmtree(folder, ignore_errors=True)


@task
def lint(c: Context) -> None:
    """Check style and types."""
    _python(c, "ruff", "format", "--check", "--quiet", ".")
    _python(c, "ruff", "check", "--quiet", ".")
    _python(c, "mypy")
    zizmor = Path(sys.executable).with_name("zizmor")  # a program, not a module
    c.run(shlex.join([str(zizmor), "--offline", "--quiet", "--no-progress", str(ROOT / ".github")]))


@task(lint)
def test(c: Context) -> None:
    """Check style, types and every test."""
    _python(c, "pytest", "--numprocesses=2", "-m", "not slow")


@task
def rehearse(c: Context) -> None:
    """Run the steps of the workflows, and a newcomer's way from the README, in clean clones; and the benchmarks."""
    _python(c, "pytest", "-m", "slow", "tests/workflows", "tests/masthead", "tests/benchmarks")


@task
def budgets(c: Context) -> None:
    """Hold every kind of page to its budgets at every width, and have Lighthouse look at each: minutes."""
    _python(c, "pytest", "-m", "slow", "-s", "tests/browser")


@task
def sweep(c: Context) -> None:
    """Publish through fifty random histories, and kill it at every step: minutes."""
    _python(c, "pytest", "--numprocesses=2", "-m", "slow", "tests/publishing")


@task
def faults(c: Context) -> None:
    """Kill builds, fill the disk, and watch where a build reaches: the slow tests of what may go wrong."""
    _python(c, "pytest", "-m", "slow", "-s", "tests/faults", "--ignore=tests/faults/test_fuzz.py")


@task
def edits(c: Context) -> None:
    """Edit a site a thousand times at random, and hold each build to a clean one."""
    _python(c, "pytest", "--numprocesses=2", "--verbose", "-m", "slow", "tests/cache")  # a line for each share


@task
def fuzz(c: Context) -> None:
    """Read 10,000 spoilt essays and bibliographies."""
    _python(c, "pytest", "-m", "slow", "tests/faults/test_fuzz.py")


@task(
    help={
        "of": "measure this alone: builds, edits, citing or memory (builds, then edits)",
        "essays": "of how many essays (each measurement has its own number)",
        "rounds": "how often each side is built (3)",
    }
)
def bench(c: Context, of: str = "", essays: int = 0, rounds: int = 3) -> None:
    """Time a build beside plain Pelican's, and what edits cost; BENCH_ESSAYS names a folder of essays."""
    if of and of not in MEASUREMENTS:
        raise Exit(f'there is no measurement "{of}"; name one of {", ".join(MEASUREMENTS)}', code=1)
    given = ["--rounds", str(rounds), *(["--essays", str(essays)] if essays else [])]
    for name in [of] if of else MEASUREMENTS[:2]:
        _python(c, f"benchmarks.{name}", *given)


@task
def fonts(c: Context) -> None:
    """Cut the theme's fonts anew, to the characters that pages need, and note what they draw; needs npm."""
    with tempfile.TemporaryDirectory() as folder:
        options = "--ignore-scripts --no-audit --no-fund --no-save --no-update-notifier --loglevel=error"
        c.run(shlex.join(["npm", "install", "--prefix", folder, *options.split(), *FONTS]))
        _python(c, "themes.broadside.subset", "--packages", Path(folder, "node_modules"), "--content", *TEXTS)


@task(help={"prove": "then install both for each platform and Python, into a folder that is thrown away"})
def lock(c: Context, prove: bool = False) -> None:
    """Write the lock files anew from pyproject.toml."""
    _python(c, "pip", "install", "--quiet", "--disable-pip-version-check", UV)
    _compile(c, "--output-file=requirements.lock")
    _compile(c, "--group=dev", "--constraints=requirements.lock", "--output-file=requirements-dev.lock")
    for name in ("requirements.lock", "requirements-dev.lock") if prove else ():
        _prove(c, name)


def _prove(c: Context, name: str) -> None:
    fixed = "--quiet --require-hashes --only-binary=:all: --no-deps"
    for platform, version in itertools.product(PLATFORMS, PYTHONS):
        with tempfile.TemporaryDirectory() as folder:
            options = f"{fixed} --python-platform={platform} --python-version={version}"
            _python(c, "uv", "pip", "install", *options.split(), f"--target={folder}", "--requirement", name)


def _compile(c: Context, *options: str) -> None:
    fixed = "--quiet --universal --generate-hashes --python-version=3.11 --only-binary=:all: --no-annotate"
    hosts = "--no-emit-index-url --no-emit-find-links"
    words = [*shlex.split(f"{fixed} {hosts}"), "--custom-compile-command=make lock", *options]
    _python(c, "uv", "pip", "compile", "pyproject.toml", *words)
