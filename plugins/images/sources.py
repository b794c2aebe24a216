"""Which file of the content folder an image shows, and which files a text links to."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from plugins.shared.links import files_meant


_BY_SOURCE = re.compile(r"[{|](?:attach|filename|static)[|}](.*)", re.S)
_LINK = re.compile(r"""\s(?:href|src|poster|data)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)
_SET = re.compile(r"""\ssrcset\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)
_OTHER = re.compile(r"[a-z][a-z0-9+.-]*:|//|[{|#?]", re.I)  # begins an address that names no file of the site


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands.

    `folder` is that of its source below the content folder, `page` that of its page below the root of the site, or
    None. `base` is the path that the site's addresses begin with, `copied` are the folders that a site publishes,
    `is_there` tells whether the content folder has a file.
    """

    folder: str
    page: str | None
    base: str
    copied: tuple[str, ...]
    is_there: Callable[[str], bool]

    def source_of(self, address: str) -> str | None:
        """Return the source that an address leads to, named from the content folder, or None if it names none."""
        if match := _BY_SOURCE.match(address):
            meant = filter(None, (_inside(name) for name, _ in files_meant(match[1], self.folder)))
            return next(filter(self.is_there, meant), None)
        if _OTHER.match(address) or not address:
            return None
        path = _path(address)
        if not path.startswith("/"):
            name = None if self.page is None else _inside(posixpath.join(self.page, path))
        else:
            name = _inside(path[len(self.base) + 1 :]) if path.startswith(f"{self.base}/") else None
        return name if name and name.startswith(self.copied) else None

    def sources_in(self, html: str) -> Iterator[str]:
        """Yield the sources that the addresses in HTML lead to."""
        for address in _addresses(html):
            if name := self.source_of(unescape(address)):
                yield name


def _addresses(html: str) -> Iterator[str]:
    yield from (match[1] or match[2] or "" for match in _LINK.finditer(html))
    for match in _SET.finditer(html):
        yield from (part.split()[0] for part in (match[1] or match[2] or "").split(",") if part.strip())


def _path(address: str) -> str:
    return unquote(re.split(r"[?#]", address, maxsplit=1)[0])


def _inside(path: str) -> str | None:
    name = posixpath.normpath(path)
    return None if name.startswith(("../", "/")) or name in {".", ".."} or "\0" in name else name
