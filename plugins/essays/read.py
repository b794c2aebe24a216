"""Read an essay or page: bytes in, plain data and problems out. Nothing else is looked at."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from plugins.essays import attributes, front_matter, images, limits, metadata, repeats, sanitise, standfirst
from plugins.essays.decoding import CONTROL, decode
from plugins.essays.faults import Faults
from plugins.essays.model import Kind, Reading
from plugins.essays.settings import Settings
from plugins.essays.syntax import Converter, Found
from plugins.essays.typography import Typography
from plugins.shared.html import words_of
from plugins.shared.lines import lines_of


_REFERENCE = re.compile(r"&#(?:([0-9]{1,8})|[xX]([0-9a-fA-F]{1,8}))")
# A line of words that is the same as Markdown and as HTML: no sign of either in it, nor of anybody's extension.
_WORDS = re.compile(r"[A-Za-z](?:[A-Za-z0-9,.;?'\"’“”()%/$—–…-]| (?=[^ ]))*")
Convert = Callable[[str], tuple[str, tuple[Found, ...]]]


@dataclass(frozen=True, slots=True)
class Desk:
    """What every source of a site is read with."""

    settings: Settings
    converter: Converter
    typography: Typography
    lang: str = "en"


def read(data: bytes, path: str, kind: Kind, desk: Desk) -> Reading:
    """Read one source; `path` is what problems call it. The HTML is empty if the text cannot be read."""
    faults = Faults(path)
    source = decode(data, faults)
    if source is None:
        return Reading({}, "", "", tuple(faults.found))
    entries, body = front_matter.split(source, faults)
    found: dict[str, Any] = {}
    if not faults.found:
        stem = PurePosixPath(path).stem
        found = metadata.check(entries, kind=kind, stem=stem, extra_keys=desk.settings.extra_keys, faults=faults)
    html = ""
    repeats.check(source, faults)
    if limits.check(source, faults):
        html = _typeset_all(body, source, found, desk, faults)
    return Reading(found, html, source, tuple(faults.found))


def _typeset_all(body: str, source: str, found: dict[str, Any], desk: Desk, faults: Faults) -> str:
    """Return the HTML of the text, and add to the metadata what follows from it."""
    lang = found.get("lang", desk.lang)
    try:
        safe = _safe(body, desk.converter.convert, source, desk, faults)
        attributes.check(safe, source, faults)
        html = desk.typography.typeset(attributes.directed(safe, lang), lang)
        _add_heading(found, desk.typography, lang)
        _add_summary(html, found, desk, source, faults)
    except Exception as error:  # noqa: BLE001 - Markdown and its extensions may raise anything, and only this text is spoilt
        faults.add(1, "essay-unreadable", _describe(error))
        return ""
    found["reading_minutes"] = standfirst.minutes(html)
    return html


def _safe(text: str, convert: Convert, source: str, desk: Desk, faults: Faults) -> str:
    html, problems = convert(text)
    for needle, code, message, severity in problems:
        for line in lines_of(needle, source):
            faults.add(line, code, message, "warning" if severity == "warning" else "error")
    safe, refusals = sanitise.make_safe(html, desk.converter.made, trusted=desk.settings.trusted_html)
    for gone in refusals:
        for line in _lines_of_any(gone.needles, source):
            faults.add(line, gone.code, gone.message, gone.severity)
    for image in images.without_alt(html, source):
        for line in _lines_of_any(image.needles, source):
            faults.add(line, "image-alt", image.message, "warning")
    if control := CONTROL.search(safe):
        message = f"a character reference stands for U+{ord(control[0]):04X}; delete it"
        faults.add(_line_of_reference(control[0], source), "text-control", message)
        safe = CONTROL.sub("", safe)  # no tree could hold one, and the text is still searched for more faults
    return safe


def _line_of_reference(char: str, source: str) -> int:
    for found in _REFERENCE.finditer(source):
        if (int(found[2], 16) if found[2] else int(found[1])) == ord(char):
            return source.count("\n", 0, found.start()) + 1
    return 1


def _lines_of_any(needles: tuple[str, ...], source: str) -> tuple[int, ...]:
    """Return the lines of the first needle that is in the source; line 1 is where front matter begins."""
    found = (lines_of(needle, source) for needle in needles)
    return next((lines for lines in found if lines != (1,)), (1,))


def _add_heading(found: dict[str, Any], typography: Typography, lang: str) -> None:
    for key in ("title", "subtitle"):
        if key in found:
            found[f"{key}_html"] = typography.typeset_text(found[key], lang)


def _add_summary(html: str, found: dict[str, Any], desk: Desk, source: str, faults: Faults) -> None:
    lang = found.get("lang", desk.lang)
    if "summary" in found and _WORDS.fullmatch(found["summary"]):
        words = found["summary"].strip()  # as Markdown would have it, which has nothing to do here
        found["standfirst_html"] = found["summary_html"] = desk.typography.typeset(words, lang)
        found["plain_summary"] = words
    elif "summary" in found:
        safe = _safe(found["summary"], desk.converter.convert_inline, source, desk, faults)
        safe = attributes.directed(safe, lang)
        found["standfirst_html"] = found["summary_html"] = desk.typography.typeset(safe, lang)
        found["plain_summary"] = words_of(safe)
    else:
        found["plain_summary"] = standfirst.first_words(html)
        short = desk.typography.typeset_text(found["plain_summary"], lang)
        found["summary_html"] = standfirst.with_languages(short, html)


def _describe(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "the text is nested too deep; flatten its lists, quotations and brackets"
    if isinstance(error, limits.TooSlow):
        return str(error)
    return f"the text cannot be converted: {type(error).__name__}: {error}; a Markdown extension is at fault"
