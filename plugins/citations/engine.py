"""What pandoc is asked to do: format a page's citations, read BibTeX, tell the terms of a locale."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from plugins.citations import ambiguity, ibid, naming, terms
from plugins.citations.alone import alone
from plugins.citations.bibtex import BiblatexError, LateBiblatexError
from plugins.citations.lean.fitter import Fitter
from plugins.citations.lending import is_known, lend
from plugins.citations.locators import locate
from plugins.citations.manuscripts import Manuscripts
from plugins.citations.model import CitationItem, Entry, Formatted, Item, Job, Located, PlacedCitation, Result, Style
from plugins.citations.plates.case import Case
from plugins.citations.plates.casting import Foundry
from plugins.citations.plates.qualities import qualities_of
from plugins.citations.terms import Terms
from plugins.citations.worker import EngineError, JobError, LateError, Worker


__all__ = ["Engine", "EngineError", "JobError"]

_MODES = {"normal": "NormalCitation", "suppress-author": "SuppressAuthor", "author-in-text": "AuthorInText"}


class Engine:
    """Format citations through one process, started with the first job and started once more if it dies.

    Unless it `fits`, pages are formatted in styles as they are, which takes several times as long.
    """

    def __init__(self, *, timeout: float = 60, fits: bool = True) -> None:
        self._worker = Worker(timeout)
        self._terms: dict[tuple[str, str], Terms] = {}
        self._plain: dict[str, Style | None] = {}
        self._low: dict[str, bool] = {}
        self._alone: dict[str, Style] = {}
        self._fitter = Fitter() if fits else None
        self._cases: dict[tuple[str, str], Case] = {}
        self._manuscripts = Manuscripts(self._worker.ask)

    def format(self, job: Job) -> Result:
        result = Result((), ())
        if job.citations:
            result = self._format_notes(naming.for_notes(job)) if job.style.in_notes else self._format(job)
        named = naming.names_job(job)
        return replace(result, names=naming.names_of(job, self._format(named))) if named else result

    def expect(self, style: Style, locale: str, works: Sequence[Item]) -> None:
        """Be told which works many pages will cite, so that what is printed of them once is kept for the others."""
        job, qualities = Job(style, locale, (), ()), qualities_of(terms.source_of(style.path))

        def ask(address: str, citations: Sequence[Mapping[str, Any]], items: Sequence[Item]) -> Result:
            return self._printed(address, citations, replace(job, items=tuple(items)), works)

        if qualities:
            plain = terms.data_address(qualities.plain)
            if self._fitter:
                plain = self._fitter.fit(plain, works, locale, has_locators=True)
            foundry = Foundry(ask, qualities, terms.source_of(plain), style.in_notes)
            self._cases[style.path, locale] = Case(foundry, works)

    def entries(self, style: Style, locale: str, items: Sequence[Item]) -> list[str]:
        """Return the entry of each work as though no other stood beside it; empty if the style prints none."""
        if style.path not in self._alone:
            source = alone(terms.source_of(style.path))
            self._alone[style.path] = replace(style, path=terms.data_address(source))
        named = tuple({**item, "id": f"work{number}"} for number, item in enumerate(items))
        cited = PlacedCitation(tuple(CitationItem(str(item["id"])) for item in named), 0)
        result = self._format(Job(self._alone[style.path], locale, (cited,), named))
        found = {entry.key: entry.html for entry in result.entries}
        return [found.get(str(item["id"]), "") for item in named]

    def _format_notes(self, job: Job) -> Result:
        """Format notes so that each can be read by itself, and says no more than it takes."""
        plain = self._plain_style(job.style, job.locale) if ambiguity.shared_leads(job) else None
        if plain and (case := self._cases.get((job.style.path, job.locale))):
            self._cases[plain.path, job.locale] = case  # whose plates tell nothing apart either
        result = self._told_apart(job, plain)
        if full := naming.in_full(job, result):
            result = self._told_apart(full, plain)
        if self._is_low(job.style):
            result = ibid.lowered(result, self._terms_of(job.style, job.locale).ibid)
        return result

    def _told_apart(self, job: Job, plain: Style | None) -> Result:
        if not plain:
            return self._format(job)
        result = self._format(replace(job, style=plain))
        keys = ambiguity.confusable(job)
        return ambiguity.told_apart(job, result, self._format(job), keys) if keys else result

    def _plain_style(self, style: Style, locale: str) -> Style | None:
        """Return a style that tells no works apart, if its short notes name titles, which do so well enough."""
        if style.path not in self._plain:
            changed = ambiguity.without_disambiguation(terms.source_of(style.path))
            plain = replace(style, path=terms.data_address(changed)) if changed else None
            is_enough = plain and ambiguity.names_titles(self._format(ambiguity.trial(plain, locale)))
            self._plain[style.path] = plain if is_enough else None
        return self._plain[style.path]

    def _is_low(self, style: Style) -> bool:
        if style.path not in self._low:
            self._low[style.path] = ibid.is_low(terms.source_of(style.path))
        return self._low[style.path]

    def _format(self, job: Job) -> Result:
        style, citations = self._located(job)
        case = self._cases.get((job.style.path, job.locale)) if style == job.style.path else None
        if case and (result := case.page(citations, job.items)):
            return result
        return self._printed(style, citations, job, job.items)

    def _printed(self, style: str, citations: Sequence[Mapping[str, Any]], job: Job, works: Sequence[Item]) -> Result:
        """Have citations of a job's items printed in a style that need not do for other than these works."""
        asked = {
            "task": "format",
            "locale": job.locale,
            "link": not job.style.in_notes,
            "citations": citations,
        }
        return _result(self._asked(asked, style, job, works), len(citations))

    def _asked(self, asked: Mapping[str, Any], style: str, job: Job, works: Sequence[Item]) -> Mapping[str, Any]:
        """Ask with the least style that does; should pandoc refuse it, with the style as it is."""
        lean = style
        if self._fitter:
            has_locators = any(
                "locator" in item or item["suffix"] for one in asked["citations"] for item in one["items"]
            )
            lean = self._fitter.fit(style, works, job.locale, has_locators=has_locators)
        try:
            return self._worker.ask(self._manuscripts.written({**asked, "style": lean}, job.items))
        except JobError:
            if lean == style:
                raise
            return self._worker.ask(self._manuscripts.written({**asked, "style": style}, job.items))

    def _located(self, job: Job) -> tuple[str, list[dict[str, Any]]]:
        """Return the address of the style, and the citations with their locators as that style knows them."""
        if not any(item.rest for citation in job.citations for item in citation.items):
            return job.style.path, [
                _citation(citation, [Located()] * len(citation.items), {}) for citation in job.citations
            ]
        known = self._terms_of(job.style, job.locale)
        located = [[locate(item.rest, known.labels) for item in citation.items] for citation in job.citations]
        style, names = self._style_for(job, known, {one.label for group in located for one in group if one.label})
        return style, [_citation(*pair, names) for pair in zip(job.citations, located, strict=True)]

    def read_biblatex(self, text: str) -> list[Item]:
        """Return the items of BibTeX or BibLaTeX text."""
        try:
            items: list[Item] = json.loads(self._worker.ask({"task": "biblatex", "text": text})["items"])
        except JobError as error:
            raise BiblatexError(str(error)) from None
        except LateError as error:
            raise LateBiblatexError(str(error)) from None
        return items

    def close(self) -> None:
        self._worker.close()

    def _terms_of(self, style: Style, locale: str) -> Terms:
        key = (style.locales, locale)
        if key not in self._terms:
            items = json.dumps([{"id": "x", "type": "book"}])
            probe = terms.probe_style(style)
            answer = self._worker.ask({"task": "terms", "style": probe, "locale": locale, "items": items})
            self._terms[key] = terms.read_probe(answer["text"], locale)
        return self._terms[key]

    def _style_for(self, job: Job, known: Terms, labels: Collection[str]) -> tuple[str, Mapping[str, str]]:
        """Return the address of a style for a page with these labels, and their names there."""
        if all(is_known(label, known) for label in labels):
            return job.style.path, {label: known.name(label) for label in labels}
        style, names = lend(terms.source_of(job.style.path), labels, known, job.locale)
        return terms.data_address(style), names


def _citation(citation: PlacedCitation, located: Iterable[Located], names: Mapping[str, str]) -> dict[str, Any]:
    items = []
    for item, place in zip(citation.items, located, strict=True):
        locator, suffix = terms.written(place, names)
        entry: dict[str, Any] = {"id": item.id, "mode": _MODES[item.mode], "prefix": item.prefix, "suffix": suffix}
        items.append(entry if locator is None else {**entry, "locator": locator})
    return {"items": items, "note": citation.note, "inside": citation.inside}


def _result(answer: Mapping[str, Any], count: int) -> Result:
    """Read an answer: text and note of each citation in turn, then the entries, with their keys apart."""
    texts = answer["texts"]
    citations = (Formatted(*texts[at : at + 2]) for at in range(0, 2 * count, 2))
    entries = (Entry(key, html) for key, html in zip(answer["keys"], texts[2 * count :], strict=True))
    return Result(tuple(citations), tuple(entries), tuple(answer["warnings"]))
