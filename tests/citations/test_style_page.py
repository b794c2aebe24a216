"""The page of the docs that shows citations in several styles."""

from __future__ import annotations

from plugins.citations.engine import Engine
from tests.citations.style_page import PAGE, STYLES, page


def test_page_is_what_the_code_makes(engine: Engine) -> None:
    """The page says what the build makes of the essay it shows; `python -m tests.citations.style_page` renews it."""
    assert PAGE.read_text(encoding="utf-8") == page(engine)


def test_page_shows_eight_styles() -> None:
    """Notes, authors with dates, numbers and labels are all shown."""
    text = PAGE.read_text(encoding="utf-8")
    assert len(STYLES) == text.count("\n## ") == 8
