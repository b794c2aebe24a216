"""An audit passes only what was audited."""

from __future__ import annotations

import json
from typing import Any

import pytest

from plugins.workflows.__main__ import _judge
from plugins.workflows.advisories import Verdict, pins_of, verdict_of
from tests.clones import ROOT


def report(*pins: dict[str, Any]) -> str:
    return json.dumps({"dependencies": list(pins), "fixes": []})


CLEAN = {"name": "a", "version": "1", "vulns": []}
SKIPPED = {"name": "b", "skip_reason": "not found"}
HOLED = {
    "name": "c",
    "version": "2",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}, {"id": "X", "fix_versions": []}],
}


def test_found() -> None:
    """A vulnerability is named with the version that mends it, and fails."""
    verdict = verdict_of(report(CLEAN, HOLED))
    assert verdict == Verdict(2, ("c 2: PYSEC-1; mended in 2.1", "c 2: X; no version mends it yet"))
    assert _judge(verdict, "") == 1


@pytest.mark.parametrize("text", [report(), report(SKIPPED), "", "{}", "ConnectionError", "[]"])
def test_nothing_known_is_no_pass(
    text: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the service cannot be asked, the audit says so, and does not fail."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    assert _judge(verdict_of(text), "ERROR: no network\n") == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("not audited: ")


def test_some_known(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What the service does not know is named, and GitHub shows it."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert _judge(verdict_of(report(CLEAN, SKIPPED)), "") == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "audited: 1 pins, 0 known vulnerabilities",
        "::warning title=audit::not audited: b",
    ]


def test_pins_of_every_platform() -> None:
    """A pin is looked up whatever the platform it is for, and once."""
    windows = "a==1 ; sys_platform == 'win32' \\\n    --hash=sha256:0 \\\n    --hash=sha256:1\n"
    lock = f"# c\n{windows}b==2 \\\n    --hash=sha256:2\n"
    assert [line.split() for line in pins_of([lock, lock]).splitlines()] == [
        ["a==1", "--hash=sha256:0", "--hash=sha256:1"],
        ["b==2", "--hash=sha256:2"],
    ]


def test_locks_are_read_whole() -> None:
    """Every pin of both locks is looked up."""
    locks = [(ROOT / name).read_text(encoding="utf-8") for name in ("requirements.lock", "requirements-dev.lock")]
    names = {
        line.partition("==")[0] for lock in locks for line in lock.splitlines() if "==" in line and line[0].isalnum()
    }
    assert {line.partition("==")[0] for line in pins_of(locks).splitlines()} == names
