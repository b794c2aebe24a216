"""Find a shorter form in the marked words: its pieces in their order, an ellipsis for each gap."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from plugins.pullquotes.folding import ELLIPSIS, Folded, fold
from plugins.pullquotes.words import Passage


_ELLIPSIS = re.compile(rf"\s*(?:\[{ELLIPSIS}\]|\({ELLIPSIS}\)|{ELLIPSIS})\s*")
_DOTS = re.compile(r"\.(?:\s?\.){2,}")
# Scripts that set no spaces between words: any run of characters may be a word.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u30ff\u31f0-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_TOKEN = re.compile(rf"{_UNSPACED.pattern}|(?:(?!{_UNSPACED.pattern})\S)+")
_WITHIN = "'’-‐\u2011"  # signs that join the parts of one word


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of the shorter form between ellipses, with the ellipsis before it as it is to be shown."""

    start: int
    end: int
    lead: str


def find_passages(short: str, words: str) -> tuple[tuple[Passage, ...], str] | str:
    """Return the passages of `words` that make up `short` and the ellipsis behind the last, or what is wrong."""
    form, whole = fold(short.strip()), fold(words)
    at = _find(form.text, whole, 0)
    if at is not None:
        return (_passage(whole, at, at + len(form.text), ""),), ""
    pieces, last = _pieces(form)
    if not pieces:
        return "text holds no words; give words of the mark"
    passages, position = [], 0
    for number, piece in enumerate(pieces):
        sought = form.text[piece.start : piece.end]
        at = _find(sought, whole, position, gap=number > 0)
        if at is None:
            return _explain(form, piece, whole, position)
        position = at + len(sought)
        passages.append(_passage(whole, at, position, piece.lead))
    return tuple(passages), last


def _passage(whole: Folded, start: int, end: int, lead: str) -> Passage:
    return whole.starts[start], whole.ends[end - 1], lead


def _pieces(form: Folded) -> tuple[list[_Piece], str]:
    pieces, start, lead = [], 0, ""
    for match in _ELLIPSIS.finditer(form.text):
        if match.start() > start:
            pieces.append(_Piece(start, match.start(), lead))
        lead, start = _shown(form.source(*match.span())), match.end()
    if start < len(form.text):
        pieces.append(_Piece(start, len(form.text), lead))
        lead = ""
    return pieces, lead


def _shown(ellipsis: str) -> str:
    return re.sub(r"\s+", " ", _DOTS.sub(ELLIPSIS, ellipsis))


def _find(sought: str, whole: Folded, position: int, *, gap: bool = False) -> int | None:
    """Return where `sought` next stands as whole words; with `gap`, after at least one word that is left out."""
    at = whole.text.find(sought, position) if sought else -1
    while at >= 0:
        left_out = whole.text[position:at]
        if _is_free(whole, at) and _is_free(whole, at + len(sought)) and (not gap or _says_something(left_out)):
            return at
        at = whole.text.find(sought, at + 1)
    return None


def _says_something(text: str) -> bool:
    return ELLIPSIS in text or any(character.isalnum() for character in text)


def _is_free(whole: Folded, index: int) -> bool:
    """Tell whether no word runs over this place."""
    text = whole.text
    if index in (0, len(text)):
        return True
    before, after = text[index - 1], text[index]
    if _UNSPACED.match(before) or _UNSPACED.match(after):
        return not _is_mark(after)
    if _is_mark(after) or (_in_word(before) and _in_word(after)):
        return False
    if _joins(whole, index) and _in_word(before):
        return index + 1 >= len(text) or not _in_word(text[index + 1])
    if _joins(whole, index - 1) and _in_word(after):
        return index - 2 < 0 or not _in_word(text[index - 2])
    return True


def _in_word(character: str) -> bool:
    return character.isalnum() or _is_mark(character)


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M"


def _joins(whole: Folded, index: int) -> bool:
    """Tell whether an apostrophe or a single hyphen stands here; a dash parts words."""
    return whole.source(index, index + 1) in _WITHIN


def _explain(form: Folded, piece: _Piece, whole: Folded, position: int) -> str:
    """Say which words of a piece do not stand where they would have to."""
    sought = form.text[piece.start : piece.end]
    tokens = list(_TOKEN.finditer(sought))
    known = 0
    for token in tokens:
        if _find(sought[: token.end()], whole, position) is None:
            break
        known = token.end()
    if known == len(sought):
        return f'the ellipsis before "{_words(form, piece, 0)}" leaves nothing out'
    missing = next(token.start() for token in tokens if token.end() > known)
    return _not_there(form, piece, whole, (missing, known, position))


def _not_there(form: Folded, piece: _Piece, whole: Folded, places: tuple[int, int, int]) -> str:
    missing, known, position = places
    sought = form.text[piece.start : piece.end]
    first = _TOKEN.match(sought, missing)
    assert first is not None
    shown = _words(form, piece, missing)
    after = f' after "{form.source(piece.start, piece.start + known)[-40:]}"' if known else ""
    later = known and _find(first[0], whole, (_find(sought[:known], whole, position) or 0) + known) is not None
    hint = "; where words are left out, write …" if later else ""
    return f'"{shown}" does not stand in the marked words{after}{hint}'


def _words(form: Folded, piece: _Piece, start: int) -> str:
    """Return a few words of a piece as they were written."""
    few = list(_TOKEN.finditer(form.text, piece.start + start, piece.end))[:4]
    return form.source(few[0].start(), few[-1].end())
