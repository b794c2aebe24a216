from __future__ import annotations

from pathlib import Path

import pytest

from tests.theme.specimens import THEME, write_site
from themes.broadside.glyphs import shipped, undrawn


FONTS = THEME / "static" / "fonts"
LATIN = ["serif.woff2", "serif-italic.woff2", "sans.woff2"]


@pytest.fixture(scope="module")
def characters() -> frozenset[str]:
    return shipped(FONTS)


def test_fonts_are_within_the_budget() -> None:
    """What an English page fetches is at most 60 kB, and the Chinese beside it at most 12 kB."""
    assert sum((FONTS / name).stat().st_size for name in LATIN) <= 60_000
    assert (FONTS / "han.woff2").stat().st_size <= 12_288


def test_typography_is_drawn(characters: frozenset[str]) -> None:
    """The fonts draw what typogrify, pandoc and citation styles print, pinyin and Chinese punctuation."""
    wanted = "“”‘’–—…\u00a0\u2009\u202f§¶·×−½¼¾†‡•′″€āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜŁłŠšŽžŐőÆœ，。、；：「」《》〔〕—"

    assert set(wanted) <= characters


def test_every_character_of_a_page_is_drawn(tmp_path: Path, characters: frozenset[str]) -> None:
    """No page of the specimens has a character without a glyph."""
    for page in sorted(write_site(tmp_path).rglob("*.html")):
        assert undrawn(page.read_text(encoding="utf-8"), characters) == (), page


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>plain</p>", ""),
        ("<p lang=zh>他，说</p>", "，"),
        ("<p>a 🎉 b</p>", "🎉"),
        ("<p lang=ar>سلام</p>", ""),
        ("<p>سلام</p>", "اسلم"),
        ("<p lang=ar>سلام <span lang=zh>他，</span></p>", "，"),
        ("<pre>🎉</pre><p>x<br>y&#8203;</p>", ""),
        ("<title>🎉</title>", ""),
    ],
)
def test_what_is_not_drawn_is_found(page: str, expected: str) -> None:
    """A missing comma, an emoji and a script without its language are found; a stated fallback is let pass."""
    found = undrawn(page, frozenset("abcdefghijklmnopqrstuvwxyz 他说"))

    assert "".join(one.character for one in found) == expected
