"""From bytes to a finished page in one process: reading, citations, pull quotes, as a build does it."""

from __future__ import annotations

from pathlib import Path

from plugins.citations import styles
from plugins.citations.concern import concerns
from plugins.citations.credits import credit
from plugins.citations.engine import Engine
from plugins.citations.findings import findings
from plugins.citations.library import Library, load
from plugins.citations.locales import locale_for
from plugins.citations.resolve import resolve
from plugins.citations.settings import CitationSettings
from plugins.essays.read import Desk, read
from plugins.essays.settings import Settings
from plugins.essays.syntax import Converter
from plugins.essays.typography import Typography
from plugins.pullquotes.place import place
from plugins.pullquotes.quotes import collect
from plugins.shared.html import parse, serialise
from plugins.shared.lines import lines_of
from plugins.shared.problems import Problem


_SYNTAX = ("plugins.citations.syntax", "plugins.pullquotes.syntax")
_ITEMS = [
    {"id": "x", "type": "book", "title": "X", "author": [{"family": "Roe"}]},
    {"id": "y", "type": "book", "title": "Y"},
]


class Chain:
    """What the pages of one site share. Close it to end the engine."""

    def __init__(self) -> None:
        self._engine = Engine(timeout=10)
        self._desk = Desk(Settings(), Converter({"extensions": list(_SYNTAX)}), Typography())
        self._style = styles.find(CitationSettings().style, Path())
        self._library = Library().with_own(_ITEMS, "b.yaml", {})

    def page(self, data: bytes, library: Library | None = None) -> tuple[str, tuple[Problem, ...]]:
        """Return an essay's HTML as a theme gets it, and all that is wrong with it."""
        reading = read(data, "a.md", "essay", self._desk)
        library = (library or self._library).with_own(reading.metadata.get("references", ()), "a.md", {})
        problems, body = [*reading.problems, *library.problems], reading.html
        if concerns(body):
            lang = str(reading.metadata.get("lang", "en"))
            done = resolve(
                body,
                items=library.items,
                style=self._style,
                locale=locale_for(lang, self._style),
                format_job=self._engine.format,
                settings=CitationSettings(),
            )
            problems += findings(done, path="a.md", source=reading.source, known=library.items)
            body = done.body
        root = parse(body)
        collected, faults = collect(root, {key: credit(item) for key, item in library.items.items()})
        place(root, collected, asides=True)
        problems += [
            Problem("a.md", line, fault.code, fault.message)
            for fault in faults
            for line in lines_of(fault.needle, reading.source)
        ]
        return serialise(root), tuple(problems)

    def library(self, name: str, data: bytes) -> Library:
        """Return a bibliography whose items the engine was made to print."""
        library = load([(name, data)], self._engine.read_biblatex)
        cited = "; ".join(f"@{{{key}}}" for key in library.items if "}" not in key and key.isprintable())
        if cited:
            self.page(f"---\ntitle: A\ndate: 2024-01-01\n---\n[{cited}]\n".encode(), library)
        return library

    def close(self) -> None:
        self._engine.close()
