"""The bibliography: items by key, out of all its files. A broken entry never takes the others down."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from plugins.citations import items as shape
from plugins.citations.bibtex import ReadBiblatex, read_bibtex
from plugins.citations.documents import read_json
from plugins.citations.lacks import lacks
from plugins.citations.model import Item
from plugins.citations.variables import misspelt
from plugins.citations.yaml_documents import read_yaml
from plugins.shared.characters import all_printable
from plugins.shared.problems import Problem


@dataclass(slots=True)
class Library:
    """Items by key, what is wrong with them, and where each stands: file and line. `own` are those of a text alone."""

    items: MutableMapping[str, Item] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    places: MutableMapping[str, tuple[str, int]] = field(default_factory=dict)
    own: Mapping[str, Item] = field(default_factory=dict)

    def incomplete(self, cited: Iterable[str]) -> Iterator[Problem]:
        """Yield what works lack that every style prints. Of works that nobody cites, nobody need know."""
        for key in cited:
            if key in self.items:
                path, line = self.places.get(key, ("", 1))
                for message in lacks(self.items[key]):
                    yield Problem(path, line, "item-incomplete", message, "warning")

    def with_own(self, references: Iterable[Any], path: str, line_of: Mapping[str, int]) -> Library:
        """Return this library with an essay's own items, which win over the site's."""
        own = Library()
        own.add(
            ((item, line_of.get(str(item.get("id")), 1) if isinstance(item, dict) else 1) for item in references), path
        )
        items, places = ChainMap(own.items, self.items), ChainMap(own.places, self.places)
        return Library(items, own.problems, places, own=own.items)

    def add(self, found: Iterable[tuple[Any, int]], path: str) -> None:
        """Take items with their lines; the first of several with one key stays."""
        for item, line in found:
            if not isinstance(item, dict):
                message = f'an item must be a mapping with "id" and "type", not {shape.shown(item)}'
                self._report(path, line, "item-shape", message)
            elif not item.get("id"):
                title = shape.shown(item.get("title", ""))
                self._report(path, line, "item-id", f'the item {title} has no "id"; give it the key that essays cite')
            elif isinstance(item["id"], bool) or not isinstance(item["id"], str | int):
                self._report(path, line, "item-id", f"the id of an item must be a text, not {shape.shown(item['id'])}")
            else:
                self._take_clean(item, path, line)

    def _take_clean(self, item: dict[Any, Any], path: str, line: int) -> None:
        try:
            clean = all_printable(item)
        except RecursionError:
            self._report(path, line, "item-shape", f'the item "{item["id"]}" is nested too deep; flatten its fields')
            return
        if not str(clean["id"]).strip():
            self._report(path, line, "item-id", "the key of an item holds nothing that is seen; write it in letters")
            return
        if clean != item:
            self._report(path, line, "item-field", f'item "{clean["id"]}" holds a control character; delete it')
        self._take(shape.keyed(shape.normalised(clean)), path, line)

    def _take(self, item: dict[str, Any], path: str, line: int) -> None:
        if item["id"] in self.items:
            where = ":".join(map(str, self.places[item["id"]]))
            message = f'"{item["id"]}" stands in {where} already, which is used; keep one'
            self._report(path, line, "item-duplicate", message)
            return
        self.items[item["id"]] = item
        self.places[item["id"]] = path, line
        for code, message in shape.faults(item):
            self._report(path, line, code, message)
        for message in misspelt(item):
            self.problems.append(Problem(path, line, "item-field", message, "warning"))

    def _report(self, path: str, line: int, code: str, message: str) -> None:
        self.problems.append(Problem(path, line, code, message))


def load(files: Iterable[tuple[str, bytes]], read_biblatex: ReadBiblatex) -> Library:
    """Read bibliography files, given as path and contents; the path's ending tells the format."""
    library = Library()
    for path, data in files:
        text = _decoded(path, data, library.problems)
        library.add(_read(path, text, library.problems, read_biblatex), path)
    return library


def _decoded(path: str, data: bytes, problems: list[Problem]) -> str:
    """Return a file's text; a character that is not UTF-8 does not take the others with it."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        hint = "UTF-16" if wide else f"byte 0x{data[error.start]:02x} is not UTF-8"
        problems.append(Problem(path, line, "bibliography-encoding", f"{hint}; save the file as UTF-8"))
        return data.decode("utf-16", errors="replace") if wide else data.decode("utf-8-sig", errors="replace")


def _read(path: str, text: str, problems: list[Problem], read_biblatex: ReadBiblatex) -> Iterator[tuple[Any, int]]:
    def report(line: int, code: str, message: str) -> None:
        problems.append(Problem(path, line, code, message))

    if path.endswith(".json"):
        return read_json(text, report)
    if path.endswith((".yaml", ".yml")):
        return read_yaml(text, report)
    if path.endswith(".bib"):
        return read_bibtex(text, report, read_biblatex)
    report(1, "bibliography-format", f'"{path}" must end in .json, .yaml, .yml or .bib')
    return iter(())
