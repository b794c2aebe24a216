"""How long a save takes to be served, by a server that watches its sources."""

from __future__ import annotations

import http.client
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


_PATIENCE = 300  # seconds that a first build may take
_LATEST = 60  # seconds after which a save counts as lost
_POLL = 0.005
_QUIET = 1.0  # seconds between two saves: what follows a rebuild is not to be in the next


@dataclass(frozen=True, slots=True)
class Server:
    """A server's command, in which {port} is the port, and the page that shows what is saved."""

    command: tuple[str, ...]
    folder: Path
    env: dict[str, str]
    address: str

    def save_to_served(self, save: Callable[[str], None], rounds: int) -> tuple[list[float], str]:
        """Return the seconds of each save, but the first, which warms both sides, and what the server said."""
        port, log = _free_port(), self.folder / "serve.log"
        command = [word.replace("{port}", str(port)) for word in self.command]
        with log.open("wb") as said:
            process = subprocess.Popen(command, cwd=self.folder, env=self.env, stdout=said, stderr=said)
        try:
            _wait_for(port, self.address, "<", _PATIENCE)
            seconds = [self._once(port, save, f"zzlive{number}zz") for number in range(rounds + 1)]
        finally:
            process.terminate()
            process.wait()
        return seconds[1:], log.read_text(encoding="utf-8", errors="replace")

    def _once(self, port: int, save: Callable[[str], None], mark: str) -> float:
        time.sleep(_QUIET)
        save(mark)
        return _wait_for(port, self.address, mark, _LATEST)


def _wait_for(port: int, address: str, mark: str, patience: float) -> float:
    began = time.perf_counter()
    while mark not in _page(port, address):
        if time.perf_counter() - began > patience:
            raise TimeoutError(f"{address} did not show what was saved within {patience:g} s")
        time.sleep(_POLL)
    return time.perf_counter() - began


def _page(port: int, address: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", address)
        answer = connection.getresponse()
        return answer.read().decode("utf-8", "replace") if answer.status == http.HTTPStatus.OK else ""
    except (OSError, http.client.HTTPException):
        return ""
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
