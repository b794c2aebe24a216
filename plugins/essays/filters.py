"""typogrify's filters, each called only where it can act.

Each function returns what the filter of its name does, for any HTML: it looks for what the filter looks for, cheaply,
and asks the filter itself where there is some. `tests/essays/test_filters.py` holds each to its filter.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import smartypants as pants
from typogrify import filters


# What smartypants cuts HTML into: words stand at the even places, tags at the odd ones.
_TAG = re.compile(r"(<[^>]*>)")
# What it does not cut so, or looks at as more than a tag: comments, and elements whose words it leaves alone.
_UNLIKE = re.compile(r"<(?:!--|pre|samp|code|tt|kbd|script|style|math)", re.I)
_AMPERSAND = re.compile(r"&(?:amp;|#38;)?(?:\s|&nbsp;)")
_CAPITALS = re.compile(r"[A-Z](?:\d*[A-Z]|\.\s?[A-Z])")
_SIGNS = re.compile(r"""["'\\`]|--|\.(?:\.\.| \. \.)|&quot;""")
_QUOTES = frozenset({"'", '"', "&quot;"})
# An apostrophe is behind a letter or digit, and before none of what makes smartypants think again.
_BUT_APOSTROPHES = re.compile(rf"""(?<![A-Za-z0-9])'|'(?=\d|["']|s')|(?!'){_SIGNS.pattern}""")
_FIRST_QUOTE = re.compile(r"""\s*(?:["']|&ldquo;|&lsquo;|&\#8220;|&\#8216;)""")
_QUOTE_BEHIND_TAG = re.compile(f">{_FIRST_QUOTE.pattern}")
# typogrify's own pattern from the space on, which it need not look for behind each letter.
_LAST_SPACE = re.compile(r"\s+([^<>\s]++\s*+(?:</(?:a|em|span|strong|i|b)>\s*+)*+(?:</(?:p|h[1-6]|li|dt|dd)>|$))")
_INLINE = re.compile(r"</?(?:a|em|span|strong|i|b)[^>]*>")
_TAG_IN_TAG = re.compile(r"<[^>]*<")


def amp(html: str) -> str:
    return filters.amp(html) if _AMPERSAND.search(html) else html


def caps(html: str) -> str:
    """Set runs of capitals: each stretch of words between two tags is set on its own."""
    if _UNLIKE.search(html):
        return str(filters.caps(html))
    return _set_words(_TAG.split(html), _CAPITALS, filters.caps)


def smartypants(html: str, attributes: int) -> str:
    """Set quotes, dashes and ellipses: each stretch of words is set on its own, but for a quotation mark alone."""
    parts = _TAG.split(html)
    if _UNLIKE.search(html) or not _QUOTES.isdisjoint(parts):
        return str(pants.smartypants(html, attributes))

    def set_words(words: str) -> str:
        if _BUT_APOSTROPHES.search(words):
            return str(pants.smartypants(words, attributes))
        return words.replace("'", "&#8217;")

    return _set_words(parts, _SIGNS, set_words)


def _set_words(parts: list[str], signs: re.Pattern[str], set_words: Callable[[str], str]) -> str:
    for place in range(0, len(parts), 2):
        if signs.search(parts[place]):
            parts[place] = set_words(parts[place])
    return "".join(parts)


def initial_quotes(html: str) -> str:
    has_one = _FIRST_QUOTE.match(html) or _QUOTE_BEHIND_TAG.search(html)
    return str(filters.initial_quotes(html)) if has_one else html


def widont(html: str) -> str:
    if _TAG_IN_TAG.search(html):
        return str(filters.widont(html))
    return _LAST_SPACE.sub(_without_widow, html)


def _without_widow(match: re.Match[str]) -> str:
    html, space = match.string, match.start()
    before = html[space - 1 : space]
    is_last = _INLINE.fullmatch(html, html.rfind("<", 0, space), space) if before == ">" else before not in {"", "<"}
    return f"&nbsp;{match[1]}" if is_last else match[0]
