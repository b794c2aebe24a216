"""Give every paragraph of a text an id that is made of its first words, and in `body` a link that names its number.

An id follows from the paragraph alone, so that it stays as it is whatever is written elsewhere in the text. Only if
two paragraphs begin alike the later one is told apart by a number.
"""

from __future__ import annotations

import hashlib
import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator

from plugins.citations.html import element
from plugins.shared.html import PARAGRAPH, Element, first_words


#: The class of the link to a paragraph.
LINK = "para"
_WORDS = 4
_LONGEST = 32  # signs of an id without its beginning
_EAST = "\u0590"  # where scripts begin that take more room, and some of which have no spaces: half as many of these
_LOOKED_AT = 160
_WORD = re.compile(r"[^\W_]+")
_OTHER_SCRIPT = re.compile("[^\0-\u02ff\u2000-\u206f]")
_APOSTROPHE = re.compile("['’ʼ]")  # "don't" is one word
_AROUND = frozenset({"blockquote", "div", "section", "article"})
_OF_NOTES = "footnote"  # the definitions of footnotes, before they are notes
_DIGITS = 6  # of the digest that names a paragraph without words


def give_ids(root: Element) -> None:
    """Give each paragraph an id; one that has an id of its author's keeps it."""
    taken = set(root.xpath(".//@id"))
    for found in _paragraphs(root):
        if not found.get("id"):
            name = _free(_name(first_words(found, _LOOKED_AT)), taken)
            found.set("id", name)
            taken.add(name)


def add_links(root: Element, named: Callable[[int], str]) -> None:
    """Add to each paragraph that has an id a link to it: its number in the text; `named` is what it is called."""
    for number, found in enumerate(list(_paragraphs(root)), start=1):
        if name := found.get("id"):
            _append(found, _link(name, number, named(number)))


def _paragraphs(root: Element) -> Iterator[Element]:
    """Yield the paragraphs that are the text's: not those of lists, tables, notes and figures, nor pictures alone."""
    for found in root:
        if found.tag == "p":
            if _has_words(found):
                yield found
        elif found.tag in _AROUND and _OF_NOTES not in found.get("class", "").split():
            yield from _paragraphs(found)


def _has_words(found: Element) -> bool:
    if (found.text or "").strip() or any((part.tail or "").strip() for part in found):
        return True
    return bool(first_words(found, 1))


def _name(text: str) -> str:
    """Return `p-` and the first words of a paragraph, or a digest of it if it has none."""
    start = _APOSTROPHE.sub("", text[:_LOOKED_AT])
    start = start.lower() if start.isascii() else unicodedata.normalize("NFKC", start).casefold()
    words = _words(start) if _OTHER_SCRIPT.search(start) else (word[0] for word in _WORD.finditer(start))
    name = "-".join(itertools.islice(words, _WORDS))
    longest = _LONGEST if max(name, default="") < _EAST else _LONGEST // 2
    if len(name) > longest:
        name = name[: longest + 1].rpartition("-")[0] or name[:longest]
    return f"{PARAGRAPH}{name or hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]}"


def _words(text: str) -> list[str]:
    """Return the words of a text in any script; a mark above or below a letter is of the word."""
    return "".join(sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in text).split()


def _free(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    names = (f"{name}-{number}" for number in itertools.count(2))
    return next(each for each in names if each not in taken)


def _link(name: str, number: int, label: str) -> Element:
    return element(
        "a",
        str(number),
        class_=LINK,
        href=f"#{name}",
        aria_label=label,
        data_apparatus="",
        data_pagefind_ignore="",
    )


def _append(found: Element, link: Element) -> None:
    """Append a link, a space before it: it is to be seen apart from the words where no style sets it aside."""
    if len(found):
        found[-1].tail = f"{(found[-1].tail or '').rstrip()} "
    else:
        found.text = f"{(found.text or '').rstrip()} "
    found.append(link)
