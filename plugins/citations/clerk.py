"""Work out what a text's citations come to from the text alone: the part of resolving that all cores share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from plugins.citations.adapting import Adapted
from plugins.citations.engine import Engine, EngineError
from plugins.citations.model import Item, Job, Result, Style
from plugins.citations.outlook import Outlook
from plugins.citations.resolve import Resolved, resolve
from plugins.citations.settings import CitationSettings
from plugins.shared.store import Store
from plugins.shared.words import Words


@dataclass(frozen=True, slots=True)
class Task:
    """A text to be resolved.

    `style_sign` tells its style from an earlier one of the name, its ids end in `end` where several texts may stand on
    a page, its paragraphs have `numbers` if it is an essay; what comes of it `is_kept` if it may be.
    """

    html: str
    summary: str
    end: str
    numbers: bool
    items: Mapping[str, Item]
    style: Style | None
    style_sign: str
    locale: str
    words: Words
    is_kept: bool


@dataclass(frozen=True, slots=True)
class Done:
    """A text as resolved, what was wrong with the engine, and what is new and worth keeping: its key and value."""

    resolved: Resolved
    fault: str = ""
    news: tuple[tuple[str, Mapping[str, Any]], ...] = ()


@dataclass(frozen=True, slots=True)
class Clerk:
    """Who resolves texts, here or in a process of its own: nothing is changed but what it returns."""

    settings: CitationSettings
    store: Store
    engine: Engine
    adapted: Adapted
    outlook: Outlook

    def do(self, task: Task) -> Done:
        news: list[tuple[str, Mapping[str, Any]]] = []
        options: dict[str, Any] = {
            "items": task.items,
            "locale": task.locale,
            "format_job": lambda job: self._format(job, task, news),
            "settings": self.settings,
            "words": task.words,
            "summary": task.summary,
            "end": task.end,
            "numbers": task.numbers,
            "adapted": self.adapted,
        }
        try:
            return Done(resolve(task.html, style=task.style, **options), news=tuple(news))
        except EngineError as error:
            return Done(resolve(task.html, style=None, **options), fault=str(error))

    def _format(self, job: Job, task: Task, news: list[tuple[str, Mapping[str, Any]]]) -> Result:
        """Return a page's citations as they came out of the engine once."""
        key = self.store.key(job.told(), task.style_sign)
        if kept := self.store.get("citations", key, key):
            try:
                return Result.of(kept)
            except (TypeError, KeyError):
                self.store.is_damaged()
        if works := self.outlook.take(job.style.path, job.locale):
            self.engine.expect(job.style, job.locale, list(map(self.adapted, works)))
        result = self.engine.format(job)
        if task.is_kept:
            news.append((key, result.told()))
        return result
