"""Serve an output folder on this machine: what is in it and nothing else."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from plugins.press import manifest
from plugins.press.news import NEWS_ADDRESS, SCRIPT, SCRIPT_ADDRESS, News, with_script
from plugins.shared.files import is_inside


class Preview:
    """An output folder, and beneath it the last good version of each page that the newest build lacks."""

    def __init__(self, output: Path, prefix: str, kept: Path) -> None:
        self.prefix = prefix
        self._output, self._kept = output, kept

    def find(self, address: str) -> Path | None:
        """Return the file at an address of the site, or None; never one outside, and never a folder's list."""
        path = unquote(urlsplit(address).path)
        if not path.startswith(f"{self.prefix}/") or "\0" in path:
            return None
        name = path.removeprefix(f"{self.prefix}/") + ("index.html" if path.endswith("/") else "")
        return next((file for folder in (self._output, self._kept) if (file := _file_in(folder, name))), None)

    def is_folder(self, address: str) -> bool:
        return not address.endswith("/") and self.find(urlsplit(address).path + "/") is not None

    def keep(self, *, sound: bool, names: Iterable[str] | None = None) -> None:
        """Take the newest build into what is kept, or these of its files. After a sound one, nothing older stays."""
        if sound and names is None:
            shutil.rmtree(self._kept, ignore_errors=True)
        for name in manifest.names_in(self._output) if names is None else names:
            target = self._kept / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)
            _link(self._output / name, target)


class Handler(SimpleHTTPRequestHandler):
    preview: Preview
    news: News

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, *_arguments: Any) -> None:
        """Keep quiet: the terminal is for problems."""

    def _answer(self, *, with_body: bool) -> None:
        if self.path == SCRIPT_ADDRESS:
            return self._send(HTTPStatus.OK, "text/javascript", SCRIPT.encode(), len(SCRIPT.encode()))
        if self.path == NEWS_ADDRESS and with_body:
            return self._send_news()
        file, status = self.preview.find(self.path), HTTPStatus.OK
        prefix = self.preview.prefix
        if file is None and prefix and self.path == "/":
            return self._redirect(f"{prefix}/")
        if file is None and self.preview.is_folder(self.path):
            return self._redirect(urlsplit(self.path).path + "/")
        if file is None:
            file, status = self.preview.find(f"{prefix}/404.html"), HTTPStatus.NOT_FOUND
        try:
            data = file.read_bytes() if file else b"not found\n"
        except OSError:  # the output was replaced this very moment
            data, status = b"being built; try again\n", HTTPStatus.SERVICE_UNAVAILABLE
        kind = self.guess_type(file) if file else "text/plain"
        data = with_script(data) if kind == "text/html" else data
        return self._send(status, kind, data if with_body else b"", len(data))

    def _send_news(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        try:
            for told in self.news.listen():
                self.wfile.write(told)
                self.wfile.flush()
        except OSError:  # the page was closed
            self.close_connection = True

    def _send(self, status: HTTPStatus, kind: str, data: bytes, size: int) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(size))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def _redirect(self, address: str) -> None:
        # More than one slash at the start would name another host.
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", "/" + address.lstrip("/"))
        self.send_header("Content-Length", "0")
        self.end_headers()


def _file_in(folder: Path, name: str) -> Path | None:
    file = folder / name
    return file if is_inside(file, folder) and file.is_file() else None


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # another file system
        shutil.copyfile(source, target)
