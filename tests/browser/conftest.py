"""A real Chromium, the real Nu checker, and the sites they look at. What is missing skips here and fails in CI."""

from __future__ import annotations

import gzip
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.kinds_site import SETTINGS, Kinds, files, names
from tests.conftest import run_pelican
from tests.conftest import write_site as write_sources
from tests.demo import DEMO
from tests.theme.specimens import ROOT, write_site
from themes.broadside import contact_sheet
from themes.broadside.contact_sheet import Quiet, serving


OPTIONS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


def need(found: str | None, what: str, by: str = ".ci/run") -> str:
    """Return a tool's path; without it skip, or fail where CI is set."""
    if found:
        return found
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing; {by} installs it")
    pytest.skip(f"{what} is missing; {by} installs it")


def file_of(variable: str, fallback: str) -> str | None:
    path = Path(os.environ.get(variable) or ROOT / "node_modules" / fallback)
    return str(path) if path.is_file() else None


@pytest.fixture(scope="session")
def axe() -> str:
    path = need(file_of("AXE_CORE", "axe-core/axe.min.js"), "axe-core (environment variable AXE_CORE)")
    return Path(path).read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def vnu() -> list[str]:
    """Return the command of the Nu checker."""
    java = need(shutil.which("java"), "java")
    jar = need(file_of("VNU_JAR", "vnu-jar/build/dist/vnu.jar"), "the Nu checker (environment variable VNU_JAR)")
    return [java, "-jar", jar]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = need(contact_sheet.chromium(), "chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the demo site as an author does."""
    folder = tmp_path_factory.mktemp("demo") / "output"
    command = [sys.executable, "-m", "pelican", str(DEMO), "-s", "pelicanconf.py", "-o", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def specimens_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("specimens"))


@pytest.fixture(scope="session")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kinds]:
    """Build a site with every kind of page for the address that it is served at, and serve it."""
    root = tmp_path_factory.mktemp("kinds")
    with serving(root / "output", Host) as home:
        yield build_kinds(root, home)


def build_kinds(root: Path, home: str) -> Kinds:
    """Build a site with every kind of page, for an address."""
    write_sources(root, files(), {**SETTINGS, "SITEURL": home})
    site = run_pelican(root)
    # Its Chinese is not what the fonts were cut to; an author would run `make fonts`.
    assert [problem for problem in site.problems if " glyph-missing: " not in problem] == []
    return Kinds(site.output, home, names(site.output))


@pytest.fixture(scope="session")
def demo(demo_folder: Path) -> Iterator[str]:
    with serving(demo_folder) as address:
        yield address


@pytest.fixture(scope="session")
def specimens(specimens_folder: Path) -> Iterator[str]:
    with serving(specimens_folder) as address:
        yield address


class Host(Quiet):
    """Sends text compressed, as the hosts do that a site is published at."""

    protocol_version = "HTTP/1.1"

    def send_head(self) -> Any:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix not in {".html", ".css", ".js", ".svg", ".xml", ".txt"} or not path.is_file():
            return super().send_head()
        data = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", f"{self.guess_type(str(path))}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        return io.BytesIO(data)
