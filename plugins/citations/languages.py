"""Name the language of words in another script than the page's, so that fonts and screen readers know it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from plugins.citations.model import Item


def _words(letters: str, least: int = 1) -> str:
    """Return the pattern of words in these letters, with what may stand between words."""
    return rf"[{letters}]{{{least},}}(?:[\s\d.,:;'’\-–]+[{letters}]+)*"


_IDEOGRAPHS = "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN = rf"{_IDEOGRAPHS}\u3000-\u303f\uff00-\uffef"
# Script -> pattern of a run, the languages that are written in it, and the tag of one that is not known.
_SCRIPTS: dict[str, tuple[str, str, str]] = {
    "han": (rf"(?=[{_HAN}]*[{_IDEOGRAPHS}])[{_HAN}](?:[{_HAN}\d—–·-]*[{_HAN}])?", "ja lzh yue zh", "zh"),
    "hangul": (_words("\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"), "ko", "ko"),
    "arabic": (_words("\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc"), "ar fa ps ug ur", "ar"),
    "hebrew": (_words("\u0590-\u05ff\ufb1d-\ufb4f"), "he yi", "he"),
    "cyrillic": (_words("\u0400-\u052f\u1c80-\u1c8f"), "be bg kk ky mk mn ru sr tg uk", "und-Cyrl"),
    "greek": (_words("\u0370-\u03ff\u1f00-\u1fff", 3), "el grc", "el"),  # one letter is mathematics
    "devanagari": (_words("\u0900-\u097f"), "hi mr ne sa", "und-Deva"),
    "thai": (_words("\u0e00-\u0e7f"), "th", "th"),
    "armenian": (_words("\u0530-\u058f"), "hy", "hy"),
    "georgian": (_words("\u10a0-\u10ff"), "ka", "ka"),
}
_RUN = re.compile("|".join(f"(?P<{name}>{pattern})" for name, (pattern, _, _) in _SCRIPTS.items()))
_FOREIGN = re.compile("[\u0370-\u10ff\u1100-\u11ff\u1c80-\u1c8f\u1f00-\u1fff\u2e80-\U0003ffff]")
_KANA = re.compile("[\u3041-\u30ff]")
_TAG = re.compile(r"(<[^<>]*>)")
_ITALICS = re.compile(r"<(em|i)>([^<>]*)</\1>")
_HAVE_NO_ITALICS = frozenset({"han", "hangul", "arabic", "hebrew", "thai", "devanagari"})
_RIGHT_TO_LEFT = frozenset("ar fa he ps ug ur yi".split())


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages of a page's items, and of the page."""

    items: Mapping[str, Item]
    locale: str

    def mark(self, html: str, keys: Iterable[str]) -> str:
        """Return sound HTML of these items with the languages of its words in other scripts."""
        if not _FOREIGN.search(html):
            return html
        cited = [self.items[key] for key in keys if key in self.items]
        parts = _TAG.split(_ITALICS.sub(_upright, html))
        parts[::2] = [_RUN.sub(lambda run: self._span(run, cited), text) for text in parts[::2]]
        return "".join(parts)

    def _span(self, run: re.Match[str], cited: list[Item]) -> str:
        tag = _tag_of(run[0], str(run.lastgroup), cited)
        primary = tag.partition("-")[0]
        if primary == self.locale.partition("-")[0]:
            return run[0]
        direction = ' dir="rtl"' if primary in _RIGHT_TO_LEFT else ""
        return f'<span lang="{tag}"{direction}>{run[0]}</span>'


def _upright(italics: re.Match[str]) -> str:
    """Take italics from words in a script that has none."""
    run = _RUN.fullmatch(italics[2])
    return italics[2] if run and run.lastgroup in _HAVE_NO_ITALICS else italics[0]


def _tag_of(words: str, script: str, cited: list[Item]) -> str:
    """Return the language of words: that of the item they stand in, if it is written in their script."""
    _, languages, unknown = _SCRIPTS[script]
    holding = [item for item in cited if any(words in text for text in _texts(item))]
    for tag in (tag for item in holding or cited for tag in _tags(item, words)):
        primary, *others = tag.split("-")
        if primary.lower() in languages.split() and all(part.isalnum() for part in others):
            return "-".join([primary.lower(), *(part for part in others if part.lower() != "latn")])
    return "ja" if script == "han" and _KANA.search(words) else unknown


def _tags(item: Item, words: str) -> Iterator[str]:
    """Yield the languages that words of an item may be in, the likeliest first."""
    original, own = item.get("original"), str(item.get("language", ""))
    if not isinstance(original, Mapping):
        yield own
        return
    tags = [own, str(original.get("language", ""))]
    yield from reversed(tags) if words in str(original.get("title", "")) else tags


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, str):
        yield value
