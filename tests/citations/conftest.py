"""The real engine, started once, and the data that the tests cite."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from plugins.citations.engine import Engine


DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    engine = Engine(timeout=60)
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def items() -> dict[str, dict[str, Any]]:
    return {item["id"]: item for item in json.loads((DATA / "items.json").read_text(encoding="utf-8"))}
