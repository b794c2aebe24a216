"""Build a site, serve it on this machine alone, and build it again at every save.

    python -m plugins.press.serve --port 8000

A page that fails keeps its last good version while the server runs; the terminal says what is wrong.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from plugins.press import manifest
from plugins.press.report import say
from plugins.press.settings import base_path
from plugins.press.watch import watch_sources
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

    def keep(self, *, sound: bool) -> None:
        """Take the newest build into what is kept. After a sound one, nothing older stays."""
        if sound:
            shutil.rmtree(self._kept, ignore_errors=True)
        for name in manifest.names_in(self._output):
            target = self._kept / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)
            _link(self._output / name, target)


class Handler(SimpleHTTPRequestHandler):
    preview: Preview

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, *_arguments: Any) -> None:
        """Keep quiet: the terminal is for problems."""

    def _answer(self, *, with_body: bool) -> None:
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
        return self._send(
            status, self.guess_type(file) if file else "text/plain", data if with_body else b"", len(data)
        )

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


def serve(settings_path: str, host: str, port: int) -> int:
    """Build and serve a site until Ctrl-C; return the exit status."""
    settings = _read(settings_path)
    prefix = base_path(settings["SITEURL"])
    with tempfile.TemporaryDirectory() as kept:
        preview = Preview(Path(settings["OUTPUT_PATH"]), prefix, Path(kept) / "site")
        handler = type("PreviewHandler", (Handler,), {"preview": preview})
        try:
            server = ThreadingHTTPServer((host, port), handler)
        except OSError as error:
            say(f"port {port} of {host} cannot be served: {error.strerror}; name another with --port", sys.stderr)
            return 1
        threading.Thread(target=server.serve_forever, daemon=True).start()
        hint = f"serving http://{host}:{server.server_port}{prefix}/ (Ctrl-C ends it)"
        return _build_forever(settings_path, settings, preview, hint)


def rebuild(settings_path: str) -> int:
    """Build a site now and at every save until Ctrl-C, without serving it."""
    return _build_forever(settings_path, _read(settings_path), None, "watching (Ctrl-C ends it)")


def _build_forever(settings_path: str, settings: dict[str, Any], preview: Preview | None, hint: str) -> int:
    root = Path(settings_path).resolve().parent
    folders = [Path(settings["PATH"]), Path(settings["THEME"]), Path(__file__).parents[1], root / "plugins"]
    try:
        changes = watch_sources(root, dict.fromkeys(folders), Path(settings["OUTPUT_PATH"]))
        _build(settings_path, preview)
        say(hint, sys.stdout)
        for _ in changes:
            _build(settings_path, preview)
    except KeyboardInterrupt:
        pass
    return 0


def _build(settings_path: str, preview: Preview | None) -> None:
    # A process of its own: an edit may be to a plugin, and Pelican keeps its signals for good.
    done = subprocess.run([sys.executable, "-m", "pelican", "-s", settings_path], check=False)
    if preview:
        preview.keep(sound=done.returncode == 0)


def _read(settings_path: str) -> dict[str, Any]:
    from pelican.settings import read_settings  # noqa: PLC0415 - `--help` answers without it

    settings: dict[str, Any] = read_settings(settings_path)
    return settings


def _file_in(folder: Path, name: str) -> Path | None:
    file = folder / name
    return file if is_inside(file, folder) and file.is_file() else None


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # another file system
        shutil.copyfile(source, target)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m plugins.press.serve", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--settings", default="pelicanconf.py", help="the site's settings (default: %(default)s)")
    parser.add_argument("--host", default="127.0.0.1", help="the address to serve at (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="the port to serve at (default: %(default)s)")
    parser.add_argument("--no-server", action="store_true", help="build at every save, serve nothing")
    options = parser.parse_args(arguments)
    try:
        return rebuild(options.settings) if options.no_server else serve(options.settings, options.host, options.port)
    except KeyboardInterrupt:
        return 0
    except OSError as error:
        say(f'"{error.filename}" cannot be read: {error.strerror}; name the settings with --settings', sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
