"""Lighthouse on a telephone, for every kind of page: four hundreds, and the numbers that hundreds do not tell apart."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import OPTIONS, build_kinds, file_of, need
from tests.browser.kinds_site import Kinds
from themes.broadside.contact_sheet import chromium


pytestmark = [pytest.mark.browser, pytest.mark.slow]

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
SWITCHES = "--quiet --no-enable-error-reporting --output=json --output-path=stdout".split()
NOINDEX = b'<meta name="robots" content="noindex">'
SLOWEST, LARGEST_SHIFT, LARGEST = 1200, 0.01, 90_000
ROUNDS = 3
HOST = Path(__file__).with_name("host.mjs")


@dataclass(frozen=True, slots=True)
class Report:
    """What Lighthouse says of a page: four scores out of 100, times in milliseconds, bytes on the wire but pictures."""

    performance: int
    accessibility: int
    practices: int
    seo: int
    fcp: float
    lcp: float
    cls: float
    tbt: float
    size: int
    requests: int
    failed: tuple[str, ...]

    @property
    def sound(self) -> bool:
        hundreds = (self.performance, self.accessibility, self.practices, self.seo) == (100,) * 4
        return hundreds and self.lcp <= SLOWEST and self.cls <= LARGEST_SHIFT and self.size <= LARGEST

    def __str__(self) -> str:
        scores = f"{self.performance}/{self.accessibility}/{self.practices}/{self.seo}"
        times = f"FCP {self.fcp:.0f} ms, LCP {self.lcp:.0f} ms, TBT {self.tbt:.0f} ms, CLS {self.cls:.3f}"
        return f"{scores}, {times}, {self.size:,} bytes in {self.requests} requests {' '.join(self.failed)}".rstrip()


@pytest.fixture(scope="module")
def lighthouse() -> list[str]:
    """Return Lighthouse's command, which needs Node 22."""
    script = need(file_of("LIGHTHOUSE", "lighthouse/cli/index.js"), "Lighthouse (LIGHTHOUSE)", ".ci/budgets")
    node = need(os.environ.get("NODE") or shutil.which("node"), "Node (NODE)", ".ci/budgets")
    return [node, script]


@pytest.fixture(scope="module")
def published(lighthouse: list[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kinds]:
    """Build every kind of page for a host that speaks HTTP/2 over TLS, as GitHub Pages does, and serve it there."""
    root = tmp_path_factory.mktemp("published")
    openssl = need(shutil.which("openssl"), "openssl")
    key, certificate = root / "key.pem", root / "certificate.pem"
    made = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1".split()
    subprocess.run([openssl, *made, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    command = [lighthouse[0], str(HOST), str(root / "output"), str(key), str(certificate)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as host:
        assert host.stdout is not None
        yield build_kinds(root, f"https://127.0.0.1:{host.stdout.readline().strip()}")
        host.terminate()


def report(lighthouse: list[str], address: str, *, hidden: bool, profile: Path) -> Report:
    """Have Lighthouse look at a page; one that is `hidden` from search engines is not blamed for that."""
    browser = need(chromium(), "chromium")
    flags = f"--chrome-flags={' '.join(OPTIONS)} --ignore-certificate-errors --user-data-dir={profile}"
    skipped = ["--skip-audits=is-crawlable"] if hidden else []
    command = [*lighthouse, address, *SWITCHES, f"--only-categories={','.join(CATEGORIES)}", *skipped, flags]
    environment = {**os.environ, "CHROME_PATH": browser}
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=False)
    assert done.returncode == 0, done.stderr
    return read(json.loads(done.stdout))


def read(found: dict[str, Any]) -> Report:
    scores = [round(100 * found["categories"][name]["score"]) for name in CATEGORIES]
    names = ("first-contentful-paint", "largest-contentful-paint", "cumulative-layout-shift", "total-blocking-time")
    times = [found["audits"][name]["numericValue"] for name in names]
    requests = [
        request
        for request in found["audits"]["network-requests"]["details"]["items"]
        if request.get("resourceType") != "Image" and "favicon" not in request["url"]
    ]
    size = sum(request["transferSize"] for request in requests)
    return Report(*scores, *times, size, len(requests), tuple(failed(found)))


def failed(found: dict[str, Any]) -> Iterator[str]:
    """Yield the audits that cost a page points but for its speed, which the numbers tell."""
    for name in CATEGORIES[1:]:
        for part in found["categories"][name]["auditRefs"]:
            if part["weight"] and found["audits"][part["id"]]["score"] == 0:
                yield part["id"]


def median(reports: list[Report]) -> Report:
    """Return the median of each number, as a busy machine makes single ones worse."""
    numbers = (statistics.median(getattr(one, field.name) for one in reports) for field in fields(Report)[:-1])
    return Report(*numbers, reports[0].failed)


def test_lighthouse(published: Kinds, lighthouse: list[str], tmp_path: Path) -> None:
    """Each kind has four hundreds, LCP within 1.2 s, CLS within 0.01, and 90 kB but for pictures.

    One that has not is looked at three times, and the median counts, as a busy machine makes single numbers worse.
    """
    faults = {}
    for name in published.names:
        page = published.folder / name
        hidden = NOINDEX in (page / "index.html" if page.is_dir() else page).read_bytes()
        reports: list[Report] = []
        while len(reports) < (1 if reports and reports[0].sound else ROUNDS):
            profile = tmp_path / f"{published.names.index(name)}-{len(reports)}"
            reports.append(report(lighthouse, f"{published.home}/{name}", hidden=hidden, profile=profile))
        found = median(reports)
        print(f"\n/{name}: {found}", end="")  # noqa: T201  the numbers are what it is run for
        if not found.sound:
            faults[name] = str(found)

    assert faults == {}
