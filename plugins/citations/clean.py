"""Let through what a formatted citation is made of, and nothing else: its words are those of a bibliography."""

from __future__ import annotations

import re
from functools import lru_cache

import nh3

from plugins.shared.characters import printable


_TAGS = {"a", "b", "div", "em", "i", "s", "span", "strong", "sub", "sup"}
_CLASSES = {
    "span": {"smallcaps", "nocase", "nodecoration"},
    "div": {"csl-left-margin", "csl-right-inline", "csl-block", "csl-indent"},
}
_LINK = re.compile(r"https?://|#ref-", re.I)
# Second fields of an entry are of its line, as in a numbered list, whatever the engine makes of them.
_FIELD = re.compile(r'<div class="(csl-(?:left-margin|right-inline))">((?:(?!</?div).)*)</div>', re.S)
_BARE = re.compile(r"<(span|a)>((?:(?!<\1\b).)*?)</\1>", re.S)


@lru_cache(maxsize=1024)  # a page asks several times, and short notes are alike
def clean(html: str) -> str:
    """Return the HTML with only known elements, classes, and links to entries and the web."""
    sound = nh3.clean(
        printable(html),
        tags=_TAGS,
        attributes={"a": {"href"}},
        allowed_classes=_CLASSES,
        url_schemes={"http", "https"},
        attribute_filter=_filtered,
        link_rel=None,
    )
    return _FIELD.sub(r'<span class="\1">\2</span>', _unwrapped(sound)).strip()


def _filtered(tag: str, name: str, value: str) -> str | None:
    return value if (tag, name) != ("a", "href") or _LINK.match(value) else None


def _unwrapped(html: str) -> str:
    """Take away elements without attributes that say nothing: the engine's groups, links without an address."""
    while (shorter := _BARE.sub(r"\2", html)) != html:
        html = shorter
    return html
