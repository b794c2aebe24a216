"""Locator labels: what an author may write, in English and in the language of the page, and the CSL label it means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache


#: CSL label -> words and abbreviations, lower case. A full stop after an abbreviation may be left out.
WORDS: dict[str, tuple[str, ...]] = {
    "act": ("act", "acts"),
    "appendix": ("appendix", "appendices", "app.", "apps."),
    "article-locator": ("article", "articles", "art.", "arts."),
    "book": ("book", "books", "bk.", "bks."),
    "canon": ("canon", "canons", "can.", "cann."),
    "chapter": ("chapter", "chapters", "chap.", "chaps.", "ch.", "chs."),
    "column": ("column", "columns", "col.", "cols."),
    "elocation": ("location", "locations", "loc.", "locs."),
    "equation": ("equation", "equations", "eq.", "eqs."),
    "figure": ("figure", "figures", "fig.", "figs."),
    "folio": ("folio", "folios", "fol.", "fols.", "f.", "ff."),
    "issue": ("issue", "issues", "iss."),
    "line": ("line", "lines", "l.", "ll."),
    "note": ("note", "notes", "n.", "nn."),
    "number": ("number", "numbers", "no.", "nos."),
    "opus": ("opus", "opera", "op.", "opp."),
    "page": ("page", "pages", "p.", "pp."),
    "paragraph": ("paragraph", "paragraphs", "para.", "paras.", "par.", "pars.", "¶", "¶¶"),
    "part": ("part", "parts", "pt.", "pts."),
    "rule": ("rule", "rules", "r.", "rr."),
    "scene": ("scene", "scenes", "sc.", "scs."),
    "section": ("section", "sections", "sec.", "secs.", "sect.", "§", "§§"),
    "sub-verbo": ("sub verbo", "sub verbis", "s.v.", "s.vv."),
    "supplement": ("supplement", "supplements", "supp.", "supps."),
    "table": ("table", "tables", "tab.", "tabs.", "tbl.", "tbls."),
    "timestamp": ("timestamp", "timestamps", "time"),
    "title-locator": ("title", "titles", "tit.", "tits."),
    "verse": ("verse", "verses", "v.", "vv."),
    "version": ("version", "versions", "ver."),
    "volume": ("volume", "volumes", "vol.", "vols."),
}

# Chinese, Japanese and Korean count first: 第3页.
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_CJK_NUMBER = r"[\d一二三四五六七八九十百千〇零]+(?:\s*[-–—―~～至、，,]\s*\d+)*"


@dataclass(frozen=True, slots=True)
class Labels:
    """Words for locators, lower case, each with the CSL label that it means."""

    meanings: Mapping[str, str]
    _before: re.Pattern[str]
    _behind: re.Pattern[str] | None

    @classmethod
    def of(cls, words: Iterable[tuple[str, str]] = ()) -> Labels:
        """Take (word, label) of the page's language; of two labels for a word the first counts, English the last."""
        own: dict[str, str] = {}
        for word, label in words:
            own.setdefault(_folded(word), label)
        meanings = {**_ENGLISH, **own}
        behind = [word for word in own if _CJK.fullmatch(word)]
        counted = rf"[第제]?\s*(?P<value>{_CJK_NUMBER})\s*(?P<word>{_any(behind)})" if behind else ""
        return cls(meanings, re.compile(f"{_any(meanings)}{_END}", re.I), re.compile(counted) if counted else None)

    def find(self, text: str) -> tuple[str, int] | None:
        """Return the label at the start of the text and where it ends, or None."""
        match = self._before.match(text)
        if not match:
            return None
        word = _folded(match[0])
        label = self.meanings.get(word) or self.meanings.get(word + ".")
        return (label, match.end()) if label else None

    def find_behind(self, text: str) -> tuple[str, str, int] | None:
        """Return label, value and end of a locator that names its label last, or None."""
        match = self._behind.match(text) if self._behind else None
        return (self.meanings[match["word"]], match["value"], match.end()) if match else None


def _folded(word: str) -> str:
    return " ".join(word.lower().split())


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(_word_pattern(word) for word in sorted(words, key=len, reverse=True)) + ")"


def _word_pattern(word: str) -> str:
    spaced = re.escape(word).replace(r"\ ", r"\s+")
    return spaced.removesuffix(r"\.") + r"\.?" if word.endswith(".") else spaced


# The longest word wins. A word that ends in a letter must end there; a sign or a full stop may touch the number.
_END = r"(?<=[.¶§\w])(?![^\W\d_])"
_ENGLISH = {word: label for label, words in WORDS.items() for word in words}


@cache
def english() -> Labels:
    """Return the labels of English, which most texts ask for nothing of: to make them ready takes a while."""
    return Labels.of()
