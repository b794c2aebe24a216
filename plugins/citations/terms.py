"""Write a locator so that pandoc knows its label.

Pandoc takes a locator out of a citation's suffix by the terms of the style's merged locale, and takes what
it does not know for plain words. So the label is written as the very term: which term that is, a small
style with the same overrides prints.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from plugins.citations.labels import WORDS, Labels, english
from plugins.citations.model import Located, Style


FORMS = ("long", "short", "symbol")
# Where two labels share a word, the one that is cited more often has it.
_LABELS = tuple(dict.fromkeys(("page", "chapter", "section", "paragraph", "line", "number", "volume", *WORDS)))
_DATA = "data:text/xml;base64,"
_BETWEEN = "\u241e"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a style calls the labels of locators in a locale."""

    forms: Mapping[str, tuple[tuple[str, str], ...]]  # of a label: singular and plural of each of FORMS
    labels: Labels
    ibid: str = ""

    def name(self, label: str) -> str:
        """Return the word by which pandoc knows a label, or nothing if there is none."""
        return self.forms[label][0][0] if label in self.forms else ""


def probe_style(style: Style) -> str:
    """Return, as a data address, a style that prints each label's terms in the style's merged locale."""
    printed = "".join(
        f'<text value="{_BETWEEN}"/><text term="{label}" form="{form}" plural="{plural}"/>'
        for label in _LABELS
        for form in FORMS
        for plural in ("false", "true")
    )
    printed += f'<text value="{_BETWEEN}"/><text term="ibid"/>'
    source = (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">'
        "<info><title>terms</title><id>terms</id><updated>2020-01-01T00:00:00Z</updated></info>"
        f"{style.locales}<citation><layout>{printed}</layout></citation></style>"
    )
    return data_address(source.encode())


def data_address(source: bytes) -> str:
    """Return an address that holds a style."""
    return _DATA + base64.b64encode(source).decode("ascii")


def source_of(address: str) -> bytes:
    """Return the style of an address, or of a file."""
    return base64.b64decode(address.removeprefix(_DATA)) if address.startswith(_DATA) else Path(address).read_bytes()


def read_probe(text: str, locale: str) -> Terms:
    """Return the terms of each label, printed in the order of the probe."""
    printed = iter(term.strip() for term in text.split(_BETWEEN)[1:])
    forms = {label: tuple((next(printed), next(printed)) for _ in FORMS) for label in _LABELS}
    return Terms(forms, english() if locale.startswith("en") else Labels.of(_words(forms)), next(printed, ""))


def _words(forms: Mapping[str, tuple[tuple[str, str], ...]]) -> Iterator[tuple[str, str]]:
    for label, pairs in forms.items():
        yield from ((word, label) for pair in pairs for word in pair if word)


def written(located: Located, names: Mapping[str, str]) -> tuple[str | None, str]:
    """Return the locator as pandoc will know it, and the suffix. A label without a name goes into the suffix."""
    if located.locator is None or located.label is None:
        return None, located.suffix
    if not located.locator:
        return "", located.suffix
    if name := names.get(located.label):
        return f"{name} {located.locator}", located.suffix
    return "", f", {WORDS[located.label][0]} {located.locator}{located.suffix}"
