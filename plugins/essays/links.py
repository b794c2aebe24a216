"""Check that what Pelican's links by source, `{filename}` and `{static}`, name is there."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from html import unescape
from typing import Literal
from urllib.parse import quote, urlsplit

from plugins.shared.grounds import Ground
from plugins.shared.links import files_meant, replace_links
from plugins.shared.suggest import did_you_mean


State = Literal["published", "draft", "passed over"]
Severity = Literal["error", "warning"]

_FILES = frozenset({"filename", "static", "attach"})
_OF_ITSELF = {"", "top"}  # fragments that lead to the start of any page
_DIRECTIVE = ":~:"  # what follows is for the browser, such as words to mark
_OTHERS = frozenset({"author", "category", "index", "tag"})


@dataclass(frozen=True, slots=True)
class Sources:
    """What can be linked to, by path below `content/`: texts, and files to copy. `texts` lists the former.

    `is_to_come` tells of a file that a text which is not published would have copied. `end` returns what the ids of
    a text end in, to which its author's names of places lead.
    """

    state: Callable[[str], State | None]
    static: Collection[str]
    texts: Callable[[], Iterable[str]]
    is_to_come: Callable[[str], bool] = lambda _: False
    end: Callable[[str], str] = lambda _: ""


@dataclass(frozen=True, slots=True)
class Fault:
    needle: str
    code: str
    message: str
    severity: Severity = "error"


def check(html: str, folder: str, sources: Sources, pattern: re.Pattern[str]) -> tuple[str, list[Fault], list[Ground]]:
    """Return the HTML without links that lead nowhere, what is wrong with them, and what all of them lead to.

    `folder` is that of the source below `content/`; `pattern` finds Pelican's links, as Pelican makes it.
    """
    faults: list[Fault] = []
    grounds: list[Ground] = []
    return replace_links(html, pattern, _checker(folder, sources, faults, grounds)), faults, grounds


def _checker(
    folder: str, sources: Sources, faults: list[Fault], grounds: list[Ground]
) -> Callable[[re.Match[str]], str]:
    def checked(match: re.Match[str]) -> str:
        what, written = match["what"], unescape(match["value"])
        if what in _OTHERS:
            return match[0]
        if what not in _FILES:
            hint = did_you_mean(what, (*_FILES, *_OTHERS)) or "; write {filename} or {static}"
            faults.append(Fault(unescape(match["path"]), "link-unknown", f'no kind of link "{{{what}}}"{hint}'))
            return _dead(match)
        return _file_link(match, what, written)

    def _file_link(match: re.Match[str], what: str, written: str) -> str:
        target = _target(written, folder, sources, grounds)
        state = sources.state(target)
        if what == "filename" and state is None and target in sources.static:
            return match[0].replace("filename", "static", 1)
        if what != "filename" and target in sources.static:
            return match[0]
        if what == "filename" and state == "published":
            return _with_end(match, sources.end(target))
        if state is None and sources.is_to_come(target):
            return _dead(match)
        code, message = _wrong(what, written, target, sources)
        faults.append(Fault(unescape(match["path"]), code, message, "warning" if code == "link-draft" else "error"))
        return match[0] if what == "filename" and state == "draft" else _dead(match)

    return checked


def _with_end(match: re.Match[str], end: str) -> str:
    """Return a link to a place in a text with the end that the place's id has."""
    fragment = urlsplit(unescape(match["value"])).fragment
    if not end or fragment in _OF_ITSELF or _DIRECTIVE in fragment:
        return match[0]
    place = match.end("path") - match.start()
    return f"{match[0][:place]}{quote(end)}{match[0][place:]}"


def _target(written: str, folder: str, sources: Sources, grounds: list[Ground]) -> str:
    """Return the file that is meant, and note all that it might have been: any may come to be there."""
    for target, _ in files_meant(written, folder):
        is_text = sources.state(target) is not None
        grounds.append(("source" if is_text else "static", target))
        if is_text or target in sources.static:
            break
    return target


def _wrong(what: str, written: str, target: str, sources: Sources) -> tuple[str, str]:
    """Return the code and message for a link to a file that cannot be linked to."""
    state = sources.state(target)
    if what != "filename" and state:
        return "link-missing", f'"{written}" is a text, not a file to copy; write "{{filename}}{written}"'
    if state == "draft":
        return "link-draft", f'"{written}" is a draft; publish it, or take the link out'
    if state == "passed over":
        return "link-unpublished", f'"{written}" is not published; see its own problem or date'
    known = sources.texts() if what == "filename" else sources.static
    hint = did_you_mean(target, known, before="/") or "; name a file of content/, from its root with a leading slash"
    return "link-missing", f'no source "{written}"{hint}'


def _dead(match: re.Match[str]) -> str:
    """Return the tag up to the address, without the address: Pelican would look for it again."""
    return re.sub(r"[\w-]+\s*=\s*$", "", match["markup"])
