"""The verbs of the house, for invoke: `inv --list` names them, `inv --help VERB` explains one."""

from __future__ import annotations

import shlex
import shutil
import sys
import tempfile
from pathlib import Path

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task


ROOT = Path(__file__).resolve().parent
MANIFEST = ".broadside.json"  # every output that the press wrote has it
UV = "uv==0.13.9"  # resolves the locks; installed only when they are written
# What the theme's fonts are cut from; the cut files are in the repository.
FONTS = ("source-serif@4.5.1", "@fontsource/public-sans@5.3.0", "@fontsource/noto-serif-sc@5.3.0")


def _python(c: Context, *words: str | Path) -> None:
    """Run a module of this interpreter in the root folder; a failure ends the task with its exit code."""
    with c.cd(shlex.quote(str(ROOT))):
        c.run(shlex.join([sys.executable, "-m", *map(str, words)]))


def _pelican(c: Context, *words: str | Path, conf: str = "pelicanconf.py") -> None:
    _python(c, "pelican", "content", "--settings", conf, *words)


@task
def html(c: Context) -> None:
    """Build the site into output/."""
    _pelican(c)


@task
def check(c: Context) -> None:
    """Build as for publishing, strictly, and keep nothing."""
    with tempfile.TemporaryDirectory() as folder:
        _pelican(c, "--fatal", "warnings", "--output", Path(folder, "output"), conf="publishconf.py")


@task(help={"port": "the port on localhost (8000)"})
def serve(c: Context, port: int = 8000) -> None:
    """Build, serve on localhost and rebuild on every save."""
    _python(c, "plugins.press.serve", "--port", str(port))


@task
def regenerate(c: Context) -> None:
    """Rebuild on every save, without serving."""
    _python(c, "plugins.press.serve", "--no-server")


@task(
    help={
        "remote": "the git remote to push to (origin)",
        "branch": "the branch that holds the site (gh-pages)",
        "message": "the commit message (names the source commit)",
        "dry-run": "list what would change, push nothing",
        "dirty": "publish although content has uncommitted changes",
    }
)
def publish(
    c: Context,
    remote: str = "origin",
    branch: str = "gh-pages",
    message: str = "",
    dry_run: bool = False,
    dirty: bool = False,
) -> None:
    """Build strictly and push the site to a branch of a git remote."""
    options = [f"--remote={remote}", f"--branch={branch}", *([f"--message={message}"] if message else [])]
    flags = [name for name, given in {"--dry-run": dry_run, "--dirty": dirty}.items() if given]
    _python(c, "plugins.publishing", *options, *flags)


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


@task(lint)
def test(c: Context) -> None:
    """Check style, types and every test."""
    _python(c, "pytest", "--numprocesses=2", "-m", "not slow")


@task(help={"rounds": "how often each side is built (3)"})
def bench(c: Context, rounds: int = 3) -> None:
    """Time a build beside plain Pelican's; BENCH_ESSAYS names a folder of essays."""
    _python(c, "benchmarks.builds", "--rounds", str(rounds))


@task
def fonts(c: Context) -> None:
    """Cut the theme's fonts anew, to the characters that pages need; needs npm."""
    with tempfile.TemporaryDirectory() as folder:
        options = "--ignore-scripts --no-audit --no-fund --no-save --no-update-notifier --loglevel=error"
        c.run(shlex.join(["npm", "install", "--prefix", folder, *options.split(), *FONTS]))
        _python(c, "themes.broadside.subset", "--packages", Path(folder, "node_modules"), "--content", "content")


@task
def lock(c: Context) -> None:
    """Write the lock files anew from pyproject.toml."""
    _python(c, "pip", "install", "--quiet", "--disable-pip-version-check", UV)
    _compile(c, "--output-file=requirements.lock")
    _compile(c, "--group=dev", "--constraints=requirements.lock", "--output-file=requirements-dev.lock")


def _compile(c: Context, *options: str) -> None:
    fixed = "--quiet --universal --generate-hashes --python-version=3.11 --only-binary=:all: --no-annotate"
    hosts = "--no-emit-index-url --no-emit-find-links"
    words = [*shlex.split(f"{fixed} {hosts}"), "--custom-compile-command=make lock", *options]
    _python(c, "uv", "pip", "compile", "pyproject.toml", *words)
