"""The addresses of a build: each inside the output, each given to one file."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from dataclasses import dataclass

from plugins.press.settings import PATH
from plugins.shared.problems import Problem, Problems


_CONTROL = re.compile(r"[\x00-\x1f\x7f]")  # a line feed in a name would be a command to git's fast-import


@dataclass(frozen=True, slots=True)
class Origin:
    """What a file of the output is made from. `source` is a path as problems name it, or empty.

    An origin that `overrides` takes the place of a file that no source asks for, such as a list of essays.
    """

    words: str
    source: str = ""
    overrides: bool = False


class Addresses:
    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._origins: dict[str, Origin] = {}

    def claim(self, name: str, origin: Origin) -> str:
        """Return the name to write a file by, or an empty string if it must not be written."""
        normal = posixpath.normpath(name)
        if not _is_inside(normal):
            message = f'"{name}" is no address inside the output; name a plain file inside it'
            self._problems.add(Problem(origin.source or PATH, 1, "address-outside", message))
            return ""
        # Where file names ignore case, or how accents are written, the second file would replace the first.
        key = unicodedata.normalize("NFC", normal).casefold()
        first = self._origins.setdefault(key, origin)
        if first is origin or (origin.overrides and not first.source):
            self._origins[key] = origin
            return normal
        if not (first.overrides and not origin.source):
            self._report(name, first, origin)
        return ""

    def _report(self, name: str, first: Origin, second: Origin) -> None:
        at, other = (second, first) if second.source or not first.source else (first, second)
        message = f'"{name}" is also the address of {other.words}; give one of them another slug or save_as'
        self._problems.add(Problem(at.source or PATH, 1, "address-duplicate", message))


def _is_inside(name: str) -> bool:
    return name not in {".", ".."} and not name.startswith(("../", "/")) and not _CONTROL.search(name)
