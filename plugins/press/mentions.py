"""Tell whether a text leads to a file: by its whole name, or by what is left of it from where the text stands.

No address is followed: a page, a style sheet, a drawing and an author's Markdown are searched alike, and each writes
addresses in a way of its own. A file that is named only in passing counts as well.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import unescape
from mmap import mmap
from urllib.parse import unquote


# Programs put addresses together: of a file, its last part may be all that they name in one piece.
_PROGRAMS = (".js", ".mjs", ".json", ".webmanifest")
#: Bytes of a text that is too large to be taken apart.
LARGE = 10_000_000
_PLAIN = re.compile(r"[A-Za-z0-9]+")
_DOTS = re.compile(r"""(?<=/)\./|(?<![^/\s"'(){}<>])(?!\.\.?/)[^/\s"'(){}<>]++/\.\./""")
_BACKSLASH = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True)
class Text:
    """A text, and its name from the folder that the names of files are counted from."""

    name: str
    data: bytes | mmap

    def mentions(self, names: Iterable[str]) -> bool:
        """Tell whether a file that has these names is mentioned."""
        return any(map(self._holds, frozenset(names)))

    def _holds(self, name: str) -> bool:
        if self.data.find(_telling(name)) < 0:  # quick, and nearly always the answer
            return False
        return len(self.data) > LARGE or any(map(_pattern(self._left_of(name)).search, self._read))

    @cached_property
    def _read(self) -> frozenset[str]:
        """The text without escapes of HTML and Markdown, and without dots in addresses; and without escapes of the web.

        A name may hold what looks like one of these.
        """
        written = unescape(bytes(self.data).decode("utf-8", "replace"))
        return frozenset(_DOTS.sub("", _BACKSLASH.sub(r"\1", form)) for form in (written, unquote(written)))

    def _left_of(self, name: str) -> str:
        """Return the least that an address in this text has of a name."""
        if self.name.endswith(_PROGRAMS):
            return posixpath.basename(name)
        folder, other = self.name.split("/")[:-1], name.split("/")
        shared = len(posixpath.commonprefix([folder, other[:-1]]))
        return "/".join(other[shared:])


@lru_cache(maxsize=4096)
def _telling(name: str) -> bytes:
    """Return the longest part of a file's name that nobody has a reason to write in another way."""
    return max(_PLAIN.findall(posixpath.basename(name)), key=len, default="").encode()


@lru_cache(maxsize=4096)
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.~-]){re.escape(name)}(?![\w-]|\.\w)")
