"""What the theme's font of Chinese has beside the words of a site: dates, and the terms of citation styles."""

from __future__ import annotations

import pytest

from tests.theme.specimens import THEME
from themes.broadside.chinese import DATES, PUNCTUATION, SIMPLIFIED, TRADITIONAL, unwritten
from themes.broadside.glyphs import shipped


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("---\ntitle: A\nlang: zh-Hans\n---\n", SIMPLIFIED),
        ("Title: A\nLang: zh\n\n", SIMPLIFIED),
        ('DEFAULT_LANG = "zh_TW"', TRADITIONAL),
        ("lang: 'zh-Hant-HK'", TRADITIONAL),
        ("    language: zh-Latn", ""),
        ("lang: en\n\nThe tag lang: zh", ""),
    ],
)
def test_terms_of_styles(text: str, terms: str) -> None:
    """A site with a Chinese page needs the words that styles print in it; one that cites Chinese works does not."""
    assert unwritten([text]) == PUNCTUATION | DATES | set(terms)


def test_a_date_can_always_be_drawn() -> None:
    """The font that is shipped draws the date of an essay in Chinese, whose title may be in it already."""
    assert shipped(THEME / "static" / "fonts") >= DATES | PUNCTUATION
