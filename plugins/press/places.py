"""Where the settings of a site are written, so that what is wrong with one has a line."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
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


@dataclass(frozen=True, slots=True)
class Written:
    """The settings that a site's own files hold: their values, and where they stand."""

    values: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    path: str = PATH

    def locate(self, problem: Problem) -> Problem:
        """Return a problem of the settings with the line of the setting, or of the text, that its message names."""
        if (problem.path, problem.line) != (PATH, 1):
            return problem
        named = (self.places[name] for name in _NAME.findall(problem.message) if name in self.places)
        quoted = _QUOTED.findall(problem.message)
        holding = (place for place in self.places.values() if not place.texts.keys().isdisjoint(quoted))
        place = next(chain(named, holding), Place(self.path, 1))
        texts = (place.texts[text] for text in quoted if text in place.texts)
        return replace(problem, path=place.path, line=next(texts, place.line))


def written(content: Path, given: str = "") -> Written:
    """Return what the settings files hold that Pelican has read: the one it was given, then those it imports.

    `content` is the content folder, whose parent the names of problems start from; `given` is the file, if known.
    """
    modules = [module for module in list(sys.modules.values()) if _is_configuration(module, given)]
    values: dict[str, Any] = {}
    places: dict[str, Place] = {}
    for module in reversed(modules):  # what the given file says wins over what it imports
        values |= {name: value for name, value in vars(module).items() if name.isupper()}
        places |= places_in(Path(str(module.__file__)), site_path(str(module.__file__), content))
    name = site_path(str(modules[0].__file__), content) if modules else PATH
    return Written(values, places, name)


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
    file = str(names.get("__file__") or "")
    return bool(file) and ("PELICAN_CLASS" in names or (bool(given) and Path(file) == Path(given).absolute()))


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
