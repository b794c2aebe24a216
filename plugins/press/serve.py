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

from plugins.press.faults import describe, place_in
from plugins.press.preview import Handler, Preview
from plugins.press.report import say
from plugins.press.settings import base_path
from plugins.press.watch import watch_sources


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
    except FileNotFoundError as error:
        say(f'"{error.filename}" cannot be read: {error.strerror}; name the settings with --settings', sys.stderr)
        return 1
    except Exception as error:  # noqa: BLE001 - settings are a program, and may raise anything
        say(f"{place_in(error, Path(options.settings).parent)}: settings-broken: {describe(error)}", sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
