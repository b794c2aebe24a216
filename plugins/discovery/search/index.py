"""Have Pagefind make an index of pages. The same pages give the same files, on however many cores."""

from __future__ import annotations

import importlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from plugins.shared.files import is_inside


#: Seconds after which Pagefind is taken to hang: ten thousand pages take it about 40 seconds of computing.
LIMIT = 600
# Of what Pagefind writes, what the script loads; the rest are interfaces of its own for readers.
_WANTED = re.compile(r"pagefind\.js|pagefind-entry\.json|.*\.pf_\w+|wasm\.\w+\.pagefind")
# What is about the words rather than of them: marks of notes, citations, numbers and ways back.
_LEFT_OUT = "[data-apparatus], .note-number, .note-back, .note-separator, .work-place"
_LANGUAGE = re.compile(r"[a-z]{2,3}")


class Unindexed(Exception):  # noqa: N818 - told as a problem
    """There is no index; the text says why, and what to do."""


def index(
    pages: Mapping[str, Path], folder: Path, language: str, environment: Mapping[str, str], limit: float = LIMIT
) -> dict[str, bytes]:
    """Return the files of an index of pages, by their names in it; raise `Unindexed` if there is none.

    `pages` are files by their names in the output. `folder` is where to work; nothing is left there. All pages
    are in one index, since a reader looks for words and not for a language, stemmed as `language` is.
    """
    with _workplace(folder) as place:
        for name, path in pages.items():
            _lay_out(path, place / "site", name)
        _run(_command(language), place, environment, limit)
        return dict(_files(place / "index"))


@contextmanager
def _workplace(folder: Path) -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(prefix=".search-", dir=folder))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _lay_out(path: Path, site: Path, name: str) -> None:
    target = site / name
    if not is_inside(target.parent, site):
        raise Unindexed(f'"{name}" is no page inside the output; give it another address')
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(path, target)
    except OSError:  # a file system without links
        shutil.copyfile(path, target)


def _command(language: str) -> list[str]:
    found = _LANGUAGE.match(language.lower())
    options = ["--site", "site", "--output-path", "index", "--quiet", "--exclude-selectors", _LEFT_OUT]
    return [str(_program()), *options, "--force-language", found[0] if found else "unknown"]


def _program() -> Path:
    """Return Pagefind; the edition that cuts Chinese and Japanese into words is taken where a site has it."""
    for module in ("pagefind_bin_extended", "pagefind_bin"):
        try:
            package = importlib.import_module(module)
            return Path(package.get_executable())
        except (ImportError, OSError):
            continue
    raise Unindexed("Pagefind is not installed; install what requirements.lock names, or leave SEARCH out")


def _run(command: list[str], place: Path, environment: Mapping[str, str], limit: float) -> None:
    try:
        done = subprocess.run(
            command,
            cwd=place,  # where it would read its settings
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=limit,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unindexed(f"Pagefind took longer than {limit:g} seconds; build again, or leave SEARCH out") from None
    except OSError as error:
        raise Unindexed(
            f"Pagefind cannot be started: {error.strerror}; install it again, or leave SEARCH out"
        ) from None
    if done.returncode:
        said = " ".join((done.stderr or done.stdout).split())[:200] or "it said nothing"
        raise Unindexed(f"Pagefind ended with status {done.returncode}: {said}; build again, or leave SEARCH out")


def _files(made: Path) -> Iterator[tuple[str, bytes]]:
    paths = sorted(path for path in made.rglob("*") if path.is_file() and _WANTED.fullmatch(path.name))
    if not paths:
        raise Unindexed("Pagefind made no index; build again, or leave SEARCH out")
    yield from ((path.relative_to(made).as_posix(), path.read_bytes()) for path in paths)
