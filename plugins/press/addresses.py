"""The addresses of a build: each inside the output, each given to one file."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plugins.press import manifest
from plugins.press.settings import PATH
from plugins.shared.contents import path_of
from plugins.shared.files import site_path
from plugins.shared.lines import line_of_key
from plugins.shared.problems import Problem, Problems


# A line feed in a name would be a command to git's fast-import; what nobody sees makes one name look like another.
_CONTROL = re.compile("[\0-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]")


@dataclass(frozen=True, slots=True)
class Origin:
    """What a file of the output is made from. `source` is a path as problems name it, or empty.

    `text` is the article or page whose source it is: the line of its address, under one of the `keys` of its front
    matter, is looked for when it is asked for.

    An origin that `overrides` was given its address by hand. It takes the place of one that `yields`, such as a
    list of essays, and of nothing else.
    """

    words: str
    source: str = ""
    overrides: bool = False
    yields: bool = False
    text: Any = field(default=None, repr=False, compare=False)
    keys: tuple[str, ...] = ("save_as", "slug")

    @property
    def line(self) -> int:
        return line_of_key(getattr(self.text, "source_text", ""), *self.keys)


def asked_by(values: dict[str, Any]) -> Origin | None:
    """Take out of the values of a page which text, by which key of its front matter, asks for the page."""
    content, key = values.pop("asked_by", (None, ""))
    if content is None:
        return None
    source = path_of(content)
    return Origin(f'"{key}" in "{source}"', source, text=content, keys=(key,))


class Addresses:
    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._origins: dict[str, Origin] = {}
        self._names: dict[str, str] = {}
        self._told: set[tuple[str, str]] = set()
        self._given: dict[str, Origin] = {}

    def origin_of(self, name: str) -> Origin | None:
        """Return whose file is to be written by a name, if any is."""
        return self._given.get(posixpath.normpath(name))

    def claim(self, name: str, origin: Origin) -> str:
        """Return the name to write a file by, or an empty string if it must not be written."""
        if normal := self._settled(name, origin):
            self._given[normal] = origin
        return normal

    def _settled(self, name: str, origin: Origin) -> str:
        normal = posixpath.normpath(name)
        if found := _CONTROL.search(name):
            message = f'"{name}" holds the control character U+{ord(found[0]):04X}; rename the file'
            self._problems.add(Problem(origin.source or PATH, origin.line, "address-outside", message))
            return ""
        if not _is_inside(normal):
            message = f'"{name}" is no address inside the output; name a plain file inside it'
            self._problems.add(Problem(origin.source or PATH, origin.line, "address-outside", message))
            return ""
        if _is_reserved(normal):
            message = f'"{name}" is kept for the build or for git; choose another address'
            self._problems.add(Problem(origin.source or PATH, origin.line, "address-reserved", message))
            return ""
        key = _key(normal)
        first = self._origins.setdefault(key, origin)
        if self._names.setdefault(key, normal) != normal:  # nobody yields to a name that some hosts do not know
            self._report(name, first, origin)
            return normal if first.overrides and not origin.overrides else ""
        return normal if first is origin or self._second(key, name, first, origin) else ""

    def _second(self, key: str, name: str, first: Origin, origin: Origin) -> bool:
        """Settle for whom an address is that is taken; return whether it is for who comes second."""
        if first.overrides and origin.yields:
            return False
        if not (origin.overrides and first.yields):
            self._report(name, first, origin)
        # An address that was given by hand, and wrongly, is not to spoil what it was taken from.
        if (origin.overrides and first.yields) or (first.overrides and not origin.overrides):
            self._origins[key] = origin
            return True
        return False

    def _report(self, name: str, first: Origin, second: Origin) -> None:
        at, other = (second, first)
        if (first.overrides and not second.overrides) or not second.source:
            at, other = (first, second) if first.source else (second, first)
        if at.source and (at.source, other.words) in self._told:
            return  # what stands beside two pages of one address has one as well
        self._told.add((at.source, other.words))
        message = f'"{name}" is also the address of {other.words}; give one of them another slug or save_as'
        self._problems.add(Problem(at.source or PATH, at.line, "address-duplicate", message))


def _key(normal: str) -> str:
    """Return what two names have in common where the second file would replace the first: case, accents."""
    key = unicodedata.normalize("NFC", normal).casefold()
    return normal if key == normal else key  # one string for both, of tens of thousands


def _is_reserved(name: str) -> bool:
    return name.casefold() == manifest.NAME or ".git" in name.casefold().split("/")


def _is_inside(name: str) -> bool:
    return name not in {".", ".."} and not name.startswith(("../", "/"))


def origin_of(template: Any, content: Any, root: Path, *, overrides: bool, yields: bool) -> Origin:
    """Return whose a page is: that of its text, or its template's without one. `root` is the content folder."""
    if content is None:
        return Origin(f'the template "{template.name}"', overrides=overrides, yields=yields)
    source = getattr(content, "problem_path", None) or site_path(content.source_path, root)
    return Origin(f'"{source}"', source, overrides=overrides, text=content)
