"""typogrify's filters, each called only where it can act.

Each function returns what the filter of its name does, for any HTML. It looks for the signs of what the filter would
change, and has the filter itself change it. HTML that is cut into tags otherwise than by `_TAG` is the filter's alone.
"""

from __future__ import annotations

import re

import smartypants as pants
from typogrify import filters


# How smartypants cuts HTML, and caps with it: words stand at the even places, tags at the odd ones.
_TAG = re.compile(r"(<[^>]*>)")
# What is more than a tag to them: comments, the elements whose words they leave alone, and what is no sound HTML.
_MORE = re.compile(r"<(?:!--|pre|samp|code|tt|kbd|script|style|math|[^>]*<)", re.I)
_TAG_IN_TAG = re.compile(r"<[^>]*<")
_AMPERSAND = re.compile(r"&(?:amp;|#38;)?(?:\s|&nbsp;)")
# What caps marks: two capitals in a word of capitals and digits, or some with dots. This begins with a character, by
# which a search is far faster than by the edge of a word. Behind the last dot, caps takes one more space away.
_CAPITALS = re.compile(
    r"[A-Z\d](?<=\b[A-Z\d])(?:"
    r"(?:(?<=[A-Z])|\d*[A-Z])\d*[A-Z][A-Z\d']*\b|"
    r"(?<=[A-Z])[A-Z]*\.\s?(?:[A-Z]+\.\s?)+(?P<end>)(?:\s|\b|$))"
)
# Here and below, what begins with characters is found by them, which is faster than by what stands before them.
_SIGNS = re.compile(r""""|'|\\|`|--|\.\.\.|\. \. \.|&quot;""")
# Quotation marks of which smartypants asks what stood before the tag before them.
_ALONE = frozenset({"'", '"', "&quot;"})
# What smartypants thinks about twice. The rest is clear: an apostrophe behind a letter, a quotation mark between a
# space and a letter, or behind a letter or the end of a sentence.
_UNCLEAR = re.compile(
    r"""'(?<![A-Za-z0-9]')|'(?=[\d'"]|s')|"(?<![A-Za-z0-9.,!?]")(?![^\W_])|"(?<=[^A-Za-z0-9.,!?\s(\[]")"""
    r"""|\\|`|--|\.\.\.|\. \. \.|&quot;"""
)
_OPENING = re.compile(r'"(?<![A-Za-z0-9.,!?]")')
_QUOTE = r"""\s*(?:["']|&ldquo;|&lsquo;|&\#8220;|&\#8216;)"""
_QUOTE_FIRST, _QUOTE_BEHIND_TAG = re.compile(_QUOTE), re.compile(f">{_QUOTE}")
_ENDS = frozenset(f"</{tag}>" for tag in "p h1 h2 h3 h4 h5 h6 li dt dd".split())
_INLINE_ENDS = frozenset(f"</{tag}>" for tag in "a em span strong i b".split())
_INLINE = re.compile(r"</?(?:a|em|span|strong|i|b)")  # and whatever begins so: typogrify does not look further


def amp(html: str) -> str:
    """Mark ampersands between spaces."""
    return str(filters.amp(html)) if _AMPERSAND.search(html) else html


def smartypants(html: str, attributes: int) -> str:
    """Set quotes, dashes and ellipses; `attributes` are smartypants' own."""
    parts = [] if _MORE.search(html) else _TAG.split(html)
    if not parts or not _ALONE.isdisjoint(parts):
        return str(pants.smartypants(html, attributes))
    parts[::2] = [_curl(words, attributes) if _SIGNS.search(words) else words for words in parts[::2]]
    return "".join(parts)


def caps(html: str) -> str:
    """Mark runs of capitals."""
    if _MORE.search(html):
        return str(filters.caps(html))
    parts = _TAG.split(html)
    parts[::2] = [_CAPITALS.sub(_mark_capitals, words) for words in parts[::2]]
    return "".join(parts)


def initial_quotes(html: str) -> str:
    """Mark a quotation mark that begins a block, to be hung in the margin."""
    has_some = _QUOTE_FIRST.match(html) or _QUOTE_BEHIND_TAG.search(html)
    return str(filters.initial_quotes(html)) if has_some else html


def widont(html: str) -> str:
    """Tie the last two words of each block with a no-break space."""
    if _TAG_IN_TAG.search(html):
        return str(filters.widont(html))
    parts = _TAG.split(html)
    for place in range(1, len(parts), 2):
        if parts[place] in _ENDS:
            _tie_last_word(parts, place - 1)
    _tie_last_word(parts, len(parts) - 1)
    return "".join(parts)


def _curl(words: str, attributes: int) -> str:
    if _UNCLEAR.search(words):
        return str(pants.smartypants(words, attributes))
    return _OPENING.sub("&#8220;", words).replace('"', "&#8221;").replace("'", "&#8217;")


def _mark_capitals(match: re.Match[str]) -> str:
    marked = match[0] if match["end"] is None else match.string[match.start() : match.end("end")]
    bare = marked.removesuffix(" ")
    return f'<span class="caps">{bare}</span>{marked[len(bare) :]}'


def _tie_last_word(parts: list[str], place: int) -> None:
    """Tie the last word of a block that ends with the words at `place`, or with inline elements behind them."""
    while place and parts[place - 1] in _INLINE_ENDS and not parts[place].strip():
        place -= 2
    words = parts[place].rstrip()
    *before, last = words.rsplit(None, 1) or [""]
    if before:
        is_behind_words = before[0][-1] not in "<>"
    else:  # nothing but a tag can stand before the space
        is_behind_words = words != last and place > 0 and _INLINE.match(parts[place - 1]) is not None
    if is_behind_words and "<" not in last and ">" not in last:
        parts[place] = f"{''.join(before)}&nbsp;{last}{parts[place][len(words) :]}"
