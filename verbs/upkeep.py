"""The verbs of whoever works on Broadside itself: style, tests, benchmarks, fonts, locks."""

from __future__ import annotations

import itertools
import shlex
import sys
import tempfile
from pathlib import Path

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task

from verbs.calls import ROOT, python


UV = "uv==0.13.9"  # resolves the locks; installed only when they are written
PLATFORMS = (
    "x86_64-manylinux_2_28 aarch64-manylinux_2_28 x86_64-apple-darwin aarch64-apple-darwin x86_64-pc-windows-msvc"
).split()
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
MEASUREMENTS = ("builds", "edits", "citing", "memory")
# Where the words of pages are.
TEXTS = (
    "content",
    "languages",
    "templates",
    "themes/broadside/languages",
    "themes/broadside/templates",
    "pelicanconf.py",
)
# What the theme's fonts are cut from; the cut files are in the repository.
FONTS = ("source-serif@4.5.1", "@fontsource/public-sans@5.3.0", "@fontsource/noto-serif-sc@5.3.0")


@task
def audit(c: Context) -> None:
    """Look up known vulnerabilities of everything in the lock files."""
    python(c, "plugins.workflows", "audit", "requirements.lock", "requirements-dev.lock")


@task
def lint(c: Context) -> None:
    """Check style and types."""
    python(c, "ruff", "format", "--check", "--quiet", ".")
    python(c, "ruff", "check", "--quiet", ".")
    python(c, "mypy")
    zizmor = Path(sys.executable).with_name("zizmor")  # a program, not a module
    c.run(shlex.join([str(zizmor), "--offline", "--quiet", "--no-progress", str(ROOT / ".github")]))


@task(lint)
def test(c: Context) -> None:
    """Check style, types and every test."""
    python(c, "pytest", "--numprocesses=2", "-m", "not slow")


@task
def rehearse(c: Context) -> None:
    """Run the steps of the workflows, and a newcomer's way from the README, in clean clones; and the benchmarks."""
    python(c, "pytest", "-m", "slow", "tests/workflows", "tests/masthead", "tests/benchmarks")


@task
def budgets(c: Context) -> None:
    """Hold every kind of page to its budgets at every width, and have Lighthouse look at each: minutes."""
    python(c, "pytest", "-m", "slow", "-s", "tests/browser")


@task
def sweep(c: Context) -> None:
    """Publish through fifty random histories, and kill it at every step: minutes."""
    python(c, "pytest", "--numprocesses=2", "-m", "slow", "tests/publishing")


@task
def faults(c: Context) -> None:
    """Kill builds, fill the disk, and watch where a build reaches: the slow tests of what may go wrong."""
    python(c, "pytest", "-m", "slow", "-s", "tests/faults", "--ignore=tests/faults/test_fuzz.py")


@task
def edits(c: Context) -> None:
    """Edit a site a thousand times at random, and hold each build to a clean one."""
    python(c, "pytest", "--numprocesses=2", "--verbose", "-m", "slow", "tests/cache")  # a line for each share


@task
def fuzz(c: Context) -> None:
    """Read 10,000 spoilt essays and bibliographies."""
    python(c, "pytest", "-m", "slow", "tests/faults/test_fuzz.py")


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
        python(c, f"benchmarks.{name}", *given)


@task
def fonts(c: Context) -> None:
    """Cut the theme's fonts anew, to the characters that pages need, and note what they draw; needs npm."""
    with tempfile.TemporaryDirectory() as folder:
        options = "--ignore-scripts --no-audit --no-fund --no-save --no-update-notifier --loglevel=error"
        c.run(shlex.join(["npm", "install", "--prefix", folder, *options.split(), *FONTS]))
        python(c, "themes.broadside.subset", "--packages", Path(folder, "node_modules"), "--content", *TEXTS)


@task(help={"prove": "then install both for each platform and Python, into a folder that is thrown away"})
def lock(c: Context, prove: bool = False) -> None:
    """Write the lock files anew from pyproject.toml."""
    python(c, "pip", "install", "--quiet", "--disable-pip-version-check", UV)
    _compile(c, "--output-file=requirements.lock")
    _compile(c, "--group=dev", "--constraints=requirements.lock", "--output-file=requirements-dev.lock")
    for name in ("requirements.lock", "requirements-dev.lock") if prove else ():
        _prove(c, name)


def _prove(c: Context, name: str) -> None:
    fixed = "--quiet --require-hashes --only-binary=:all: --no-deps"
    for platform, version in itertools.product(PLATFORMS, PYTHONS):
        with tempfile.TemporaryDirectory() as folder:
            options = f"{fixed} --python-platform={platform} --python-version={version}"
            python(c, "uv", "pip", "install", *options.split(), f"--target={folder}", "--requirement", name)


def _compile(c: Context, *options: str) -> None:
    fixed = "--quiet --universal --generate-hashes --python-version=3.11 --only-binary=:all: --no-annotate"
    hosts = "--no-emit-index-url --no-emit-find-links"
    words = [*shlex.split(f"{fixed} {hosts}"), "--custom-compile-command=make lock", *options]
    python(c, "uv", "pip", "compile", "pyproject.toml", *words)
