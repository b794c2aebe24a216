"""Pelican's side of series."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from pelican import signals
from pelican.generators import Generator, PelicanTemplateNotFound
from pelican.urlwrappers import URLWrapper

from plugins.series import order
from plugins.series.model import Fault, Link, Member, Series
from plugins.shared.around import show
from plugins.shared.contents import path_of
from plugins.shared.lines import line_of_key
from plugins.shared.problems import Problem, problems_of
from plugins.shared.sections import add_place, open_section


_INDEX = "series/"


def register() -> None:
    signals.get_generators.connect(generators)


def generators(_pelican: Any) -> type[SeriesPages]:
    return SeriesPages


class SeriesPages(Generator):  # type: ignore[misc]
    """Tell every essay where it stands among others, and write the pages of series."""

    def generate_context(self) -> None:
        self._articles = {path_of(article): article for article in self.context["articles"]}
        members = [self._member(path, article) for path, article in self._articles.items()]
        found = order.by_series(members)
        self._series = [(order.summary(f"{_INDEX}{slug}/", found[slug]), found[slug]) for slug in sorted(found)]
        for series, essays in self._series:
            self._place(series, essays)
        self._tell_neighbours(order.by_date(members))
        if self._template("series"):
            self._announce()

    def generate_output(self, writer: Any) -> None:
        one, every = self._template("series"), self._template("series_list")
        if not one or not every or not self._series:
            return
        listed = tuple(series for series, _ in self._series)
        writer.write_file(f"{_INDEX}index.html", every, self.context, all_series=listed)
        for series, essays in self._series:
            parts = zip(order.numbers(essays), (self._articles[essay.path] for essay in essays), strict=True)
            writer.write_file(f"{series.url}index.html", one, self.context, series=series, parts=tuple(parts))

    def _template(self, name: str) -> Any:
        try:
            return self.get_template(name)
        except PelicanTemplateNotFound:
            return None

    def _member(self, path: str, article: Any) -> Member:
        link = Link(article.url, article.title, article.lang)
        name = getattr(article, "series", "")
        if not name or not isinstance(name, str):
            return Member(link, article.date, path)
        slug = URLWrapper(name, self.settings).slug
        return Member(link, article.date, path, slug, name, getattr(article, "series_part", 0))

    def _place(self, series: Series, essays: Sequence[Member]) -> None:
        for essay, place in zip(essays, order.places(series, essays), strict=True):
            show(self._articles[essay.path], "series", place)
        problems_of(self.settings).extend(self._problems(order.faults(essays)))

    def _problems(self, faults: Iterator[Fault]) -> Iterator[Problem]:
        for fault in faults:
            line = line_of_key(getattr(self._articles[fault.path], "source_text", ""), "series")
            yield Problem(fault.path, line, fault.code, fault.message, "warning")

    def _tell_neighbours(self, members: list[Member]) -> None:
        """Tell the essays of no series which were written before and after them."""
        for older, newer in pairwise(members):
            if not newer.series:
                show(self._articles[newer.path], "older", older.link)
            if not older.series:
                show(self._articles[older.path], "newer", newer.link)

    def _announce(self) -> None:
        if self._series:
            open_section(self.context, "series", _INDEX)
            add_place(self.context, _INDEX, self._articles.values())
        for series, essays in self._series:
            add_place(self.context, series.url, [self._articles[essay.path] for essay in essays])
