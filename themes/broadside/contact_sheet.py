"""Photograph a built site page by page, and lay the pictures out on one page to look at.

python -m themes.broadside.contact_sheet output --to sheet [--pages essays/at-will/ tags/] [--widths 360 1400]

Each page is taken whole, in light and in dark. Without `--pages` one page of each folder of the site is taken.
"""

from __future__ import annotations

import argparse
import functools
import html
import itertools
import shutil
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright


SCHEMES = ("light", "dark")
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_OPTIONS = ("--headless", "--no-sandbox", "--disable-gpu")
_HEIGHT = 900
_HEAD = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Contact sheet</title>
<style>body{display:flex;flex-wrap:wrap;gap:1rem;font:14px sans-serif}figure{margin:0}img{max-width:46vw}</style>"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 — the name of the base class
        """Say nothing: each page asks for several files."""


@contextmanager
def serving(folder: Path, handler: type[SimpleHTTPRequestHandler] = Quiet) -> Iterator[str]:
    """Serve a folder on localhost while the block runs; yield its address without a final slash."""
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


def chromium() -> str | None:
    """Return where Chromium is, by whichever of its names, or None."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


def pages_of(site: Path) -> list[str]:
    """Return the addresses of pages that are unlike each other: the first of every folder of pages, and the root."""
    kinds: dict[Path, Path] = {}
    for page in sorted(site.rglob("*.html")):
        kinds.setdefault(page.parent.parent if page.name == "index.html" else page, page)
    return [page.relative_to(site).as_posix().removesuffix("index.html") for page in kinds.values()]


def photograph(browser: Browser, address: str, target: Path, *, width: int, scheme: str) -> None:
    """Write a PNG of a whole page at a width, in CSS pixels, and in a colour scheme: light or dark."""
    colours: Literal["light", "dark"] = "dark" if scheme == "dark" else "light"
    page = browser.new_page(viewport={"width": width, "height": _HEIGHT}, color_scheme=colours)
    page.goto(address, wait_until="networkidle")
    page.evaluate("for (const image of document.images) image.loading = 'eager'")  # as the whole page is taken
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.screenshot(path=target, full_page=True)
    page.close()


def sheet(pictures: Iterable[Path]) -> str:
    """Return the HTML of a page that shows pictures side by side, each under its name."""
    shown = "\n".join(
        f'<figure><figcaption>{html.escape(one.stem)}</figcaption><img src="{html.escape(one.name)}" alt=""></figure>'
        for one in pictures
    )
    return f"{_HEAD}\n{shown}\n"


def take(site: Path, folder: Path, pages: Sequence[str], widths: Sequence[int]) -> Path:
    """Photograph pages of a site into a folder; return the file that shows them all."""
    program = chromium()
    if program is None:
        raise SystemExit("chromium is missing; install it to take pictures")
    folder.mkdir(parents=True, exist_ok=True)
    taken: list[Path] = []
    with serving(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_OPTIONS)
        for path, width, scheme in itertools.product(pages, widths, SCHEMES):
            name = path.strip("/").replace("/", "-").removesuffix(".html") or "home"
            taken.append(folder / f"{name}-{width}-{scheme}.png")
            photograph(browser, f"{address}/{path}", taken[-1], width=width, scheme=scheme)
        browser.close()
    index = folder / "index.html"
    index.write_text(sheet(taken), encoding="utf-8")
    return index


def main(words: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description="Photograph a built site, in light and in dark.")
    parser.add_argument("site", type=Path, help="the folder of the built site")
    parser.add_argument("--to", type=Path, default=Path(".cache/contact-sheet"), help="where the pictures go")
    parser.add_argument("--pages", nargs="*", help="addresses below the root (one page of each folder)")
    parser.add_argument("--widths", nargs="*", type=int, default=[360, 1400], help="in CSS pixels (360 1400)")
    given = parser.parse_args(words)
    pages = given.pages if given.pages is not None else pages_of(given.site)
    sys.stdout.write(f"{take(given.site, given.to, pages, given.widths)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
