"""Say what sanitising took away."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import chain

from plugins.essays.allowed import ADDRESSES, ATTRIBUTES, EVERYWHERE, PREFIX, TAGS, is_address, is_attribute
from plugins.essays.unclosed import unclosed
from plugins.shared.problems import Severity


_NAMES = re.compile(r"<([a-z][^\s/>]*)", re.I)
_ATTRIBUTES = EVERYWHERE.union(*ATTRIBUTES.values())
# Each begins after the name before it or a quote, whatever stands between; words of the text may match, too.
_ATTRIBUTE = re.compile(r"""[\s"'/]([a-z_@:#*(\[][^\s/>="'<]*)\s*=""", re.I)
_URL = re.compile(r"""\b(?:href|src|cite|poster)\s*=\s*["']?\s*([^"'>\s]*)""", re.I)
_PLAIN_URL = re.compile(
    r"(?:https?://|mailto:|(?![^/?#]*:)(?!.*&(?!amp;)).)|&#109;&#97;&#105;&#108;&#116;&#111;|$",
    re.I,
)
# A tag or a comment that nobody could take to end elsewhere.
_PLAIN = re.compile(
    r"""<(?:/?[a-z][a-z0-9-]*(?:\s+[a-z_][a-z0-9_:-]*(?:\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))?)*\s*/?"""
    r"""|!--[^<>-]*(?:-[^<>-]+)*--)>""",
    re.I,
)
# An element whose contents are words to some parsers, where they hold what others take for a tag.
_RAW = re.compile(
    r"<(script|style|textarea|title|iframe|noembed|noframes|noscript|xmp|plaintext)\b[^>]*>(?![^<]*</\1>)", re.I
)
_PLAUSIBLE = re.compile(r"[\w@:#.*()\[\]-]+")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that is not allowed, and raw texts to find its line by, the best first."""

    code: str
    message: str
    needles: tuple[str, ...]
    severity: Severity = "warning"


def removed(before: str, after: str, *, trusted: bool = False) -> Iterator[Refusal]:
    """Yield what sanitising took away: tags, attributes, addresses. Cheap if there is nothing to find."""
    if before == after:
        return
    if _is_plain(before) and _is_plain(after):
        lost = Counter(_PLAIN.findall(before)) - Counter(_PLAIN.findall(after))
        if lost and _is_suspect(before):
            yield from dict.fromkeys(chain.from_iterable(_constructs(tag, trusted=trusted) for tag in lost))
        return
    for one in unclosed(before):
        message = f"{one.what} is not closed, and what stands behind it is lost; {one.remedy}"
        yield Refusal("html-removed", message, (one.written, one.beginning))
    if _is_suspect(before):
        # A tag that is written in the text as code stays, as it is no tag.
        kept = Counter(_constructs(after, trusted=trusted))
        yield from Counter(_constructs(before, trusted=trusted)) - kept


def _is_plain(html: str) -> bool:
    """Tell whether the tags of HTML can be told without a parser, which takes far longer."""
    return html.count("<") == len(_PLAIN.findall(html)) and not _RAW.search(html)


def _is_suspect(html: str) -> bool:
    if not TAGS.issuperset(name.lower() for name in set(_NAMES.findall(html))):
        return True
    if any(name.lower() not in _ATTRIBUTES and not name.startswith(PREFIX) for name in set(_ATTRIBUTE.findall(html))):
        return True
    return not all(map(_PLAIN_URL.match, _URL.findall(html)))


class _Collector(HTMLParser):
    def __init__(self, *, trusted: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Refusal] = []
        self._trusted = trusted

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        written = self.get_starttag_text() or ""
        if tag not in TAGS and not self._trusted:
            self._take(f"<{tag}> is not allowed", written, f"<{tag}")
            return
        if not all(_PLAUSIBLE.fullmatch(name) for name, _ in attrs):
            return  # a quotation mark is not closed, or the tag itself: unclosed.py
        for name, value in attrs:
            if not self._trusted and not is_attribute(tag, name):
                self._take(f"the attribute {name} of <{tag}> is not allowed", written, f"{name}=", name)
            elif name in ADDRESSES and not is_address(value or ""):
                self._take(f'the address "{value}" is not allowed', written, value or "")

    def _take(self, what: str, *needles: str) -> None:
        self.found.append(Refusal("html-removed", f"{what}; it was left out", needles))


def _constructs(html: str, *, trusted: bool) -> list[Refusal]:
    collector = _Collector(trusted=trusted)
    collector.feed(html)
    collector.close()
    return collector.found
