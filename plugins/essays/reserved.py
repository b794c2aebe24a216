"""Names that only the build gives: an author's own HTML cannot pass for a note, a citation or what is said of one.

The syntax of Markdown leaves markers (docs/design/house.md). A marker is told from one that was written by hand by
its value: `made` holds the markers of a text as `attribute=value`, and the ids of its footnotes as `id=fn:…`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from html import unescape

from plugins.essays.removals import Refusal


MARKERS = frozenset({"data-citation", "data-pull"})
_APPARATUS = "data-apparatus"
_IDS = re.compile(
    r"(?:note-\d+|ref-\d+(?:-\d+)?|cite-\d+)(?:\..+)?|pull-\d+(?:-words)*(?:\..+)?|work-.+|works-cited|"
    r"cite-this|on-this-page|main|(?P<footnote>fn(?:ref\d*)?:.*)",
    re.S,
)
_CLASSES = re.compile(
    r"note|notes|note-\w+|pull-quote|pulled|cited|citation-unknown|bibliography|csl-[\w-]+|work-place|places|"
    r"state|state-[\w-]+|para|Z3988|(?P<marker>citation|pull)|(?P<footnote>footnote(?:-ref|-backref)?)"
)
_ROLES = re.compile(r"doc-(?:noteref|footnote|endnotes?|backlink|bibliography|biblio(?:ref|entry))")
# What sanitising writes: names in lower case, every value in straight quotes, no < or > in one.
_TAG = re.compile(r"""<([a-z][a-z0-9-]*)((?: [^\s"=<>]+="[^"]*")+)>""")
_ATTRIBUTE = re.compile(r' ([^\s"=<>]+)="([^"]*)"')
_SUSPECT = re.compile(
    r""" (?:id|name)="(?:note|ref|pull|cite|work|on-this|main|fn)| data-(?:citation|pull|apparatus)="|"""
    r""" role="[^"]*doc-| class="(?:[^"]*\s)?(?:note|pull|cit|bib|csl|work|place|state|foot|para|Z3988)"""
)


def is_id(name: str) -> bool:
    """Tell whether an id is one that only the build gives."""
    return _IDS.fullmatch(name) is not None


def release(html: str, made: Collection[str]) -> tuple[str, tuple[Refusal, ...]]:
    """Return sanitised HTML without the names that are not its author's to give, and what was taken away."""
    if not _SUSPECT.search(html):
        return html, ()
    desk = _Desk(made)
    return _TAG.sub(desk.tag, html), tuple(desk.found)


@dataclass(slots=True)
class _Desk:
    made: Collection[str]
    found: list[Refusal] = field(default_factory=list)

    def tag(self, match: re.Match[str]) -> str:
        pairs = _ATTRIBUTE.findall(match[2])
        markers = {name for name, value in pairs if name in MARKERS and f"{name}={value}" in self.made}
        kept = ((name, self._kept(name, value, markers)) for name, value in pairs)
        written = "".join(f' {name}="{value}"' for name, value in kept if value is not None)
        return f"<{match[1]}{written}>"

    def _kept(self, name: str, value: str, markers: set[str]) -> str | None:
        """Return what stays of an attribute's value, or None if nothing of the attribute does."""
        if name in MARKERS:
            return value if name in markers else self._refuse("marker", name)
        if name == _APPARATUS:
            return value if markers else self._refuse("marker", name)
        if name in {"id", "name"} and (match := _IDS.fullmatch(unescape(value))):
            is_made = match["footnote"] and f"id={unescape(value)}" in self.made
            return value if is_made else self._refuse("id", unescape(value))
        if name == "class":
            return self._classes(value, markers)
        if name == "role" and any(map(_ROLES.fullmatch, value.lower().split())):
            return self._refuse("role", value)
        return value

    def _classes(self, value: str, markers: set[str]) -> str | None:
        wrong = [name for name in unescape(value).split() if not self._may_be(name, markers)]
        if not wrong:
            return value
        for name in wrong:
            self._refuse("class", name)
        return " ".join(name for name in value.split() if unescape(name) not in wrong) or None

    def _may_be(self, name: str, markers: set[str]) -> bool:
        match = _CLASSES.fullmatch(name)
        if match is None:
            return True
        if match["marker"]:
            return f"data-{name}" in markers
        return bool(match["footnote"]) and any(each.startswith("id=fn") for each in self.made)

    def _refuse(self, noun: str, name: str) -> str | None:
        message = f'the {noun} "{name}" is one that the build gives; it was left out, choose another'
        signs = {"id": (f'id="{name}"', f"#{name}"), "class": (f'"{name}"', f".{name}")}.get(noun, ())
        self.found.append(Refusal("html-reserved", message, (*signs, name)))
        return None
