"""The bibliography: items by key, out of all its files. A broken entry never takes the others down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from plugins.citations import items as shape
from plugins.citations.bibtex import ReadBiblatex, read_bibtex
from plugins.citations.documents import read_json, read_yaml
from plugins.citations.model import Item
from plugins.shared.problems import Problem


@dataclass(slots=True)
class Library:
    items: dict[str, Item] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def with_own(self, references: Iterable[Any], path: str, line_of: Mapping[str, int]) -> Library:
        """Return this library with an essay's own items, which win over the site's."""
        own = Library()
        own.add(
            ((item, line_of.get(str(item.get("id")), 1) if isinstance(item, dict) else 1) for item in references), path
        )
        return Library({**self.items, **own.items}, own.problems)

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
            clean = shape.without_control(item)
        except RecursionError:
            self._report(path, line, "item-shape", f'the item "{item["id"]}" is nested too deep; flatten its fields')
            return
        if not clean.get("id"):
            self._report(path, line, "item-id", "the key of an item is made of control characters; write it in letters")
            return
        if clean != item:
            self._report(path, line, "item-field", f'item "{clean["id"]}" holds a control character; delete it')
        self._take(shape.normalised(clean), path, line)

    def _take(self, item: dict[str, Any], path: str, line: int) -> None:
        if item["id"] in self.items:
            self._report(
                path, line, "item-duplicate", f'"{item["id"]}" is in the bibliography twice; the first is used'
            )
            return
        self.items[item["id"]] = item
        for code, message in shape.faults(item):
            self._report(path, line, code, message)

    def _report(self, path: str, line: int, code: str, message: str) -> None:
        self.problems.append(Problem(path, line, code, message))


def load(files: Iterable[tuple[str, bytes]], read_biblatex: ReadBiblatex) -> Library:
    """Read bibliography files, given as path and contents; the path's ending tells the format."""
    library = Library()
    for path, data in files:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            library.problems.append(Problem(path, line, "bibliography-encoding", "not UTF-8; save the file as UTF-8"))
            continue
        library.add(_read(path, text, library.problems, read_biblatex), path)
    return library


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
