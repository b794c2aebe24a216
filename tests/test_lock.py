"""The lock files: they satisfy pyproject.toml, hold a hash for everything, and name no place to take it from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = PROJECT["project"]["dependencies"]
DEV = PROJECT["dependency-groups"]["dev"]


def locked(name: str) -> dict[str, Requirement]:
    """Return what a lock file pins, by canonical name."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    pins = [re.sub(r"\s+--hash=\S+", "", line) for line in text.splitlines() if line and not line.startswith("#")]
    return {canonicalize_name(pin.name): pin for pin in map(Requirement, pins)}


@pytest.mark.parametrize(("name", "wanted"), [("requirements.lock", RUNTIME), ("requirements-dev.lock", RUNTIME + DEV)])
def test_lock_satisfies_project(name: str, wanted: list[str]) -> None:
    """Every dependency of the project is pinned to a version that it allows; if not, run `make lock`."""
    pins = locked(name)
    for requirement in map(Requirement, wanted):
        pin = pins[canonicalize_name(requirement.name)]
        (exact,) = pin.specifier
        assert exact.operator == "=="
        assert requirement.specifier.contains(exact.version), f"{requirement} but {pin}"


def test_locks_agree() -> None:
    """What builds the site is pinned alike in both."""
    runtime, dev = locked("requirements.lock"), locked("requirements-dev.lock")
    assert {name: str(pin.specifier) for name, pin in runtime.items()} == {
        name: str(dev[name].specifier) for name in runtime
    }


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_lock_is_plain(name: str) -> None:
    """Each pin has hashes, and no address of any kind stands in the file."""
    text = (ROOT / name).read_text(encoding="utf-8")
    pins = re.findall(r"^\S+==\S+.*\\\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+", text, re.M)
    assert len(pins) == len(locked(name))
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host", text)
