"""Call the house's own commands."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping
from pathlib import Path

from invoke.context import Context


ROOT = Path(__file__).resolve().parents[1]


def python(c: Context, *words: str | Path, pty: bool = False) -> None:
    """Run a module of this interpreter in the root folder; a failure ends the task with its exit code."""
    with c.cd(shlex.quote(str(ROOT))):
        c.run(shlex.join([sys.executable, "-m", *map(str, words)]), pty=pty)


def pelican(c: Context, *words: str | Path, conf: str = "pelicanconf.py") -> None:
    python(c, "plugins.press", "content", "--settings", conf, *words)


def options(named: Mapping[str, str], flags: Mapping[str, bool]) -> list[str]:
    given = [f"--{name}={value}" for name, value in named.items() if value]
    return given + [f"--{name}" for name, is_set in flags.items() if is_set]
