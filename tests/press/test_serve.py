"""The preview: a real server on a real site, edited while it runs."""

from __future__ import annotations

import http.client
import os
import re
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT, write_site


ESSAY = "Title: A\nDate: 2024-01-01\nSlug: a\n\nSome {0}.\n"
SETTINGS = {
    "theme": "simple",
    "plugins": [],
    "direct_templates": ["index", "archives"],
    "siteurl": "https://a.example/prefix",
    "paginated_templates": {"index": 10, "tag": 30, "author": 30},
}
PATIENCE = 20  # seconds; a loaded machine needs some of them


@dataclass(slots=True)
class Server:
    root: Path
    process: subprocess.Popen[str]
    port: int = 0

    def wait_for(self, words: str, patience: float = PATIENCE) -> str:
        """Read what the server prints until a line holds these words."""
        assert self.process.stdout
        end, heard = time.monotonic() + patience, ""
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            while words not in heard and selector.select(max(0, end - time.monotonic())):
                heard += os.read(self.process.stdout.fileno(), 65536).decode()
        assert words in heard, f"waited in vain for {words!r} in {heard!r}"
        return heard

    def hears_nothing_for(self, seconds: float) -> bool:
        assert self.process.stdout
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            return not selector.select(seconds)

    def get(self, address: str, method: str = "GET") -> tuple[int, str, http.client.HTTPMessage]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request(method, address)
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, body, answer.headers

    def save(self, text: str, name: str = "content/essays/a.md") -> str:
        """Save a file as editors do, and wait for the build."""
        draft = self.root / f"{name}~"
        draft.write_text(text, encoding="utf-8")
        draft.replace(self.root / name)
        return self.wait_for("; output")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    write_site(tmp_path, {"content/essays/a.md": ESSAY.format("words"), "secret.txt": "key"}, SETTINGS)
    command = [sys.executable, "-u", "-m", "plugins.press.serve", "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    server = Server(tmp_path, process)
    try:
        heard = server.wait_for("(Ctrl-C ends it)")
        found = re.search(r"http://127\.0\.0\.1:(\d+)/prefix/", heard)
        assert found
        server.port = int(found[1])
        yield server
    finally:
        process.kill()
        process.wait()
        assert process.stdout
        process.stdout.close()


def test_serves_the_site(server: Server) -> None:
    """Pages are served under the site's prefix; folders and the bare root lead to them; nothing else is there."""
    assert "Some words" in server.get("/prefix/essays/a/")[1]
    assert server.get("/prefix/essays/a")[2]["Location"] == "/prefix/essays/a/"
    assert server.get("/")[2]["Location"] == "/prefix/"
    assert server.get("/prefix/essays/a/", "HEAD")[:2] == (200, "")
    for address in ("/essays/a/", "/prefix/essays/", "/prefix/../secret.txt", "/prefix/%2e%2e/secret.txt", "//evil"):
        assert server.get(address)[0] == 404


def test_rebuilds_at_every_save(server: Server) -> None:
    """A saved change is served after one build, and nothing is built while nothing changes."""
    server.save(ESSAY.format("changes"))
    assert "Some changes" in server.get("/prefix/essays/a/")[1]
    assert server.hears_nothing_for(1.5)


def test_survives_a_broken_essay(server: Server) -> None:
    """A broken essay is named, its last good page is served, and the server ends at Ctrl-C without a traceback."""
    heard = server.save(ESSAY.format("nonsense").replace("2024-01-01", "no day"))
    assert "content/essays/a.md:1: pelican-error: " in heard
    assert "Some words" in server.get("/prefix/essays/a/")[1]
    server.save(ESSAY.format("sense"))
    assert "Some sense" in server.get("/prefix/essays/a/")[1]
    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(PATIENCE) == 0
    assert server.process.stdout
    assert "Traceback" not in server.process.stdout.read()


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (
            ["--settings", "gone.py"],
            'gone.py:1: settings-missing: no settings "gone.py"; name the file with --settings',
        ),
        (["--settings", "broken.py"], "broken.py:2: settings-broken: ZeroDivisionError: division by zero"),
    ],
    ids=["gone", "broken"],
)
def test_settings(tmp_path: Path, options: list[str], line: str) -> None:
    """Settings that cannot be read are one line, not a traceback."""
    (tmp_path / "broken.py").write_text("SITENAME = 'x'\n1 / 0\n")
    command = [sys.executable, "-m", "plugins.press.serve", *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert line in done.stderr
