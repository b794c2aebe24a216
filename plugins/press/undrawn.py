"""Say where the characters stand that no font draws, and what to do about each kind."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plugins.press.glyphs import Coverage
from plugins.press.scan import files_below
from plugins.shared.contents import path_of
from plugins.shared.files import site_path
from plugins.shared.problems import Problem


_TOLD = 5  # characters that a line names
_TEXTS = frozenset({".bib", ".html", ".json", ".md", ".py", ".yaml", ".yml"})
_HAN = ("CJK", "FULLWIDTH", "IDEOGRAPHIC", "KANGXI")
# How Unicode names the characters of a script that readers have fonts for, and a language that is written in it.
_SCRIPTS = {
    "ARABIC": "ar", "ARMENIAN": "hy", "BENGALI": "bn", "CYRILLIC": "ru", "DEVANAGARI": "hi", "ETHIOPIC": "am",
    "GEORGIAN": "ka", "GREEK": "el", "GUJARATI": "gu", "GURMUKHI": "pa", "HANGUL": "ko", "HEBREW": "he",
    "HIRAGANA": "ja", "KANNADA": "kn", "KATAKANA": "ja", "KHMER": "km", "LAO": "lo", "MALAYALAM": "ml",
    "MYANMAR": "my", "ORIYA": "or", "SINHALA": "si", "TAMIL": "ta", "TELUGU": "te", "THAANA": "dv", "THAI": "th",
    "TIBETAN": "bo",
}  # fmt: skip
_PICTURES = range(0x1F000, 0x1FB00)


@dataclass(frozen=True, slots=True)
class Found:
    """What is wrong with the characters of pages: in the sources of their own, and elsewhere."""

    own: tuple[Problem, ...] = ()
    elsewhere: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """What fonts draw, the content folder, and how problems name the folder of the output."""

    coverage: Coverage
    content: Path
    output: str


def problems_of_source(path: str, source: str, characters: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each kind of these characters that a source holds, at the first of them."""
    present = sorted(char for char in characters if char in source)
    for remedy in dict.fromkeys(map(_remedy, sorted(present, key=source.index))):
        kind = sorted((char for char in present if _remedy(char) == remedy), key=source.index)
        line = source.count("\n", 0, source.index(kind[0])) + 1
        message = f"no font of the site draws {_named(kind)}; {remedy.replace('…', kind[0])}"
        yield Problem(path, line, "glyph-missing", message, "warning")


def problems_of_text(text: Any, undrawn: frozenset[str], coverage: Coverage) -> Iterator[Problem]:
    """Yield what is wrong with those characters of a text's page that stand in its source.

    The language of words in another script can be named in the words of a text alone: titles and names are left to
    the reader's fonts.
    """
    foreign = frozenset(filter(_language, undrawn))
    if foreign:
        words = str(getattr(text, "body", "") or text.content)
        undrawn = (undrawn - foreign) | (foreign & coverage.undrawn(words.encode(errors="replace")))
    if undrawn:
        yield from problems_of_source(path_of(text), str(text.source_text), undrawn)


def elsewhere(text: Any, undrawn: frozenset[str]) -> frozenset[str]:
    """Return those characters of a text's page that its source does not hold."""
    return frozenset(char for char in undrawn if not _language(char)).difference(str(text.source_text))


def find(undrawn: Mapping[str, frozenset[str]], texts: Collection[Any], folders: Iterable[Path], site: Site) -> Found:
    """Return where the characters of these files of the output stand: in their texts, or below the folders."""
    own: list[Problem] = []
    loose: dict[str, str] = {}  # a character that its page's source lacks, and the page
    shown: set[str] = set()
    pages = {text.save_as: text for text in texts if text.save_as in undrawn}
    for page, text in sorted(pages.items()):
        own += problems_of_text(text, undrawn[page], site.coverage)
        loose |= dict.fromkeys(sorted(elsewhere(text, undrawn[page])), page)
        shown |= undrawn[page]
    for page in sorted(undrawn.keys() - pages.keys()):
        loose |= dict.fromkeys((char for char in sorted(undrawn[page] - shown) if not _language(char)), page)
    return Found(tuple(own), tuple(_elsewhere(loose, folders, site)) if loose else ())


def _elsewhere(loose: Mapping[str, str], folders: Iterable[Path], site: Site) -> Iterator[Problem]:
    left = set(loose)
    for path in (path for folder in folders for path in files_below(folder) if path.suffix in _TEXTS):
        source = path.read_text("utf-8", "replace")
        yield from problems_of_source(site_path(path, site.content), source, left)
        left.difference_update(source)
    for char in sorted(left):
        message = f"no font of the site draws {_named([char])}; {_remedy(char).replace('…', char)}"
        yield Problem(f"{site.output}/{loose[char]}", 1, "glyph-missing", message, "warning")


def _named(characters: list[str]) -> str:
    names = ", ".join(f'"{char}" (U+{ord(char):04X})' for char in characters[:_TOLD])
    return names + (f" and {len(characters) - _TOLD} more" if len(characters) > _TOLD else "")


def _remedy(char: str) -> str:
    if unicodedata.name(char, "").startswith(_HAN):
        return "run `make fonts`, which adds the characters that the content uses"
    if ord(char) in _PICTURES or unicodedata.category(char) == "So":
        return 'each machine draws it in its own way, or not at all: say it in words, or mark it as in "[…]{lang=zxx}"'
    if language := _language(char):
        return f'name the language of the words, as in "[…]{{lang={language}}}", and the reader\'s own fonts draw them'
    return "run `make fonts`, which adds what its fonts have, or write it otherwise"


def _language(char: str) -> str:
    """Return a language that is written in a character's script, if readers have fonts for it."""
    return _SCRIPTS.get(unicodedata.name(char, "").partition(" ")[0], "")
