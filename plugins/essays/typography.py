"""Typeset HTML as typogrify does, with Pelican's choices, and leave other scripts than Latin alone."""

from __future__ import annotations

import html as html_entities
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import smartypants
from typogrify.filters import process_ignores

from plugins.essays import filters


_DASHES = {"oldschool": smartypants.Attr.set2, "oldschool_inverted": smartypants.Attr.set3}
_FILTERS = ("amp", "smartypants", "caps", "initial_quotes", "widont")
# What typogrify leaves alone whatever a site says.
_IGNORED = re.compile(r"<(?:pre|code)", re.I)
# Languages that are not written in Latin letters unless their tag says so.
_OTHER_SCRIPTS = frozenset(
    "am ar be bg bn bo ckb dv dz el fa gu he hi hy ja ka kk km kn ko ky lo mk ml mn mr my ne or pa ps ru sa sd si sr "
    "ta te tg th ti ug uk ur yi yue zh".split()
)
_SCRIPT = re.compile(r"-([a-z]{4})(?:-|$)", re.I)
_LAST_TIE = re.compile(r"([^\s<>]+)&nbsp;([^\s<>]+)(\s*)\Z")
_LONGEST_TIED = 15  # characters, at which a title's size still fits a telephone
_WITH_LANG = re.compile(r"""<([a-z][a-z0-9]*)\b(?:[^>"]|"[^"]*")*?\slang="([^"]*)"(?:[^>"]|"[^"]*")*>""")


@dataclass(frozen=True, slots=True)
class Typography:
    """How a site sets type: Pelican's `TYPOGRIFY_…` settings, and whether to set it at all."""

    on: bool = True
    dashes: str = "default"
    ignore_tags: tuple[str, ...] = ()
    omit_filters: tuple[str, ...] = ()

    def typeset(self, html: str, lang: str) -> str:
        """Return the HTML of a text in this language, typeset."""
        if not self.on or not is_latin(lang):
            return html
        kept, stash = _stash_other_scripts(html)
        typeset = "".join(self._apply(part) if wanted else part for part, wanted in self._sections(kept))
        return _unstash(typeset, stash)

    def typeset_text(self, text: str, lang: str) -> str:
        """Return plain text, such as a title, as typeset HTML.

        Its last two words are tied only where they are short: tied long ones would be broken amid a word.
        """
        return _LAST_TIE.sub(_untied, self.typeset(html_entities.escape(text, quote=False), lang))

    def _sections(self, html: str) -> list[tuple[str, bool]]:
        """Return the parts of the HTML, each with whether it is typeset."""
        if not self.ignore_tags and not _IGNORED.search(html):
            return [(html, True)]
        return list(process_ignores(html, list(self.ignore_tags)))

    def _apply(self, html: str) -> str:
        for name in _FILTERS:
            if name in self.omit_filters:
                continue
            if name == "smartypants":
                html = filters.smartypants(html, self._attributes())
            else:
                html = getattr(filters, name)(html)
        return html

    def _attributes(self) -> Any:
        # As Pelican has it: entities for quotes are quotes, too.
        return _DASHES.get(self.dashes, smartypants.Attr.set1) | smartypants.Attr.w


def _untied(match: re.Match[str]) -> str:
    tied = match[0] if len(html_entities.unescape(match[0]).strip()) <= _LONGEST_TIED else ""
    return tied or f"{match[1]} {match[2]}{match[3]}"


def is_latin(lang: str) -> bool:
    """Tell whether a language is written in Latin letters."""
    script = _SCRIPT.search(lang)
    if script:
        return script[1].lower() == "latn"
    return lang.lower().partition("-")[0] not in _OTHER_SCRIPTS


def _stash_other_scripts(html: str) -> tuple[str, Sequence[str]]:
    """Put a word of private characters in the place of each element in another script.

    A word, so that quotes and spaces around it are set as they would be around the element's own text.
    """
    html = html.replace("\ue000", "&#xE000;")  # a text's own is no word of ours
    if 'lang="' not in html:
        return html, ()
    stash: list[str] = []
    parts, at = [], 0
    for match in _WITH_LANG.finditer(html):
        if match.start() >= at and not is_latin(match[2]):
            end = _end_of_element(html, match[1], match.end())
            parts += [html[at : match.start()], f"\ue000{len(stash)}\ue001"]
            stash.append(html[match.start() : end])
            at = end
    return "".join((*parts, html[at:])), stash


def _unstash(html: str, stash: Sequence[str]) -> str:
    if not stash:
        return html

    def original(match: re.Match[str]) -> str:
        return stash[int(match[1])] if int(match[1]) < len(stash) else match[0]

    return re.sub("\ue000([0-9]{1,6})\ue001", original, html)


def _end_of_element(html: str, tag: str, start: int) -> int:
    depth = 1
    for match in re.compile(rf"""<(/?){tag}\b(?:[^>"]|"[^"]*")*>""").finditer(html, start):
        depth += -1 if match[1] else 1
        if depth == 0:
            return match.end()
    return len(html)
