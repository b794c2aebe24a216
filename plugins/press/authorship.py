"""Who wrote an address that a page holds, and in which line: an author, or the theme."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from plugins.press.links import links_of
from plugins.shared.contents import path_of
from plugins.shared.files import is_file_inside, site_path
from plugins.shared.lines import lines_of_address
from plugins.shared.links import may_hold_links


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a source, and what stands there: the address as its author wrote it.

    `meant` is how to name a source that the address seems to mean, or empty.
    """

    path: str
    line: int
    written: str
    meant: str = ""


class Authorship:
    """The sources of a build. `contents` are articles and pages, `copies` are sources by the file they became.

    `unwritten` are texts by the page that they would have.
    """

    def __init__(
        self, contents: Iterable[Any], copies: Mapping[str, Path], content: Path, unwritten: Mapping[str, Any]
    ) -> None:
        self._contents = tuple(contents)
        self._owners: dict[str, Any] = {
            posixpath.normpath(each.save_as): each for each in self._contents if each.save_as
        }
        self._owners |= unwritten
        self._copies, self._folder = copies, content
        self._known: dict[tuple[int, str], tuple[Place, ...]] = {}

    def is_shared(self, page: str) -> bool:
        """Tell whether a file of the output has no source of its own, as a list and a feed have none."""
        return page not in self._owners and page not in self._copies

    def places(self, page: str, address: str) -> tuple[Place, ...]:
        """Return where an address that a file of the output holds was written; nothing if no author did."""
        if page in self._copies:
            source = self._copies[page]
            lines = lines_of_address(address, source.read_text("utf-8", "replace"))
            return tuple(Place(site_path(source, self._folder), line, address) for line in lines)
        owner = self._owners.get(page)
        if owner is not None:
            return self._places(owner, address)
        return tuple(
            place for content in self._contents for place in _in_header(self._places(content, address), content)
        )

    def _places(self, content: Any, address: str) -> tuple[Place, ...]:
        key = id(content), address
        if key not in self._known:
            self._known[key] = tuple(self._find(content, address))
        return self._known[key]

    def _find(self, content: Any, address: str) -> Iterator[Place]:
        source = getattr(content, "source_text", None)
        for written in sorted(_written_as(content, address)):
            if source is None:
                source = Path(content.source_path).read_text("utf-8", "replace")
            plain = unquote(written)  # a page may hold it encoded
            shown = plain if written not in source and plain in source else written
            for line in lines_of_address(written, source):
                yield Place(path_of(content), line, shown, self._meant(content, written))

    def _meant(self, content: Any, written: str) -> str:
        """Return the address by source of a file that a plain address names from the source's own folder."""
        path = unquote(re.split(r"[?#]", written, maxsplit=1)[0])
        if not path or ":" in path or "\0" in path or path.startswith("{"):
            return ""
        file = self._folder / path.lstrip("/") if path.startswith("/") else Path(content.source_path).parent / path
        if not is_file_inside(file, self._folder):
            return ""
        return f"{{{'filename' if file.suffix in _TEXTS else 'static'}}}{written}"


_TEXTS = {".md", ".markdown", ".mkd", ".mdown", ".rst"}


def _in_header(places: tuple[Place, ...], content: Any) -> tuple[Place, ...]:
    """Keep what stands in the front matter, if anything does: that is what lists show."""
    source = getattr(content, "source_text", "")
    last = source.count("\n", 0, re.search(r".\n---|\n\n|\Z", source, re.S).start()) + 1  # type: ignore[union-attr]
    return tuple(place for place in places if place.line <= last) or places


def _written_as(content: Any, address: str) -> set[str]:
    """Return the forms in which a text's author wrote an address of its page, none if it is not its author's."""
    pieces = [str(content.content), *(str(content.metadata.get(name, "")) for name in ("summary", "standfirst"))]
    likely = [piece for piece in pieces if address in piece or escape(address) in piece]
    found = {address} if any(_is_link(address, piece) for piece in likely) else set()
    known = getattr(content, "links_by_source", None) if found else ()
    links = by_source(content) if known is None else known
    written = {source for resolved, source in links if resolved == address}
    image = getattr(content, "image", None) or {}
    if not found and image.get("src") and address.endswith(f"/{image['src'].lstrip('/')}"):
        return {image["src"]}
    return written or found


def _is_link(address: str, html: str) -> bool:
    """Tell whether a text leads to an address. Most say so as sanitising writes it, and no tree is needed to see it."""
    written = f'="{escape(address)}"'
    start = html.find(written) if "<!--" not in html else -1
    if start > 0 and _LEADS.fullmatch(html, html.rfind("<", 0, start) + 1, start):
        return True
    return address in _addresses_in(html)


# From behind the sign of a tag up to the value: an attribute that leads somewhere, still in the tag.
_LEADS = re.compile(r"""[a-z][^<>"]*(?:"[^<>"]*"[^<>"]*)*\s(?:href|src|poster)""")


@lru_cache(maxsize=8)
def _addresses_in(html: str) -> frozenset[str]:
    """Return the addresses of a text; one with a wrong link often has more."""
    links = links_of(html)
    return links.addresses | links.images


def by_source(content: Any) -> Iterator[tuple[str, str]]:
    """Yield the links by source of a text, such as `{filename}a.md#b`: the address that each becomes, and the link."""
    siteurl, pattern = content.get_siteurl(), content._get_intrasite_link_regex()  # noqa: SLF001 - as Pelican does
    for match in pattern.finditer(content._content) if may_hold_links(content._content, pattern) else ():  # noqa: SLF001
        resolved = content._link_replacer(siteurl, match)  # noqa: SLF001
        yield unescape(resolved[len(match["markup"]) + 1 : -1]), unescape(match["path"])
