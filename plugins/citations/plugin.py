"""The adapter: connect citations to Pelican's signals."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup
from pelican import Pelican, signals
from pelican.contents import Page
from pelican.generators import Generator

from plugins.citations.concern import concerns, own_style, summary_of
from plugins.citations.kinds import TYPES
from plugins.citations.orders import Order, carry_out
from plugins.citations.settings import PREFIX, CitationSettings
from plugins.citations.style_files import told
from plugins.shared import crew
from plugins.shared.contents import articles_of, contents_of, pages_of
from plugins.shared.grounds import grounds_of, rest
from plugins.shared.problems import Problem, problems_of
from plugins.shared.settings import load as load_settings
from plugins.shared.store import store_of
from plugins.shared.suggest import did_you_mean
from plugins.shared.themes import ENDED, end_of, shows_body
from plugins.shared.words import languages_of


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
    if own.essay_type not in TYPES:
        hint = did_you_mean(own.essay_type, TYPES) or '; write one of CSL, such as "post-weblog"'
        message = f'CITATIONS_ESSAY_TYPE: no item type "{own.essay_type}"{hint}'
        problems_of(pelican.settings).add(Problem("pelicanconf.py", 1, "setting-value", message))
    for name, value in (("CITATIONS_TIMEOUT", own.timeout), ("CITATIONS_MAX_BYTES", own.max_bytes)):
        if not 1 <= value <= _MOST:
            message = f'{name} is "{value}"; write a number from 1 to {_MOST:,}'
            problems_of(pelican.settings).add(Problem("pelicanconf.py", 1, "setting-value", message))
    problems_of(pelican.settings).extend(problems)
    pelican.settings[ENDED] = True
    extensions = pelican.settings["MARKDOWN"].setdefault("extension_configs", {})
    extensions.setdefault(_SYNTAX, {})


def generators(_pelican: Pelican) -> type[Bibliography]:
    return Bibliography


class Bibliography(Generator):  # type: ignore[misc]
    """Say what is wrong with the site's bibliography, whether or not anything is cited."""

    def generate_context(self) -> None:
        desk_of(self.settings).report()

    def generate_output(self, writer: Any) -> None:
        """Write what published texts cite, and say what those works lack that are cited: now all texts are known."""
        from plugins.citations.export_files import of_essay, of_site, of_text

        desk, texts = desk_of(self.settings), [text for text in self.context["generated_content"].values() if text]
        desk.report_cited(texts)
        public = [text for text in texts if is_public(text) and writer.has_address(text)]
        for text in public:
            for file in (*of_text(text, desk), *(() if isinstance(text, Page) else of_essay(text, desk))):
                writer.write_file(file.name, file, self.context, article=text)
        for file in of_site(public, desk):
            writer.write_file(file.name, file, self.context)


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
    grounds_of(settings).provide("style", lambda name: told(name, Path(settings["PATH"]).parent))


def resolve_all(generators: Iterable[Any]) -> None:
    """Resolve the citations of every page of the build, and say how each essay is cited itself."""
    generators = list(generators)
    essays = list(articles_of(generators))
    numbered = set(map(id, essays))
    try:
        with _cited_themselves(list(filter(is_public, essays))) as entries:
            cited, others = list[Any](), list[Any]()
            for text in contents_of(generators):
                (cited if _is_concerned(text) else others).append(text)
            resolved = desk_of(cited[0].settings).orders(cited, numbered) if cited else ()
            carry_out([*entries, *resolved, *_numberings(others, numbered)])
        for text in filter(is_public, (*essays, *pages_of(generators))):
            _name_files(text)
    finally:
        for generator in generators[:1]:
            close(generator)


def is_public(text: Any) -> bool:
    """Tell whether readers may see a text, and what it cites: a hidden page is one that only texts lead to."""
    return bool(text.save_as) and (text.status == "published" or (text.status == "hidden" and isinstance(text, Page)))


def _is_concerned(content: Any) -> bool:
    """Tell whether a text has citations to resolve; it has the attributes in any case."""
    content.credits = Credits(content.settings)
    content.works_cited = ()
    rest(content, ("theme", "body"))
    text = content._content  # noqa: SLF001 - before Pelican's own links are resolved
    own = own_style(content) or getattr(content, "references_inline", None)
    return bool(own or concerns(text) or concerns(summary_of(content)))


def _numberings(texts: list[Any], essays: Container[int]) -> Iterator[Order]:
    """Yield the orders to number the paragraphs of texts that cite nothing; `essays` are the `id` of those."""
    if not texts:
        return
    from plugins.citations.uncited import numbered
    from plugins.citations.wording import Wording

    own, _ = load_settings(CitationSettings, PREFIX, texts[0].settings)
    for content in texts:
        shown, is_essay, text = shows_body(content.settings), id(content) in essays, content._content  # noqa: SLF001
        if text and (is_essay or not shown):
            named = Wording(own, languages_of(content.settings).of(content.lang)).paragraph if is_essay else None
            rest(content, ("words", content.lang))
            do = partial(numbered, text, end=end_of(content, content.settings), named=named)
            yield Order(do, partial(_take_numbers, content, is_shown=is_essay and shown))


def _take_numbers(content: Any, made: tuple[str, str], *, is_shown: bool) -> None:
    content._content, body = made  # noqa: SLF001 - as above
    if is_shown:
        content.body = Markup(content._update_content(body, content.get_siteurl()))  # noqa: S704, SLF001 - our own


@contextlib.contextmanager
def _cited_themselves(essays: list[Any]) -> Iterator[list[Order]]:
    """Yield the orders for the entries of essays that are not kept; in the end, say how each is cited itself."""
    if not essays:
        yield []
        return
    from plugins.citations.self_citation import SelfCitation

    settings = essays[0].settings
    own, _ = load_settings(CitationSettings, PREFIX, settings)
    of_site = SelfCitation(own, store_of(settings), Path(settings["PATH"]).parent)
    kept, made = of_site.look(essays), list[str | None]()
    yield [desk_of(settings).order_entries(kept.missing, made.extend)] if kept.missing else []
    of_site.describe(kept, made)


def _name_files(text: Any) -> None:
    """Tell a page where the works that it cites are to be had as files."""
    if text.__dict__.get("cited") or text.__dict__.get("own_works"):
        from plugins.citations.exports import REFERENCES, files_beside

        text.reference_files = files_beside(text.save_as, REFERENCES)


def close(owner: Any) -> None:
    """End the engine of a build, unless there are more edits to come."""
    if _DESK in owner.settings and not owner.settings.get("_live"):
        owner.settings[_DESK].close()
