"""A site with every kind of page, each in its fullest form: the sources are in kinds/, the build is an author's."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path, PurePath
from typing import Any

from playwright.sync_api import Browser, Page

from tests.demo import DEMO


MEASURES = Path(__file__).with_name("measures.js").read_text(encoding="utf-8")
SOURCES = Path(__file__).with_name("kinds")
FILLERS = 14  # more than the front page shows, and enough for a list of several pages
SETTINGS = {"PAGINATED_TEMPLATES": {"tag": 3, "author": 3}}
_DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 40" width="640" height="160">'
    '<path fill="none" stroke="#567" d="M10 10h40v20H10zM110 10h40v20h-40zM50 20h60"/></svg>'
)


def files() -> dict[str, str | bytes]:
    """Return the site's files by name, pictures and the demo's works among them."""
    found: dict[str, str | bytes] = {
        f"content/{path.relative_to(SOURCES).as_posix()}": path.read_bytes() for path in SOURCES.rglob("*.md")
    }
    found |= {f"content/{path.name}": path.read_bytes() for path in DEMO.glob("bibliography.*")}
    found |= {f"content/essays/filler-{number:02}.md": _filler(number) for number in range(1, FILLERS + 1)}
    return found | {"content/images/drawing.svg": _DRAWING, "content/images/field.png": _picture(1600, 900)}


def _filler(number: int) -> str:
    front = f"---\ntitle: Filler {number}\ndate: {2004 + number}-02-03\ntags: [China]\nauthors: [A. Writer]\n---\n"
    return f"{front}A short essay that fills a list. [It is the {number}th of these]{{.pull}}, and says no more.\n"


def _picture(width: int, height: int) -> bytes:
    """Return a PNG that goes from dark to light."""
    rows = b"".join(b"\0" + bytes(x * 255 // width for x in range(width)) for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


@dataclass(frozen=True, slots=True)
class Kinds:
    """The built site: its folder, its address, and the path of a page of each kind."""

    folder: Path
    home: str
    names: tuple[str, ...]

    def visits(self, browser: Browser, **options: Any) -> Iterator[tuple[str, Page]]:
        """Yield each kind with a page that shows it, whose `measures` are those of measures.js.

        `options` are those of a browser's context, such as `color_scheme`; the width is 1400 without `viewport`.
        """
        context = browser.new_context(bypass_csp=True, **{"viewport": {"width": 1400, "height": 900}, **options})
        page = context.new_page()
        for name in self.names:
            page.goto(f"{self.home}/{name}")
            page.evaluate(MEASURES)
            page.evaluate("document.fonts.ready")
            yield name, page
        context.close()

    def of(self, *names: str) -> Kinds:
        """Return the same site with these kinds alone."""
        return replace(self, names=names)

    @property
    def essays(self) -> tuple[str, ...]:
        return tuple(name for name in self.names if name.startswith("essays/"))


def names(output: Path) -> tuple[str, ...]:
    """Return the path of a page of each kind: every text that kinds/ has, and else the heaviest of its folder.

    Pages are found in the output, so that a new kind is looked at as soon as it is there.
    """
    pages = sorted(output.rglob("*.html"), key=lambda path: (_shape(path.relative_to(output)), -path.stat().st_size))
    shapes = groupby(pages, key=lambda path: _shape(path.relative_to(output)))
    heaviest = (next(found).relative_to(output).as_posix() for _, found in shapes)
    return tuple(name.removesuffix("index.html") for name in heaviest)


def _shape(path: PurePath) -> str:
    """Return what pages of a kind have in common: `tags/*/page/*` for `tags/china/page/2/index.html`."""
    folders = path.parent.parts
    if not folders or (folders[0] == "essays" and not folders[-1].startswith("filler-")):
        return path.as_posix()
    return "/".join([folders[0], *(name if name == "page" else "*" for name in folders[1:])])
