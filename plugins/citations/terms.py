"""Write a locator so that pandoc knows its label.

Pandoc takes a locator out of a citation's suffix by the terms of the style's merged locale, and takes what
it does not know for plain words. So the label is written as the very term: which term that is, a small
style with the same overrides prints.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping

from plugins.citations import labels
from plugins.citations.model import CitationItem, Style


_LABELS = tuple(labels.WORDS)
_BETWEEN = "\u241e"


def probe_style(style: Style) -> str:
    """Return, as a data address, a style that prints each label's term in the style's merged locale."""
    printed = "".join(f'<text value="{_BETWEEN}"/><text term="{label}" form="long"/>' for label in _LABELS)
    source = (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">'
        "<info><title>terms</title><id>terms</id><updated>2020-01-01T00:00:00Z</updated></info>"
        f"{style.locales}<citation><layout>{printed}</layout></citation></style>"
    )
    return "data:text/xml;base64," + base64.b64encode(source.encode()).decode("ascii")


def read_probe(text: str) -> dict[str, str]:
    """Return the term of each label that has one."""
    printed = text.split(_BETWEEN)[1:]
    return {label: term.strip() for label, term in zip(_LABELS, printed, strict=False) if term.strip()}


def written(item: CitationItem, terms: Mapping[str, str]) -> tuple[str | None, str]:
    """Return the locator as pandoc will know it, and the suffix. A label without a term goes into the suffix."""
    if item.locator is None or item.label is None:
        return None, item.suffix
    if not item.locator:
        return "", item.suffix
    if item.label in terms:
        return f"{terms[item.label]} {item.locator}", item.suffix
    return "", f", {labels.WORDS[item.label][0]} {item.locator}{item.suffix}"
