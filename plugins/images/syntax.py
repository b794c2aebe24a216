"""An image that is alone in its paragraph becomes a figure, its title the caption."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension

from plugins.images.names import FIGURE


PRIORITY = 15  # above paragraphs (10), below everything that begins with a sign of its own
_WORD = r"""(?:[^\s()"'<>]|\([^()]*\))++"""
_ALONE = re.compile(
    rf"""!\[(?P<alt>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]
        (?: \(\s*+(?P<src><[^<>\n]*>|{_WORD}(?:\s++{_WORD})*)
            (?:\s++(?:"(?P<double>(?:(?!"\s*\)).)*)"|'(?P<single>(?:(?!'\s*\)).)*)'))?\s*\)
          | (?P<ref>\[[^\[\]]*\]) )
        (?:[ ]*\n[ ]*)?(?P<attributes>\{{:?[^\n]*\}})?\s*""",
    re.VERBOSE | re.DOTALL,
)
_CREDIT = re.compile(r"""(?<=[\s{:])credit=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s}"']+))\s?""")
_DECORATIVE = re.compile(r"(?<=[\s{:])\.decorative(?=[\s}])")


class ImageSyntax(Extension):
    """Add figures to Python-Markdown."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.parser.blockprocessors.register(FigureProcessor(md.parser), "figure", PRIORITY)


class FigureProcessor(BlockProcessor):
    """Take a block that is one image.

    The image itself, its caption and its credit are left for what reads words: all that may stand in a line may stand
    in a caption.
    """

    def test(self, parent: ET.Element, block: str) -> bool:
        return block.startswith("![") and not self.parser.state.isstate("list") and parent.tag not in {"dd", "td"}

    def run(self, parent: ET.Element, blocks: list[str]) -> bool:
        match = _ALONE.fullmatch(blocks[0])
        if match is None:
            return False
        attributes = match["attributes"] or ""
        credit = _CREDIT.search(attributes)
        caption = _first(match, "double", "single")
        words = _first(credit, "double", "single", "bare") if credit else ""
        if _DECORATIVE.search(attributes) and not (caption or words):
            return False  # it stays where it is, as it says nothing
        del blocks[0]
        figure = ET.SubElement(parent, "figure", {"class": FIGURE})
        rest = _CREDIT.sub("", attributes)
        figure.text = _image(match) + (rest if re.search(r"\w", rest) else "")
        if caption or words:
            _add_words(figure, caption, words)
        return True


def _first(match: re.Match[str], *names: str) -> str:
    return next((" ".join(match[name].split()) for name in names if match[name]), "")


def _image(match: re.Match[str]) -> str:
    return f"![{match['alt']}]" + (match["ref"] or f"({match['src']})")


def _add_words(figure: ET.Element, caption: str, credit: str) -> None:
    words = ET.SubElement(figure, "figcaption")
    words.text = f"{caption} " if caption and credit else caption
    if credit:
        ET.SubElement(words, "span", {"class": "credit"}).text = credit


def makeExtension(**configuration: Any) -> ImageSyntax:
    """Return the extension; Python-Markdown looks for this name."""
    return ImageSyntax(**configuration)
