"""Every kind of page on paper: the real PDF, read again."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.kinds_site import Kinds


pytestmark = pytest.mark.browser

PAPER = {"A4": (596, 843), "Letter": (612, 792)}  # points, rounded up as the browser does
MARGIN = 28  # points, one centimetre: less than that many printers cannot print on
_SPACE = re.compile(r"[\s\u00ad\u200b-\u200f\u2010\u2011\ufffe\x02-]+")
_ADDRESS = re.compile(r"<https?://[^<>]*>")  # as the theme prints it
_LAM_ALEF = "\u0644\u0627"
_LEFTWARD = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
BROWSERS_MARGIN: Any = dict.fromkeys(("top", "right", "bottom", "left"), "10mm")  # where the page states none
NAVIGATION = "nav, .skip, .site-footer"
LINKS = '.prose a[href^="http"]'
#: The addresses of links whose words are others.
HIDDEN = """(links) => links.map((link) => [link.getAttribute("href"), link.textContent.trim()])
  .filter(([address, words]) => address !== words).map(([address]) => address)"""


@dataclass(frozen=True, slots=True)
class Printed:
    """What is in a PDF: its text and the addresses that stand behind links, both squeezed; how large its pages are.

    `outside` has the characters that are too near to an edge.
    """

    text: str
    addresses: str
    sizes: frozenset[tuple[int, int]]
    outside: tuple[str, ...]

    def has(self, words: str) -> bool:
        """Tell whether the words are there, if need be with the end of a page between them.

        A PDF has letters in the order in which they are drawn: where some run from right to left, each word is looked
        for by itself, in either direction.
        """
        bare = squeezed(words)
        cuts = range(4, len(bare) - 3)
        if bare in self.text or any(bare[:cut] in self.text and bare[cut:] in self.text for cut in cuts):
            return True
        if not _LEFTWARD.search(self.text):
            return False
        single = map(squeezed, re.findall(r"\d+|[^\W\d]+", words))
        return all(any(drawn in self.text for drawn in (word, word[::-1], turned(word))) for word in single)


def turned(word: str) -> str:
    """Return a word from right to left, but for lam and alef, which are drawn as one and read as they are written."""
    return word.replace(_LAM_ALEF, "#")[::-1].replace("#", _LAM_ALEF)


def squeezed(text: str) -> str:
    """Return a text as it is compared: without what lines, hyphenation and ligatures make of it."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).casefold()


def printed(page: Page, paper: str) -> Printed:
    document = pypdfium2.PdfDocument(page.pdf(format=paper, margin=BROWSERS_MARGIN))
    texts, sizes, outside = [], set(), []
    for sheet in document:
        width, height = sheet.get_size()
        sizes.add((round(width), round(height)))
        letters = sheet.get_textpage()
        texts.append(letters.get_text_range())
        boxes = [letters.get_charbox(index) for index in range(letters.count_chars())]
        outside += [
            f"{texts[-1][index : index + 20]!r} at {left:.0f}–{right:.0f}"
            for index, (left, _, right, _) in enumerate(boxes)
            if right > left and (left < MARGIN or right > width - MARGIN)
        ]
    document.close()
    text = squeezed("".join(texts))
    return Printed(_ADDRESS.sub("", text), "".join(_ADDRESS.findall(text)), frozenset(sizes), tuple(outside[:5]))


def test_paper(chromium: Browser, kinds: Kinds) -> None:
    """On A4 and on Letter all text is there, notes too, within the margins; navigation is not.

    The address of each link to another host stands behind its words, unless it is what they are.
    """
    for name, page in kinds.visits(chromium):
        texts = page.evaluate("measures.spoken('main', 'nav')")
        addresses = page.locator(LINKS).evaluate_all(HIDDEN)
        for paper, size in PAPER.items():
            found = printed(page, paper)

            assert found.sizes <= {size}, (name, paper)
            assert found.outside == (), (name, paper)
            assert [text for text in texts if not found.has(text)] == [], (name, paper)
            assert [one for one in addresses if squeezed(one) not in found.addresses] == [], (name, paper)
        page.emulate_media(media="print")
        assert not any(page.locator(NAVIGATION).evaluate_all("(all) => all.map((one) => one.checkVisibility())")), name
        page.emulate_media(media="null")


def test_pull_quotes_and_notes_on_paper(chromium: Browser, kinds: Kinds) -> None:
    """Words that are pulled are printed once; a note is printed once, with its number, behind the text."""
    for _, page in kinds.of("essays/dense/").visits(chromium):
        pulled = page.locator(".pulled").all_text_contents()
        notes = page.locator(".note").all_text_contents()
        found = printed(page, "A4")

        assert len(notes) > 10
        assert [words for words in (*pulled, *notes) if not found.has(words)] == []
        assert [words for words in pulled if found.text.count(squeezed(words)) > 1] == []
