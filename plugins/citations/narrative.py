"""A key in the sentence: its author among the words, the rest of the citation behind."""

from __future__ import annotations

import re

from plugins.citations import notes
from plugins.citations.html import fill
from plugins.shared.html import Element


_POSSESSIVE = re.compile(r"[’']s(?!\w)")
_LINK = '<a href="#'
_OPENING = "([（［【〔"


def take_possessive(element: Element) -> str:
    """Take the ’s that follows an element out of the text, and return it: it belongs to the name."""
    match = _POSSESSIVE.match(element.tail or "")
    if not match:
        return ""
    element.tail = element.tail[match.end() :]
    return str(match[0])


def split(text: str) -> tuple[str, str]:
    """Return the author and the rest of a citation as a style without notes prints it; either may be empty."""
    link = text.find(_LINK)
    if link < 0:
        return text, ""
    if text[:link].endswith("<sup>"):
        return text[: link - len("<sup>")].rstrip(), text[link - len("<sup>") :]
    bracket = max(text.rfind(sign, 0, link) for sign in _OPENING)
    start = bracket if bracket >= 0 else link
    return text[:start].rstrip(), text[start:]


def spoken(author: str, name: str) -> str:
    """Return an author as a sentence has it: with the word for a sign that stands for it in brackets."""
    pattern = re.escape(author).replace(re.escape("&amp;"), r"[^\W\d_]+")
    return name if "&amp;" in author and re.fullmatch(pattern, name) else author


def without(name: str, rest: str) -> str:
    """Return the rest of a citation without a name that the sentence has: some styles print titles for authors."""
    return re.sub(rf"(?<!\w){re.escape(name)},?\s+", "", rest, count=1) if name else rest


def compose(author: str, rest: str, target: str, possessive: str) -> tuple[Element, Element | None]:
    """Return a citation with its author among the words, and the part of it that is none of them.

    Without such a part the author is what leads to the entry.
    """
    made = notes.element("span", class_="cited")
    if not rest:
        fill(made, f'<a href="{target}">{author}</a>{possessive}' if target else f"{author}{possessive}")
        return made, None
    fill(made, f"{author}{possessive}")
    apparatus = notes.element("span", None if rest.startswith("<sup>") else " ", data_apparatus="")
    fill(apparatus, rest)
    made.append(apparatus)
    return made, apparatus
