"""Pandoc begins every note with a capital, also where a style asks for "ibid" in lower case."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree

from plugins.citations.model import Result


_IBID = re.compile(r"<text\b[^>]*\bterm=[\"']ibid[\"'][^>]*>")


def is_low(source: bytes) -> bool:
    """Tell whether a style prints the term for ibid, and always asks for lower case."""
    if not _IBID.search(source.decode("utf-8", "replace")):
        return False
    root = etree.fromstring(source, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    cases = root.xpath("//*[@term='ibid']/@text-case")
    return len(cases) == root.xpath("count(//*[@term='ibid'])") and set(cases) == {"lowercase"}


def lowered(result: Result, term: str) -> Result:
    """Return the result with notes that begin with the term in lower case."""
    term = term.rstrip(".").lower()  # its full stop may be stripped
    start = re.compile(rf"^((?:<[^<>]*>)*){re.escape(term[:1].upper() + term[1:])}(?![^\W\d_])")
    notes = (replace(one, note=start.sub(rf"\g<1>{term}", one.note)) for one in result.citations)
    return replace(result, citations=tuple(notes)) if term else result
