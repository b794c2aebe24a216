"""Build a site, serve it on this machine alone, and build it again at every save.

    python -m plugins.press.serve --port 8000

A page that fails keeps its last good version while the server runs; the terminal says what is wrong.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

from plugins.press.preview import Handler, Preview
from plugins.press.report import line_of, say
from plugins.press.settings import base_path
from plugins.press.watch import watch_sources
from plugins.shared.problems import Problems


def serve(settings_path: str, host: str, port: int) -> int:
    """Build and serve a site until Ctrl-C; return the exit status."""
    settings = _read(settings_path)
    if settings is None:
        return 1
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
    settings = _read(settings_path)
    return 1 if settings is None else _build_forever(settings_path, settings, None, "watching (Ctrl-C ends it)")


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
    done = subprocess.run([sys.executable, "-m", "plugins.press", "-s", settings_path], check=False)
    if preview:
        preview.keep(sound=done.returncode == 0)


def _read(settings_path: str) -> dict[str, Any] | None:
    """Return the settings, or None once it is said what is wrong with them."""
    from plugins.press import configuration  # noqa: PLC0415 - `--help` answers without Pelican

    problems = Problems()
    settings = configuration.read(settings_path, {}, problems)
    for problem in problems.sorted() if settings is None else ():
        say(line_of(problem), sys.stderr)
    return settings


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


if __name__ == "__main__":
    sys.exit(main())
