"""Build a site, serve it on this machine, and build again whenever a source changes.

    python -m plugins.press.serve --port 8000

An edit of texts is printed by a press that stays in memory (`resident.py`), anything else by a whole build. The page in
the browser reloads by itself. A page that fails keeps its last good version while the server runs; the terminal and the
page say what is wrong.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
from collections.abc import Sequence
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

from plugins.press import languages, site_fonts
from plugins.press.news import News
from plugins.press.preview import Handler, Preview
from plugins.press.report import line_of, say
from plugins.press.settings import base_path
from plugins.press.steward import Steward
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
        handler = type("PreviewHandler", (Handler,), {"preview": preview, "news": (news := News())})
        try:
            server = ThreadingHTTPServer((host, port), handler)
        except OSError as error:
            say(f"port {port} of {host} cannot be served: {error.strerror}; name another with --port", sys.stderr)
            return 1
        server.daemon_threads = True  # a page that listens for news would keep the server
        threading.Thread(target=server.serve_forever, daemon=True).start()
        hint = f"serving http://{host}:{server.server_port}{prefix}/ (Ctrl-C ends it)"
        return _build_forever(settings_path, settings, hint, preview, news)


def rebuild(settings_path: str) -> int:
    """Build a site now and at every save until Ctrl-C, without serving it."""
    settings = _read(settings_path)
    return 1 if settings is None else _build_forever(settings_path, settings, "watching (Ctrl-C ends it)")


def _build_forever(
    settings_path: str, settings: dict[str, Any], hint: str, preview: Preview | None = None, news: News | None = None
) -> int:
    root = Path(settings_path).resolve().parent
    folders = [Path(settings["PATH"]), Path(settings["THEME"]), Path(__file__).parents[1], root / "plugins"]
    folders += [Path(folder) for folder in settings["THEME_TEMPLATES_OVERRIDES"]]
    folders += [languages.folder_of(folders[0]), site_fonts.folder_of(folders[0])]
    steward = Steward(settings_path)
    try:
        changes = watch_sources(root, dict.fromkeys(folders), Path(settings["OUTPUT_PATH"]))
        _tell(steward.build(), preview, news)
        say(hint, sys.stdout)
        for paths in changes:
            _tell(steward.edit(paths), preview, news)
    except KeyboardInterrupt:
        pass
    finally:
        steward.close()
    return 0


def _tell(done: Any, preview: Preview | None, news: News | None) -> None:
    if done is None:
        return
    for problem in done.problems:
        say(problem, sys.stderr)
    say(done.closing, sys.stdout)
    if preview:
        preview.keep(sound=done.sound, names=done.pages)
    if news:
        news.tell(done)


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
