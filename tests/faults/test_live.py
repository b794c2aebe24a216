"""While a site is rebuilt, whoever reads it gets whole pages of one build or of the next, whatever is killed."""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pytest

from plugins.press.news import with_script
from tests.conftest import ROOT, Site, write_site
from tests.faults.sites import PLAIN, essays


PATIENCE = 60  # seconds that a rebuild may take on a busy machine
PAGES = ("essays/essay-0/index.html", "essays/essay-1/index.html", "archives/index.html", "index.html")
SEED = 7


class Served:
    """A site that is served, and rebuilt at every save."""

    def __init__(self, root: Path) -> None:
        self.root = root
        write_site(root, essays("v0", 2), PLAIN)
        command = [sys.executable, "-u", "-m", "plugins.press.serve", "--port", "0"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self._heard = (root.parent / "heard").open("w+")
        self.process = subprocess.Popen(command, cwd=root, env=environment, stdout=self._heard, stderr=self._heard)
        self.port = int(self._wait(r"http://127\.0\.0\.1:(\d+)/")[1])

    def save(self, word: str) -> None:
        for name, text in essays(word, 2).items():
            draft = self.root.parent / "draft"
            draft.write_text(text)
            draft.replace(self.root / name)

    def wait_for(self, word: str) -> dict[str, bytes]:
        """Wait until a version is there, and return its files."""
        end = time.monotonic() + PATIENCE
        while word not in (self.root / "output" / PAGES[0]).read_text():
            assert time.monotonic() < end, self.heard()
            time.sleep(0.02)
        return Site(self.root, 0, "", "").files()

    def heard(self) -> str:
        return (self.root.parent / "heard").read_text()

    def _wait(self, pattern: str) -> re.Match[str]:
        end = time.monotonic() + PATIENCE
        while not (found := re.search(pattern, self.heard())):
            assert time.monotonic() < end, self.heard()
            time.sleep(0.02)
        return found

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self._heard.close()


@pytest.fixture
def served(quick_path: Path) -> Iterator[Served]:
    served = Served(quick_path / "site")
    yield served
    served.close()


class Readers:
    """Ask for every page, and read every file, over and over; keep each answer that differs."""

    def __init__(self, served: Served) -> None:
        self.answers: set[tuple[str, bytes]] = set()
        self.faults: list[str] = []
        self.count = 0
        self._served, self._stop = served, threading.Event()
        self._threads = [threading.Thread(target=self._loop, args=(read,)) for read in (self._ask, self._open)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _loop(self, read: object) -> None:
        assert callable(read)
        while not self._stop.is_set():
            for name in PAGES:
                try:
                    self.answers.add((name, read(name)))
                except (OSError, http.client.HTTPException, AssertionError) as error:
                    self.faults.append(f"{name}: {error!r}")
                self.count += 1

    def _ask(self, name: str) -> bytes:
        connection = http.client.HTTPConnection("127.0.0.1", self._served.port, timeout=PATIENCE)
        connection.request("GET", "/" + name.removesuffix("index.html"))
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        assert answer.status == 200, answer.status
        return body

    def _open(self, name: str) -> bytes:
        return (self._served.root / "output" / name).read_bytes()


@pytest.mark.parametrize("rebuilds", [2, pytest.param(20, marks=pytest.mark.slow)])
def test_readers(served: Served, rebuilds: int) -> None:
    """Every answer and every file is, byte for byte, that of one of the builds: nothing missing, nothing cut short.

    An answer has the preview's script in it, and a file has not.
    """
    versions = [served.wait_for("v0")]
    with Readers(served) as readers:
        for number in range(1, rebuilds + 1):
            served.save(f"v{number}")
            versions.append(served.wait_for(f"v{number}"))
    assert readers.faults == []
    files = {(name, version[name]) for version in versions for name in PAGES}
    whole = files | {(name, with_script(page)) for name, page in files}
    assert readers.answers <= whole
    assert readers.count > 10 * rebuilds
    print(f"{readers.count} reads during {rebuilds} rebuilds")  # noqa: T201 - what a sweep found is asked for


@pytest.mark.slow
def test_killed_rebuilds(served: Served) -> None:
    """A rebuild that is killed leaves the last version; the server goes on, and the next save is built."""
    chance, version = random.Random(SEED), served.wait_for("v0")
    for number in range(1, 21):
        served.save(f"killed{number}")
        build = _child_of(served.process.pid)
        time.sleep(chance.uniform(0, 1))
        _kill(build)
        output = Site(served.root, 0, "", "").files()
        if output != version:  # it was done before
            assert output == served.wait_for(f"killed{number}")
        served.save(f"whole{number}")
        version = served.wait_for(f"whole{number}")
    assert served.process.poll() is None
    assert "Traceback" not in served.heard()


def _child_of(process: int) -> int:
    end = time.monotonic() + PATIENCE
    while not (found := Path(f"/proc/{process}/task/{process}/children").read_text().split()):
        assert time.monotonic() < end
        time.sleep(0.01)
    return int(found[0])


def _kill(process: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
