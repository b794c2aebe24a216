"""Set up Markdown. The other plugins' syntax takes part as extensions that the site's settings name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.toc import slugify_unicode
from markdown.treeprocessors import Treeprocessor

from plugins.essays.reserved import MARKERS, is_id
from plugins.essays.steps import syntax as steps


Found = tuple[str, str, str, str]  # needle, code, message, severity

_EXTRA, _TOC = "markdown.extensions.extra", "markdown.extensions.toc"
_LISTS = "markdown.extensions.sane_lists"


def _heading_id(text: str, separator: str) -> str:
    """Return the id of a heading; that of a note, or of a work cited, is not taken."""
    slug = slugify_unicode(text, separator)
    return f"section{separator}{slug}" if is_id(slug) else slug


_CONFIGS: dict[str, dict[str, Any]] = {
    _EXTRA: {"footnotes": {"USE_DEFINITION_ORDER": False, "BACKLINK_TEXT": "↑"}},
    _TOC: {"slugify": _heading_id},
}
# Front matter is read before Markdown; Pelican adds the two others to every site whether it wants them or not.
_META = frozenset({"meta", "markdown.extensions.meta"})
_PELICANS_OWN = {"markdown.extensions.codehilite": {"css_class": "highlight"}}
_ALIGN = re.compile(r"text-align:\s*(left|center|right);?")


class Converter:
    """Turn Markdown into HTML. One converter serves many texts, one after another."""

    def __init__(self, options: Mapping[str, Any] | None = None) -> None:
        """Take Pelican's setting `MARKDOWN`."""
        self._options = options or {}
        self._set_up()

    def _set_up(self) -> None:
        md: Any = steps.Markdown(**_arguments(self._options))
        self._md = md
        self._md.problems = []
        self._md.treeprocessors.register(_CellAlignment(self._md), "cell_alignment", -10)
        self._md.treeprocessors.register(
            _Notes(self._md, self._md.problems), "notes", 51
        )  # just before the footnotes are made
        self._made = _Made(self._md)
        # HTML of the author's own is in the tree before the footnotes (50) and the words (20) are looked at,
        # and attributes in braces come after them (8).
        self._md.treeprocessors.register(_Written(self._md, self._made), "markers_written", 60)
        self._md.treeprocessors.register(self._made, "markers_made", 14)

    @property
    def made(self) -> frozenset[str]:
        """What the syntax left in the text last converted: markers, and ids of footnotes, as `attribute=value`."""
        return frozenset(self._made.found - self._made.written)

    def convert(self, text: str) -> tuple[str, tuple[Found, ...]]:
        """Return HTML as Markdown leaves it, not yet safe, and what the extensions found wrong."""
        self._md.reset()
        self._md.problems.clear()
        self._made.found, self._made.written = set(), set()
        try:
            html: str = self._md.convert(text)
        except BaseException:
            self._set_up()  # where it was interrupted, it would go on in the next text: a reset does not reach that
            raise
        return html, tuple(self._md.problems)

    def convert_inline(self, text: str) -> tuple[str, tuple[Found, ...]]:
        """Convert one paragraph; return its HTML without the `p`, or all of it if it is more than one."""
        html, found = self.convert(text)
        inner = html.removeprefix("<p>").removesuffix("</p>")
        return (inner if "<p>" not in inner else html), found


class _Made(Treeprocessor):
    """Take down the markers in the tree, when the syntax of Markdown has been read and nothing else."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.found: set[str] = set()
        self.written: set[str] = set()

    def run(self, root: Element) -> None:
        self.found = set(_markers(root))


class _Written(Treeprocessor):
    """Take down the markers that stand in HTML of the author's own, which Markdown reads into the tree."""

    def __init__(self, md: Markdown, made: _Made) -> None:
        super().__init__(md)
        self._made = made

    def run(self, root: Element) -> None:
        self._made.written = set(_markers(root))


def _markers(root: Element) -> Iterator[str]:
    for element in root.iter():
        for name, value in element.items():
            if name in MARKERS or (name == "id" and value.startswith("fn")):
                yield f"{name}={value}"


class _Notes(Treeprocessor):
    """Report notes without words, and find those defined in others: Markdown's own extension fails at both."""

    def __init__(self, md: Markdown, problems: list[Found]) -> None:
        super().__init__(md)
        self._problems = problems

    def run(self, _root: Element) -> None:
        for extension in self.md.registeredExtensions:
            if isinstance(extension, FootnoteExtension):
                self._check(extension.footnotes)

    def _check(self, texts: dict[str, str]) -> None:
        seen: set[str] = set()
        while waiting := [name for name in texts if name not in seen]:
            for name in waiting:
                seen.add(name)
                if self._is_empty(texts[name]):
                    texts[name] = "…"
                    message = f'the note "{name}" has no words; write them after "[^{name}]:"'
                    self._problems.append((f"[^{name}]:", "note-unknown", message, "error"))

    def _is_empty(self, text: str) -> bool:
        if text.strip() and "]:" not in text:
            return False
        trial = Element("div")
        self.md.parser.parseChunk(trial, text)  # a definition in it is taken down by this
        return not len(trial)


class _CellAlignment(Treeprocessor):
    """Say a table cell's alignment by class: the site's pages allow no style attributes."""

    def run(self, root: Element) -> None:
        for cell in root.iter():
            if cell.tag in {"td", "th"} and (match := _ALIGN.fullmatch(cell.get("style", ""))):
                del cell.attrib["style"]
                cell.set("class", f"{cell.get('class', '')} align-{match[1]}".strip())


def _arguments(options: Mapping[str, Any]) -> dict[str, Any]:
    theirs = {
        name: config
        for name, config in options.get("extension_configs", {}).items()
        if _PELICANS_OWN.get(name) != config
    }
    configs = {name: {**_CONFIGS.get(name, {}), **theirs.get(name, {})} for name in (*_CONFIGS, *theirs)}
    named = [name for name in options.get("extensions", ()) if name in theirs or name not in _PELICANS_OWN]
    extensions = [name for name in dict.fromkeys((_EXTRA, _LISTS, _TOC, *theirs, *named)) if name not in _META]
    kept = {name: config for name, config in configs.items() if name not in _META}
    rest = {name: value for name, value in options.items() if name not in {"extensions", "extension_configs"}}
    return {**rest, "extensions": extensions, "extension_configs": kept, "output_format": "html"}
