"""Where the settings of a site are written, so that what is wrong with one has a line."""

from __future__ import annotations

import ast
import contextlib
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from plugins.press.settings import PATH
from plugins.shared.files import site_path
from plugins.shared.problems import Problem


_NAME = re.compile(r"\b[A-Z][A-Z0-9_]+\b")
_QUOTED = re.compile(r'"([^"]+)"')


@dataclass(frozen=True, slots=True)
class Place:
    """The lines of an assignment, and those of the texts in it."""

    path: str
    line: int
    texts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Written:
    """The settings that a site's own files hold: their values, and where they stand.

    `files` are these files with the names that problems call them by, the last one wins.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[tuple[Path, str], ...] = ()

    @cached_property
    def places(self) -> dict[str, Place]:
        """Where each setting stands, which is looked up when there is something to say of one."""
        return {name: place for file in self.files for name, place in places_in(*file).items()}

    def locate(self, problem: Problem) -> Problem:
        """Return a problem of the settings with the line of the setting, or of the text, that its message names."""
        if (problem.path, problem.line) != (PATH, 1):
            return problem
        places = self.places
        named = (places[name] for name in _NAME.findall(problem.message) if name in places)
        quoted = _QUOTED.findall(problem.message)
        holding = (place for place in places.values() if not place.texts.keys().isdisjoint(quoted))
        place = next(chain(named, holding), Place(self.files[-1][1] if self.files else PATH, 1))
        texts = (place.texts[text] for text in quoted if text in place.texts)
        return replace(problem, path=place.path, line=next(texts, place.line))


@contextlib.contextmanager
def run_as_written() -> Iterator[None]:
    """Have Python keep nothing of the settings files that it runs.

    What it keeps of one it takes for another of the same size that is saved within the same second.
    """
    keeps_none, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        yield
    finally:
        sys.dont_write_bytecode = keeps_none


def written(content: Path, given: str = "") -> Written:
    """Return what the settings files hold that Pelican has read: the one it was given, then those it imports.

    `content` is the content folder, whose parent the names of problems start from; `given` is the file, if known.
    """
    own = str(Path(given).absolute()) if given else ""
    modules = [module for module in list(sys.modules.values()) if _is_configuration(module, own)]
    values: dict[str, Any] = {}
    for module in reversed(modules):  # what the given file says wins over what it imports
        values |= {name: value for name, value in vars(module).items() if name.isupper()}
    files = (Path(str(module.__file__)) for module in reversed(modules))
    return Written(values, tuple((file, site_path(str(file), content)) for file in files))


def places_in(file: Path, name: str) -> dict[str, Place]:
    """Return where each setting of a file is last assigned; `name` is what problems call the file."""
    try:
        tree = ast.parse(file.read_bytes())
    except (OSError, ValueError, SyntaxError):
        return {}
    nodes = (node for node in ast.walk(tree) if isinstance(node, ast.stmt))
    return {target: Place(name, node.lineno, _texts(node)) for node in nodes for target in _targets(node)}


def _is_configuration(module: Any, given: str) -> bool:
    names = getattr(module, "__dict__", {})
    file = names.get("__file__")
    return bool(file) and ("PELICAN_CLASS" in names or (bool(given) and os.path.normpath(str(file)) == given))


def _targets(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.Assign(targets=targets):
            yield from _names(targets)
        case ast.AnnAssign(target=target) | ast.AugAssign(target=target):
            yield from _names([target])


def _names(targets: Iterable[ast.expr]) -> Iterator[str]:
    for target in targets:
        yield from (part.id for part in ast.walk(target) if isinstance(part, ast.Name) and part.id.isupper())


def _texts(node: ast.AST) -> dict[str, int]:
    return {
        part.value: part.lineno
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }
