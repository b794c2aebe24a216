"""Make an author's HTML safe in any page: keep what is on the allow list, and say what was not."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

import nh3

from plugins.essays import foreign, reserved
from plugins.essays.allowed import ATTRIBUTES, EVERYWHERE, PREFIX, SCHEMES, TAGS
from plugins.essays.removals import Refusal, removed


_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags={"script", "style"},
    attributes={"*": set(EVERYWHERE), **{tag: set(names) for tag, names in ATTRIBUTES.items()}},
    generic_attribute_prefixes={PREFIX},
    url_schemes=set(SCHEMES),
    link_rel=None,
    strip_comments=True,
)
_NAMES = re.compile(r"<([a-zA-Z][^\s/>]*)")
_ATTRIBUTE_NAMES = re.compile(r"""[\s"'/]([a-zA-Z_][^\s/>="'<]*)""")


def make_safe(
    html: str, made: Collection[str] = frozenset(), *, trusted: bool = False
) -> tuple[str, tuple[Refusal, ...]]:
    """Return HTML that is safe in any page, and what was taken away from it.

    Of HTML that the site trusts, only the addresses are looked at, and the names that the build gives. `made` are
    the markers that the syntax of Markdown left (`reserved.py`).
    """
    cleaned = _clean_addresses(html) if trusted else clean(html)
    safe, forged = reserved.release(cleaned, made)
    return safe, tuple(_distinct((*removed(html, cleaned, trusted=trusted), *forged, *foreign.loaded(safe))))


def clean(html: str) -> str:
    """Return HTML without comments, scripts, handlers, styles and odd addresses, as browsers would write it."""
    return _CLEANER.clean(html)


def _clean_addresses(html: str) -> str:
    """Allow every element and attribute that is there: the addresses are still held to the allowed schemes."""
    attributes = {*_ATTRIBUTE_NAMES.findall(html), *map(str.lower, _ATTRIBUTE_NAMES.findall(html))}
    return nh3.clean(
        html,
        tags={*_NAMES.findall(html), *map(str.lower, _NAMES.findall(html))},
        clean_content_tags=set(),
        attributes={"*": attributes - {"rel"}, "a": {"rel"}, "link": {"rel"}},
        url_schemes=set(SCHEMES),
        link_rel=None,
        strip_comments=False,
    )


def _distinct(found: Collection[Refusal]) -> Iterator[Refusal]:
    yield from dict.fromkeys(found)
