"""Have a site built: an edit of texts by the resident press, anything else by a whole build."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, Any


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a build: the lines to say, and the files that are new (None: any may be)."""

    problems: tuple[str, ...]
    closing: str
    sound: bool
    pages: tuple[str, ...] | None = None


class Steward:
    """The builds of a site, one after another. Close it to end the resident press."""

    def __init__(self, settings_path: str) -> None:
        self._settings = settings_path
        self._resident: subprocess.Popen[str] | None = None
        self._is_ready = False

    def build(self) -> Done:
        """Build the whole of the site that is not as it was."""
        self.close()
        # A process of its own: an edit may be to a plugin, and Pelican keeps its signals for good.
        command = [sys.executable, "-m", "plugins.press", "-s", self._settings]
        done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8", errors="backslashreplace")
        self._start()
        *before, closing = done.stdout.splitlines() or [""]
        return Done((*before, *done.stderr.splitlines()), closing, done.returncode == 0)

    def edit(self, paths: Iterable[str]) -> Done | None:
        """Build what a change of these files asks for; return None if it is no change."""
        answer = self._ask(sorted(paths))
        if answer["end"] == "same":
            return None
        if answer["end"] != "done":
            return self.build()
        return Done(tuple(answer["problems"]), answer["closing"], answer["sound"], tuple(answer["pages"]))

    def close(self) -> None:
        resident, self._resident = self._resident, None
        if resident is not None:
            resident.kill()  # what it was at, the next build completes
            for stream in (resident.stdin, resident.stdout):
                _close(stream)
            resident.wait()

    def _start(self) -> None:
        command = [sys.executable, "-m", "plugins.press.resident", "--settings", self._settings]
        self._resident = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
        )
        self._is_ready = False

    def _ask(self, paths: list[str]) -> dict[str, Any]:
        resident = self._resident
        if resident is None:
            return {"end": "wider"}
        assert resident.stdin
        assert resident.stdout
        try:
            if not self._is_ready:
                self._is_ready = json.loads(resident.stdout.readline())["end"] == "ready"
            resident.stdin.write(json.dumps(paths) + "\n")
            resident.stdin.flush()
            answer: dict[str, Any] = json.loads(resident.stdout.readline())
        except (OSError, ValueError):  # it has died, or was never there
            return {"end": "wider"}
        return answer


def _close(stream: IO[str] | None) -> None:
    if stream:
        try:
            stream.close()
        except OSError:  # what waits in it is for nobody
            return
