"""Works whose author is part of a sentence: what the text says, and what the note must not leave out."""

from __future__ import annotations

import re
from dataclasses import replace

from plugins.citations.model import CitationItem, Formatted, Job, Mode, Name, PlacedCitation, Result, Style
from plugins.citations.terms import data_address


_TAGS = re.compile(r"<[^<>]*>|&\w+;")
_WORD = re.compile(r"[^\W\d_]{3}|[\u3400-\u9fff\uac00-\ud7af]")
# A name as running text has it, in full at first, or the title of a work without author. Only a few authors are named.
_NAMES = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
<info><title>names</title><id>names</id><updated>2020-01-01T00:00:00Z</updated></info>
<macro name="title"><choose>
<if variable="container-title" type="broadcast" match="all"><text variable="title" quotes="true"/></if>
<else-if type="book report motion_picture broadcast thesis periodical legal_case collection song software" match="any">
<text variable="title" form="short" font-style="italic"/></else-if>
<else-if variable="container-title" type="article-newspaper article-magazine" match="all">
<text variable="container-title" font-style="italic"/></else-if>
<else-if type="bill legislation regulation treaty" match="any"><text variable="title" form="short"/></else-if>
<else><text variable="title" form="short" quotes="true"/></else>
</choose></macro>
<citation et-al-min="4" et-al-use-first="1" disambiguate-add-givenname="true"><layout><choose>
<if position="first"><names variable="author"><name and="text"/><substitute>SUBSTITUTE</substitute></names></if>
<else><names variable="author"><name form="short" and="text"/><substitute>SUBSTITUTE</substitute></names></else>
</choose></layout></citation></style>"""
_ROLES = ("interviewer", "composer", "editor", "translator")  # that stand in for an author
_SUBSTITUTE = "".join(f'<names variable="{role}"/>' for role in _ROLES)


def names_style(locale: str) -> Style:
    """Return a style that prints nothing but authors' names as a sentence has them."""
    source = _NAMES.replace("SUBSTITUTE", f'{_SUBSTITUTE}<text macro="title"/>')
    address = data_address(source.encode())
    return Style("names", address, in_notes=True, default_locale=locale, locales="")  # so that nothing is linked


def names_job(job: Job) -> Job | None:
    """Return the job of naming the authors that are wanted, each twice."""
    if not job.named:
        return None
    citations = tuple(PlacedCitation((CitationItem(key),), 0) for key in (*job.named, *job.named))
    items = tuple(item for item in job.items if item["id"] in job.named)
    return Job(names_style(job.locale), job.locale, citations, items)


def names_of(job: Job, result: Result) -> tuple[Name, ...]:
    """Return the names that a names job printed."""
    texts = [formatted.text for formatted in result.citations]
    return tuple(Name(key, *pair) for key, *pair in zip(job.named, texts, texts[len(job.named) :], strict=False))


def for_notes(job: Job) -> Job:
    """Return the job without authors in the text: the sentence has its names, and a note is read by itself.

    In running text of a note, the sentence has named the author.
    """
    return replace(job, citations=tuple(map(_for_notes, job.citations)))


def _for_notes(placed: PlacedCitation) -> PlacedCitation:
    mode: Mode = "suppress-author" if placed.inside else "normal"
    items = (replace(item, mode=mode) if item.mode == "author-in-text" else item for item in placed.items)
    return replace(placed, items=tuple(items))


def in_full(job: Job, result: Result) -> Job | None:
    """Return the job with authors where a note cannot do without them; None if it is well as it is.

    A note that leaves out the author may come down to "3." or "(n 2) 3".
    """
    pairs = zip(job.citations, result.citations, strict=True)
    citations = tuple(_in_full(placed, formatted) for placed, formatted in pairs)
    return None if citations == job.citations else replace(job, citations=citations)


def _in_full(placed: PlacedCitation, formatted: Formatted) -> PlacedCitation:
    if placed.inside or _WORD.search(_TAGS.sub("", formatted.note)):
        return placed
    return replace(placed, items=tuple(replace(item, mode="normal") for item in placed.items))
