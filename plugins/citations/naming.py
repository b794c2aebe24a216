"""Works whose author is part of a sentence: what the text says, and what the note must not leave out."""

from __future__ import annotations

import re
from dataclasses import replace

from plugins.citations.model import Citation, CitationItem, Formatted, Job, PlacedCitation, Result, Style
from plugins.citations.terms import data_address


_TAGS = re.compile(r"<[^<>]*>|&\w+;")
_WORD = re.compile(r"[^\W\d_]{3}|[\u3400-\u9fff\uac00-\ud7af]")
# Surnames, or the title of a work that has no author. Only a few authors are named, as in running text.
_NAMES = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
<info><title>names</title><id>names</id><updated>2020-01-01T00:00:00Z</updated></info>
<macro name="title"><choose>
<if type="book report motion_picture broadcast thesis periodical legal_case collection song software" match="any">
<text variable="title" form="short" font-style="italic"/></if>
<else-if variable="container-title" type="article-newspaper article-magazine" match="all">
<text variable="container-title" font-style="italic"/></else-if>
<else-if type="bill legislation regulation treaty" match="any"><text variable="title" form="short"/></else-if>
<else><text variable="title" form="short" quotes="true"/></else>
</choose></macro>
<citation et-al-min="4" et-al-use-first="1"><layout>
<names variable="author"><name form="short" and="text"/><substitute>
<names variable="interviewer"/><names variable="director"/><names variable="composer"/><names variable="editor"/>
<names variable="translator"/><text macro="title"/></substitute></names>
</layout></citation></style>"""


def names_style(locale: str) -> Style:
    """Return a style that prints nothing but authors' names as a sentence has them."""
    address = data_address(_NAMES.encode())
    return Style("names", address, in_notes=True, default_locale=locale, locales="")  # so that nothing is linked


def names_job(job: Job) -> Job | None:
    """Return the job of naming the authors that are wanted, one citation each."""
    if not job.named:
        return None
    citations = tuple(PlacedCitation((CitationItem(key),), 0) for key in job.named)
    items = tuple(item for item in job.items if item["id"] in job.named)
    return Job(names_style(job.locale), job.locale, citations, items)


def for_notes(job: Job) -> Job:
    """Return the job with authors left out in running text of notes, where the sentence has them from `names`."""
    citations = tuple(
        replace(placed, items=tuple(_without_author(item) for item in placed.items)) if placed.inside else placed
        for placed in job.citations
    )
    return replace(job, citations=citations)


def _without_author(item: CitationItem) -> CitationItem:
    return replace(item, mode="suppress-author") if item.mode == "author-in-text" else item


def in_full(job: Job, result: Result) -> Job | None:
    """Return the job with authors where a note cannot do without them; None if it is well as it is.

    A note that leaves out the author may come down to "3." or "(n 2) 3", and a note is read by itself.
    """
    pairs = zip(job.citations, result.citations, strict=True)
    citations = tuple(_in_full(placed, formatted) for placed, formatted in pairs)
    return None if citations == job.citations else replace(job, citations=citations)


def _in_full(placed: PlacedCitation, formatted: Formatted) -> PlacedCitation:
    if placed.inside or all(item.mode == "normal" for item in placed.items):
        return placed
    bare = not _WORD.search(_TAGS.sub("", formatted.note))
    items: Citation = tuple(
        replace(item, mode="normal") if item.mode == "author-in-text" or bare else item for item in placed.items
    )
    return replace(placed, items=items)


def with_notes_of(result: Result, full: Result) -> Result:
    """Return the texts of one result with the notes of the other."""
    pairs = zip(result.citations, full.citations, strict=True)
    return replace(result, citations=tuple(Formatted(text.text, note.note) for text, note in pairs))
