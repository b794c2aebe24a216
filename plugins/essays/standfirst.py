"""The first words of a text, and how long it takes to read."""

from __future__ import annotations

import math
import re
from html import escape, unescape

from plugins.shared.html import parse, plain_text
from plugins.shared.scripts import attributes


WORDS = 50
WORDS_A_MINUTE = 230
HAN_A_MINUTE = 400
_HAN = re.compile("[\u2e80-\u2fdf\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_FAR = re.compile("[^\0-\u2e7f]")  # a range is found faster than the ranges of `_HAN`
_ASCII_LETTER = re.compile("[A-Za-z]")
_TAG = re.compile(r"""<(?:[^>"]++|"[^"]*+")*+>""")


def first_words(html: str) -> str:
    """Return the beginning of the first paragraph as plain text, with an ellipsis if there is more of it."""
    for paragraph in parse(html).iter("p"):
        if text := plain_text(paragraph):
            return shorten(text)
    return ""


def shorten(text: str) -> str:
    words = text.split()
    short = " ".join(words[:WORDS])
    if len(_HAN.findall(short)) > len(short) // 2 or len(short) > 10 * WORDS:
        short = short[: 3 * WORDS]  # without spaces there are no words to count
    return text if len(short) >= len(text) else short.rstrip(" ,;:.–—") + "…"


def with_languages(short: str, html: str) -> str:
    """Return the first words of a text, as HTML, with the languages that the text names of words in other scripts."""
    if ' lang="' not in html:
        return short
    done, left = "", short
    for element in parse(html).xpath("(//p[normalize-space()])[1]//*[@lang]"):
        words = escape(plain_text(element), quote=False)
        before, found, after = left.partition(words) if words and not _ASCII_LETTER.search(words) else ("", "", "")
        if found:
            done += f"{before}<span {attributes(element.get('lang'))}>{found}</span>"
            left = after
    return done + left


def minutes(html: str) -> int:
    """Return the whole minutes, at least 1, that it takes to read a text."""
    text = unescape(_TAG.sub(" ", html))
    spaced, han = _HAN.subn(" ", text) if _FAR.search(text) else (text, 0)
    return max(1, math.ceil(len(spaced.split()) / WORDS_A_MINUTE + han / HAN_A_MINUTE))
