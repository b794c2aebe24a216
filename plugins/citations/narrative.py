"""A key in the sentence: its author among the words, the rest of the citation behind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from plugins.citations.html import element, fill
from plugins.citations.model import Name
from plugins.shared.html import Element


_POSSESSIVE = re.compile(r"[’']s(?!\w)")
_LINK = '<a href="#'
_OPENING = "([（［【〔"


@dataclass(slots=True)
class Names:
    """The names of authors as sentences have them, as HTML."""

    found: Mapping[str, Name] = field(default_factory=dict)
    in_full: bool = False  # where they are named first
    named: set[str] = field(default_factory=set)

    def next(self, key: str) -> str:
        """Return the name of a work's author for the next sentence that names it."""
        name = self.found.get(key)
        if name is None:
            return ""
        is_first = key not in self.named
        self.named.add(key)
        return name.full if self.in_full and is_first else name.short


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
    made = element("span", class_="cited")
    if not rest:
        fill(made, f'<a href="{target}">{author}</a>{possessive}' if target else f"{author}{possessive}")
        return made, None
    fill(made, f"{author}{possessive}")
    apparatus = element("span", None if rest.startswith("<sup>") else " ", data_apparatus="")
    fill(apparatus, rest)
    made.append(apparatus)
    return made, apparatus
