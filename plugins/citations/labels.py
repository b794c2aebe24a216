"""Locator labels: what an author may write in English, and the CSL label it means."""

from __future__ import annotations

import re


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

_LABELS = {word: label for label, words in WORDS.items() for word in words}


def _word_pattern(word: str) -> str:
    spaced = re.escape(word).replace(r"\ ", r"\s+")
    return spaced.removesuffix(r"\.") + r"\.?" if word.endswith(".") else spaced


# The longest word wins. A word that ends in a letter must end there; a sign or a full stop may touch the number.
_LABEL = re.compile(
    "(?:"
    + "|".join(_word_pattern(word) for word in sorted(_LABELS, key=len, reverse=True))
    + r")(?<=[.¶§\w])(?![^\W\d_])",
    re.I,
)


def find(text: str) -> tuple[str, int] | None:
    """Return the label at the start of the text and where it ends, or None."""
    match = _LABEL.match(text)
    if not match:
        return None
    word = " ".join(match[0].lower().split())
    label = _LABELS.get(word) or _LABELS.get(word + ".")
    return (label, match.end()) if label else None
