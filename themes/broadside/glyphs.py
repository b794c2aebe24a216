"""Write down which characters fonts draw, so that a build can tell which of a page's none does.

Run from the repository's root: `python -m themes.broadside.glyphs`. Needs fontTools with brotli.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from fontTools.ttLib import TTFont


THEME = Path(__file__).parent
FONTS = THEME / "static" / "fonts"
#: The name of the file, in the folder of the theme, and in that of a site's own fonts.
COVERAGE = "coverage.txt"
#: Languages, and scripts of any, that the reader's own machine draws, with the generic `serif` at the end of every
#: stack: systems sold where they are read have such a face, and the theme ships none. `zxx` are no words: pictures.
LOCAL = """
    am ar be bg bn bo ckb dv el fa gu he hi hy ja ka kk km kn ko ky lo mk ml mn mr my ne or pa ps ru sa sd si sr ta te
    tg th ti ug uk ur yi zxx
    arab armn beng cyrl deva ethi geor grek gujr hang hebr jpan khmr knda kore laoo mlym mymr orya sinh taml telu thaa
    thai tibt
""".split()
_HEAD = "# What the fonts draw, and the languages that readers have fonts for; `inv fonts` writes this file."


def shipped(fonts: Path) -> frozenset[str]:
    """Return the characters that the fonts of a folder draw between them."""
    return frozenset(chr(code) for path in sorted(fonts.glob("*.woff2")) for code in TTFont(path).getBestCmap())


def coverage(characters: Iterable[str], local: Sequence[str] = ()) -> str:
    """Return the file that says what fonts draw, and what is left to the reader's machine."""
    lines = [_HEAD, *([f"local: {' '.join(local)}"] if local else [])]
    return "\n".join((*lines, f"characters: {', '.join(_ranges(sorted(map(ord, characters))))}", ""))


def _ranges(codes: list[int]) -> Iterator[str]:
    """Yield ascending code points as CSS writes them, those in a row as one range."""
    start = 0
    for place, code in enumerate(codes):
        if place + 1 == len(codes) or codes[place + 1] != code + 1:
            yield f"U+{codes[start]:X}" + (f"-{code:X}" if code != codes[start] else "")
            start = place + 1


def write(site: Path) -> None:
    """Write the file of the theme, and that of a site's own fonts, if it has any."""
    (THEME / COVERAGE).write_text(coverage(shipped(FONTS), LOCAL), encoding="utf-8")
    if site.is_dir():
        (site / COVERAGE).write_text(coverage(shipped(site)), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "fonts"))
