from __future__ import annotations

from collections.abc import Callable

import pytest

from plugins.essays.model import Reading
from plugins.essays.read import Desk, read
from plugins.essays.settings import Settings
from plugins.essays.syntax import Converter
from plugins.essays.typography import Typography


@pytest.fixture(scope="session")
def read_text() -> Callable[..., Reading]:
    """Return `read_text(source, path="a.md") -> Reading`, an essay as a site with its defaults reads it."""
    desk = Desk(Settings(), Converter(), Typography())

    def reading(source: str | bytes, path: str = "a.md") -> Reading:
        return read(source if isinstance(source, bytes) else source.encode(), path, "essay", desk)

    return reading
