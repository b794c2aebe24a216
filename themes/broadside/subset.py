"""Make the theme's fonts again: cut to the characters that a page can need, one file for each role.

Run from the repository's root: `python -m themes.broadside.subset --packages FOLDER --content content pelicanconf.py`.
FOLDER is a `node_modules` that holds `source-serif`, `@fontsource/public-sans` and
`@fontsource/noto-serif-sc`, unpacked. Source Serif comes from its makers, because the packages for the web
leave out old-style figures. Its licence reserves the name "Source" for unmodified files, so a
cut file is named after this theme. Needs fontTools with brotli.
"""

from __future__ import annotations

import argparse
import io
import shutil
import string
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from fontTools import merge, subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

from themes.broadside import chinese, glyphs, trim


Axes = dict[str, float | tuple[float, float]]
FONTS = Path(__file__).parent / "static" / "fonts"
_SLICES = ("latin", "latin-ext")
TEXT_FEATURES = ["kern", "liga", "locl", "onum", "pnum"]
ROMAN_FEATURES = [*TEXT_FEATURES, "smcp", "c2sc"]
SANS_FEATURES = ["kern", "liga", "locl"]

#: Letters of names in the languages next to English, German and French, and of Chinese and Japanese in transcription.
NAMES = frozenset("ĀāĒēĪīŌōŪūĄąĆćČčĘęĞğİıŁłŃńŐőŘřŚśŞşŠšŹźŻżŽž")
#: What English prose, typogrify and citation styles print: ASCII, Latin-1, punctuation; and names.
LATIN = NAMES | frozenset(
    "".join(chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x100)))
    + "Œœʼ\u2009\u202f‐‑–—‘’‚“”„†‡•…′″‹›€↑→−✓⅓⅔"
) - frozenset("¤¦¨¯´¸")
#: The rest of the Latin alphabets of Europe, and the vowels of pinyin. Its own file, fetched where it is used.
LATIN_MORE = (
    frozenset(
        "".join(chr(code) for code in (*range(0x100, 0x152), *range(0x154, 0x180), *range(0x1CD, 0x1DD))) + "ȘșȚțǸǹḾḿẼẽ"
    )
    - NAMES
)
#: Files whose characters pages may show.
TEXTS = frozenset({".bib", ".html", ".json", ".md", ".py", ".yaml", ".yml"})
#: Units of the em: half of the usual 1000 looks the same, and is smaller.
UNITS = 500
#: What kerning moves by fewer units than this, at most a fifth of a pixel in running text, is not kerned.
LEAST_KERNING = 5


@dataclass(frozen=True, slots=True)
class Cut:
    """One file to make, of `sources` below the folder of packages; `axes` pins or narrows a variable font."""

    name: str
    sources: tuple[str, ...]
    characters: frozenset[str]
    features: list[str]
    axes: Axes
    family: str


def latin_cuts(more: frozenset[str] = frozenset()) -> tuple[Cut, ...]:
    """Return the fonts of Latin letters, with what the content needs of others that its fonts may have."""
    latin = LATIN | (more - LATIN_MORE)
    roman, italic = (f"source-serif/VAR/SourceSerif4Variable-{style}.ttf" for style in ("Roman", "Italic"))
    sans, sans_more = (f"@fontsource/public-sans/files/public-sans-{name}-400-normal.woff2" for name in _SLICES)
    text: Axes = {"opsz": 14, "wght": (400, 600)}
    regular: Axes = {"opsz": 14, "wght": 400}
    return (
        Cut("serif", (roman,), latin, ROMAN_FEATURES, text, "Broadside Serif"),
        Cut("serif-more", (roman,), LATIN_MORE, TEXT_FEATURES, text, "Broadside Serif"),
        Cut("serif-italic", (italic,), latin, TEXT_FEATURES, regular, "Broadside Serif"),
        Cut("serif-italic-more", (italic,), LATIN_MORE, TEXT_FEATURES, regular, "Broadside Serif"),
        Cut("sans", (sans, sans_more), latin, SANS_FEATURES, {}, "Broadside Sans"),
        Cut("sans-more", (sans_more,), LATIN_MORE, SANS_FEATURES, {}, "Broadside Sans"),
    )


def texts_of(content: Iterable[Path]) -> list[str]:
    """Return the texts below these folders, or in these files; of what is not there, none."""
    files = (file for path in content for file in (sorted(path.rglob("*")) if path.is_dir() else [path]))
    return [
        file.read_text(encoding="utf-8", errors="replace") for file in files if file.suffix in TEXTS and file.is_file()
    ]


def is_latin(char: str) -> bool:
    """Tell whether a character may stand in Latin text: letters, and signs that are of no other script."""
    return unicodedata.name(char, "").startswith("LATIN") or unicodedata.category(char)[0] in "NPS"


def is_han(char: str) -> bool:
    return any(start <= ord(char) <= end for start, end in ((0x2E80, 0x9FFF), (0xF900, 0xFAFF), (0xFF00, 0xFFEF)))


def cut_latin(cut: Cut, packages: Path) -> bytes:
    sources = [packages / source for source in cut.sources]
    if not cut.axes:
        return _joined(sources, cut.characters, cut.features, cut.family)
    font = _reloaded(trim.instance(sources[0], cut.axes))
    scale_upem(font, UNITS)
    trim.drop_faint_kerning(font, LEAST_KERNING)
    trim.keep_small_capitals(font, string.ascii_letters)
    return _woff2(_subset(_reloaded(font), cut.characters, cut.features), cut.family)


def cut_han(characters: frozenset[str], packages: Path) -> bytes:
    slices = (packages / "@fontsource/noto-serif-sc/files").glob("noto-serif-sc-*-400-normal.woff2")
    return _joined(sorted(slices), characters, [], "Broadside Han")


def _joined(slices: Iterable[Path], characters: frozenset[str], features: list[str], family: str) -> bytes:
    """Cut each slice of a font to what it has of the characters, and join the pieces."""
    pieces = list(_pieces(slices, characters, features))
    made = min(TTFont(piece)["head"].created for piece in pieces)
    font = _reloaded(merge.Merger().merge(pieces)) if len(pieces) > 1 else TTFont(pieces[0])
    font["head"].created = made  # that of a merged font is the present
    scale_upem(font, UNITS)
    return _woff2(font, family)


def _pieces(slices: Iterable[Path], characters: frozenset[str], features: list[str]) -> Iterator[io.BytesIO]:
    missing = set(characters)
    for path in slices:
        font = TTFont(path)
        here = frozenset(char for char in missing if ord(char) in font.getBestCmap())
        if here:
            missing -= here
            piece = _subset(font, here, features)
            piece.flavor = None
            yield _saved(piece)


def _subset(font: TTFont, characters: frozenset[str], features: list[str]) -> TTFont:
    options = subset.Options(hinting=False, notdef_outline=True, glyph_names=False, layout_features=features)
    options.drop_tables += ["STAT", "DSIG", "BASE", "MVAR", "vhea", "vmtx", "VORG"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[ord(char) for char in characters])
    cutter.subset(font)
    return font


def _woff2(font: TTFont, family: str) -> bytes:
    keep = {0, 13, 14}  # whose it is, and its licence
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in keep]
    for name_id, words in ((1, family), (2, "Regular"), (4, family), (6, family.replace(" ", ""))):
        names.setName(words, name_id, 3, 1, 0x409)
    font["head"].modified = font["head"].created  # the same bytes whenever it is made
    font.recalcTimestamp = False
    font.flavor = "woff2"
    return _saved(font).getvalue()


def _saved(font: TTFont) -> io.BytesIO:
    target = io.BytesIO()
    font.save(target)
    target.seek(0)
    return target


def _reloaded(font: TTFont) -> TTFont:
    """Save and load: what is made by the instancer and the merger is not fit for cutting before."""
    font.recalcTimestamp = False
    return TTFont(_saved(font))


def fallback_metrics(font: TTFont, fallback: TTFont) -> dict[str, str]:
    """Return the descriptors that make a local face take the room of ours, as CSS percentages.

    Method: width by the mean advance of lower-case English text, height by the ratio of the em.
    """
    size = _mean_width(font) / _mean_width(fallback)
    unit = font["head"].unitsPerEm * size
    line = font["hhea"]
    return {
        "size-adjust": f"{size:.1%}",
        "ascent-override": f"{line.ascent / unit:.1%}",
        "descent-override": f"{-line.descent / unit:.1%}",
        "line-gap-override": f"{line.lineGap / unit:.1%}",
    }


def _mean_width(font: TTFont) -> float:
    sample = (
        "whoever keeps a list of people has power over them, and it is a fair question who may look into it, who may "
        "have a mistake in it mended, and when it is to be burned. It is seldom asked before the list is there "
    )
    cmap, widths = font.getBestCmap(), font["hmtx"].metrics
    total: float = sum(widths[cmap[ord(char)]][0] for char in sample)
    return total / len(sample) / float(font["head"].unitsPerEm)


def _licences(packages: Path) -> dict[str, Path]:
    return {
        "OFL-source-serif.txt": packages / "source-serif/LICENSE.md",
        "OFL-public-sans.txt": packages / "@fontsource/public-sans/LICENSE",
        "OFL-noto-serif-sc.txt": packages / "@fontsource/noto-serif-sc/LICENSE",
    }


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packages", type=Path, required=True, help="a node_modules with the font packages")
    parser.add_argument("--content", type=Path, nargs="+", required=True, help="folders and files of texts to draw")
    parser.add_argument("--fonts", type=Path, default=Path("fonts"), help="the site's own fonts, if there are any")
    parser.add_argument("--like", type=Path, nargs=2, help="a serif and a sans to compute fallback metrics against")
    options = parser.parse_args(arguments)
    FONTS.mkdir(parents=True, exist_ok=True)
    texts = texts_of(options.content)
    used = frozenset(chain.from_iterable(texts))
    han = frozenset(filter(is_han, used))
    cuts = latin_cuts(frozenset(filter(is_latin, used - han)))
    made: dict[str, Any] = {cut.name: cut_latin(cut, options.packages) for cut in cuts}
    made["han"] = cut_han(chinese.unwritten(texts) | han, options.packages)
    for name, data in made.items():
        (FONTS / f"{name}.woff2").write_bytes(data)
        sys.stdout.write(f"{name}.woff2 {len(data)}\n")
    for name, licence in _licences(options.packages).items():
        shutil.copyfile(licence, FONTS / name)
    glyphs.write(options.fonts)
    for role, path in zip(("serif", "sans"), options.like or (), strict=False):
        sys.stdout.write(f"{role} {fallback_metrics(TTFont(FONTS / f'{role}.woff2'), TTFont(path))}\n")


if __name__ == "__main__":
    main()
