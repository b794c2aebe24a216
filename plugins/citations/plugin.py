"""The adapter: connect citations to Pelican's signals."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pelican import Pelican, signals
from pelican.generators import Generator

from plugins.citations.concern import concerns, own_style, summary_of
from plugins.citations.settings import PREFIX, CitationSettings
from plugins.shared import crew
from plugins.shared.contents import contents_of
from plugins.shared.grounds import grounds_of
from plugins.shared.problems import Problem, problems_of
from plugins.shared.settings import load as load_settings


_MOST = 10**9  # seconds or bytes
_SYNTAX = "plugins.citations.syntax"
_DESK = "_citations"  # where the settings of a build hold what its pages share


def register() -> None:
    # What bibtexparser would log, the library says with path and line.
    logger = logging.getLogger("bibtexparser")
    logger.propagate = False
    logger.addHandler(logging.NullHandler())
    signals.initialized.connect(add_syntax)
    signals.article_generator_init.connect(tell_works)
    signals.get_generators.connect(generators)
    signals.all_generators_finalized.connect(resolve_all)
    signals.finalized.connect(close)


def add_syntax(pelican: Pelican) -> None:
    """Check the settings and let Markdown know the syntax."""
    own, problems = load_settings(CitationSettings, PREFIX, pelican.settings)
    for name, value in (("CITATIONS_TIMEOUT", own.timeout), ("CITATIONS_MAX_BYTES", own.max_bytes)):
        if not 1 <= value <= _MOST:
            message = f'{name} is "{value}"; write a number from 1 to {_MOST:,}'
            problems_of(pelican.settings).add(Problem("pelicanconf.py", 1, "setting-value", message))
    problems_of(pelican.settings).extend(problems)
    extensions = pelican.settings["MARKDOWN"].setdefault("extension_configs", {})
    extensions.setdefault(_SYNTAX, {})


def generators(_pelican: Pelican) -> type[Bibliography]:
    return Bibliography


class Bibliography(Generator):  # type: ignore[misc]
    """Say what is wrong with the site's bibliography, whether or not anything is cited."""

    def generate_context(self) -> None:
        desk_of(self.settings).report()

    def generate_output(self, _writer: Any) -> None:
        """Say what the works lack that are cited: now all texts are known."""
        desk_of(self.settings).report_cited(filter(None, self.context["generated_content"].values()))


class Credits(Mapping[str, str]):
    """How to name whose words a quotation's are, by the key of the work; the bibliography is read when it is asked."""

    def __init__(self, settings: Any) -> None:
        self._settings = settings

    def __getitem__(self, key: str) -> str:
        return str(desk_of(self._settings).credits[key])

    def __iter__(self) -> Iterator[str]:
        return iter(desk_of(self._settings).credits)

    def __len__(self) -> int:
        return len(desk_of(self._settings).credits)


def desk_of(settings: Any) -> Any:
    """Return what the pages of a build share. It takes a while to import, and most edits do without."""
    from plugins.citations.desk import Desk

    if _DESK not in settings:
        settings[_DESK] = Desk.of(settings)
    return settings[_DESK]


def tell_works(generator: Any) -> None:
    """Let the press ask which works a text rests on, and whether they are still the same."""
    if crew.is_at_work():  # so many texts are read that the desk will be needed, and here is time to import it
        from plugins.citations import desk  # noqa: F401
    settings = generator.settings
    grounds_of(settings).provide("work", lambda key: str(desk_of(settings).work(key)))
    grounds_of(settings).provide("style", lambda name: str(desk_of(settings).style(name)))


def resolve_all(generators: Iterable[Any]) -> None:
    """Resolve the citations of every page of the build through one engine."""
    generators = list(generators)
    try:
        if cited := [content for content in contents_of(generators) if _is_concerned(content)]:
            desk_of(cited[0].settings).resolve(cited)
    finally:
        for generator in generators[:1]:
            close(generator)


def _is_concerned(content: Any) -> bool:
    """Tell whether a text has citations to resolve; it has the attributes in any case."""
    content.credits = Credits(content.settings)
    content.works_cited = ()
    text = content._content  # noqa: SLF001 - before Pelican's own links are resolved
    own = own_style(content) or getattr(content, "references_inline", None)
    return bool(own or concerns(text) or concerns(summary_of(content)))


def close(owner: Any) -> None:
    """End the engine of a build, unless there are more edits to come."""
    if _DESK in owner.settings and not owner.settings.get("_live"):
        owner.settings[_DESK].close()
