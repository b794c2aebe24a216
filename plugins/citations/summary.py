"""A summary stands in lists and feeds, far from the notes: it names authors and cites nothing.

A citation in brackets is left out of it, a key in the sentence becomes the author's name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup, escape

from plugins.citations.html import close_up, parts
from plugins.citations.model import Citation, Name
from plugins.citations.narrative import Names
from plugins.citations.written import citation_of, is_bare
from plugins.shared.html import Element, parse, plain_text, replace, serialise


@dataclass(slots=True)
class Summary:
    """A summary in work: its tree, and the citations in it."""

    root: Element
    cited: list[tuple[Element, Citation]] = field(default_factory=list)

    @classmethod
    def read(cls, html: str) -> Summary:
        root = parse(html)
        found = ((element, citation_of(element)) for element in root.iter("span"))
        return cls(root, [(element, citation) for element, citation in found if citation])

    def named(self) -> list[str]:
        return [citation[0].id for element, citation in self.cited if is_bare(element)]

    def cited_keys(self) -> list[str]:
        """Return the keys that cannot be handles."""
        return [
            item.id for element, citation in self.cited for item in (citation[1:] if is_bare(element) else citation)
        ]

    def loose(self, known: Collection[str]) -> list[str]:
        """Return the keys of no item that may be handles, as they were written."""
        found = ((element, citation[0].id) for element, citation in self.cited if is_bare(element))
        return [str(element.text_content()) for element, key in found if key not in known]

    def settled(self, names: Names) -> str:
        """Return the HTML with authors' names in place of keys."""
        for element, citation in self.cited:
            if not is_bare(element):
                close_up(element)
                replace(element)
            elif name := names.next(citation[0].id):
                replace(element, *parts(name))
            else:
                element.drop_tag()
        return serialise(self.root)


def with_names(text: str, names: Iterable[Name]) -> str:
    """Return the first words of a text with authors' names in place of keys and of what stands in brackets behind."""
    for name in names:
        key, said = name.key, iter((name.full,))
        braced = re.escape(f"{{{key}}}")
        written = (
            rf"(?<![\w\\/@])-?@(?:{braced}|{re.escape(key)}(?!\w))(?:\{{[^{{}}]*\}})?(?: \[[^\[\]]*(?:\]|(?=…$)))?"
        )
        text = re.sub(written, lambda _: next(said, name.short), text)  # noqa: B023 -- called at once
    return text


def plain_names(names: Iterable[Name], *, in_full: bool) -> tuple[Name, ...]:
    """Return names as plain text; unless in full, the short one is for both."""
    plain = ((one.key, *(plain_text(parse(html)) for html in (one.full, one.short))) for one in names)
    return tuple(Name(key, full if in_full else short, short) for key, full, short in plain)


def set_summary(content: Any, summary: str, names: Iterable[Name]) -> None:
    """Give an article or page its resolved summary; without one of its own, its first words name the authors."""
    if summary:
        for name, attribute in (("summary", "_summary"), ("standfirst", "standfirst")):
            content.metadata[name] = Markup(summary)  # noqa: S704 -- made of the reader's sanitised HTML
            setattr(content, attribute, content.metadata[name])
        content.plain_summary = plain_text(parse(summary))
        return
    said = getattr(content, "plain_summary", "")  # which an essay that is only searched for faults has not
    if (first := with_names(said, names)) != said:
        content.plain_summary, content.metadata["summary"] = first, escape(first)
        content._summary = content.metadata["summary"]  # noqa: SLF001 -- Pelican has no other name for it
