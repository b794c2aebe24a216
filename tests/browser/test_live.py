"""The preview in a browser: the page reloads by itself and stays where it was scrolled to, and says what is wrong."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import ROOT, write_site


pytestmark = pytest.mark.browser
ESSAY = "---\ntitle: An essay\ndate: {date}\n---\n{words}\n\n" + "A paragraph.\n\n" * 120
PATIENCE = 30_000  # milliseconds; a loaded machine needs some of them


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    write_site(tmp_path, {"content/essays/a.md": ESSAY.format(date="2020-01-01", words="First.")}, {})
    command = [sys.executable, "-u", "-m", "plugins.press.serve", "--port", "0"]
    process = subprocess.Popen(
        command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=-1, stderr=-2, text=True
    )
    try:
        assert process.stdout
        for line in process.stdout:
            if found := re.search(r"serving (http://127\.0\.0\.1:\d+/)", line):
                yield tmp_path, found[1]
                break
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    yield page
    page.close()


def save(root: Path, date: str, words: str) -> None:
    (root / "content/essays/a.md").write_text(ESSAY.format(date=date, words=words))


def test_reload(served: tuple[Path, str], page: Page) -> None:
    """A save is shown without a hand's turn, at the place in the page where its reader was."""
    root, address = served
    page.goto(f"{address}essays/a/")
    expect(page.locator(".prose")).to_contain_text("First.")
    page.evaluate("scrollTo(0, 900)")
    save(root, "2020-01-01", "Second.")
    expect(page.locator(".prose")).to_contain_text("Second.", timeout=PATIENCE)
    page.wait_for_function("scrollY === 900", timeout=PATIENCE)


def test_what_is_wrong(served: tuple[Path, str], page: Page) -> None:
    """What is wrong stands in the page, over its last good state, until it is mended."""
    root, address = served
    page.goto(f"{address}essays/a/")
    save(root, "no day", "Third.")
    wrong = page.locator("#broadside-problems")
    expect(wrong).to_contain_text("content/essays/a.md:3: date-invalid", timeout=PATIENCE)
    expect(page.locator(".prose")).to_contain_text("First.")
    save(root, "2020-01-01", "Mended.")
    expect(page.locator(".prose")).to_contain_text("Mended.", timeout=PATIENCE)
    expect(wrong).to_have_count(0)


def test_the_site_has_no_script(served: tuple[Path, str], page: Page) -> None:
    """What listens for news is in what the preview sends, and not in the output."""
    root, address = served
    page.goto(f"{address}essays/a/")
    assert page.locator("script").count() == 1
    assert "<script" not in (root / "output/essays/a/index.html").read_text()
