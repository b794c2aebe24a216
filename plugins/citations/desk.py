"""What the pages of one build share: the bibliography, the styles, the engine, and what it has said before."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from markupsafe import Markup

from plugins.citations import styles
from plugins.citations.adapting import Adapted
from plugins.citations.bibliography_files import bibliography_files, lines_of_own
from plugins.citations.clerk import Clerk, Done, Task
from plugins.citations.concern import own_style, summary_of
from plugins.citations.credits import credit
from plugins.citations.engine import Engine, EngineError
from plugins.citations.exports import Shelf
from plugins.citations.findings import findings, key_of
from plugins.citations.library import Library, load
from plugins.citations.locales import LOCALES, locale_for
from plugins.citations.model import Item, Style
from plugins.citations.orders import Order
from plugins.citations.outlook import Outlook
from plugins.citations.own_entries import Made, Wanted, made_of
from plugins.citations.self_citation import ROOM, Pair
from plugins.citations.settings import PREFIX, CitationSettings
from plugins.citations.style_files import told
from plugins.citations.summary import set_summary
from plugins.shared.contents import path_of
from plugins.shared.files import digest
from plugins.shared.grounds import rest
from plugins.shared.lines import lines_of
from plugins.shared.problems import Problem, Problems, problems_of
from plugins.shared.settings import load as load_settings
from plugins.shared.store import Store, store_of
from plugins.shared.suggest import did_you_mean
from plugins.shared.themes import end_of
from plugins.shared.values import digest_of
from plugins.shared.words import languages_of


_FORMATTED = 20_000  # formatted pages that are kept
_SOME = 32  # texts


@dataclass
class Desk:
    """Where the citations of a build are resolved."""

    settings: CitationSettings
    content: Path
    problems: Problems
    store: Store
    engine: Engine
    styles: dict[str, Style | None] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    shelf: Shelf = field(default_factory=Shelf)

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Desk:
        own, _ = load_settings(CitationSettings, PREFIX, settings)
        engine = Engine(timeout=own.timeout)
        return cls(own, Path(settings["PATH"]), problems_of(settings), store_of(settings), engine)

    @cached_property
    def library(self) -> Library:
        files = list(bibliography_files(self.settings, self.content, self.problems))
        key = self.store.key([(name, digest(data)) for name, data in files])
        if (kept := self.store.get("library", "", key)) and (known := self._known(kept)):
            return known
        try:
            library = load(files, self._read_biblatex)
        except EngineError as error:
            self.problems.add(Problem(files[0][0], 1, "citation-engine", str(error)))
            return Library()
        problems = [astuple(problem) for problem in library.problems]
        self.store.put("library", "", key, [library.items, problems, library.places])
        return library

    def _known(self, kept: Any) -> Library | None:
        try:
            items, problems, places = kept
            known = {key: (path, line) for key, (path, line) in places.items()}
            return Library(dict(items), [Problem(*values) for values in problems], known)
        except (TypeError, ValueError, AttributeError):
            self.store.is_damaged()
            return None

    def _read_biblatex(self, text: str) -> list[Item]:
        """Return the items of BibTeX; the engine is asked for a part of a bibliography once."""
        key = self.store.key(text)
        items: list[Item] | None = self.store.get("biblatex", key, key)
        if not isinstance(items, list):
            items = self.engine.read_biblatex(text)
            self.store.put("biblatex", key, key, items)
        return items

    @cached_property
    def credits(self) -> dict[str, str]:
        return {key: credit(item) for key, item in self.library.items.items()}

    def work(self, key: str) -> str:
        """Return the digest of a work of the site's bibliography, or an empty string."""
        if key not in self.digests:
            item = self.library.items.get(key)
            self.digests[key] = (digest_of(item) or "") if item is not None else ""
        return self.digests[key]

    def told_of(self, keys: Iterable[str]) -> list[tuple[str, str]]:
        """Return what tells works from what they were before."""
        return [(key, self.work(key)) for key in keys]

    def items(self, keys: Iterable[str]) -> dict[str, Item]:
        return {key: self.library.items[key] for key in keys if key in self.library.items}

    def report(self) -> None:
        """Say what is wrong with the bibliography and the site's style, whether or not anything is cited."""
        self.problems.extend(self.library.problems)
        self.check_style()

    def report_cited(self, texts: Iterable[Any]) -> None:
        """Say what those works lack that are cited anywhere."""
        cited = {key for text in texts for key in getattr(text, "cited", ())}
        self.problems.extend(self.library.incomplete(sorted(cited)))

    def close(self) -> None:
        self.engine.close()
        self.store.trim("citations", _FORMATTED)
        self.store.trim("biblatex", _FORMATTED)
        self.store.trim(ROOM, _FORMATTED)

    def check_style(self) -> None:
        """Report a style or locale of the site that is not there, whether or not anything is cited."""
        if self.settings.locale and self.settings.locale not in LOCALES:
            hint = did_you_mean(self.settings.locale, LOCALES) or '; name one of CSL, such as "en-GB"'
            message = f'CITATIONS_LOCALE: no locale "{self.settings.locale}"{hint}'
            self.problems.add(Problem("pelicanconf.py", 1, "citation-locale", message))
        try:
            self.styles[self.settings.style] = styles.find(self.settings.style, self.content.parent)
        except styles.StyleError as error:
            self.styles[self.settings.style] = None
            self.problems.add(Problem("pelicanconf.py", 1, "citation-style", str(error)))

    def order_entries(self, pairs: Sequence[Pair], take: Callable[[list[str | None]], None]) -> Order:
        """Return the order for the entries by which essays are cited themselves."""

        def told(made: Made) -> None:
            for place, message in made.faults:
                self.problems.add(Problem(path_of(pairs[place][0]), 1, "citation-engine", message))
            take(made.entries)

        return Order(partial(made_of, [self._wanted(*pair) for pair in pairs], self.engine), told)

    def _wanted(self, essay: Any, item: Item) -> Wanted | None:
        style = self.style_of(essay)
        return Wanted(item, style, self.locale_of(essay, style)) if style else None

    def orders(self, contents: Iterable[Any], numbered: Container[int]) -> Iterator[Order]:
        """Yield the orders to resolve texts; those whose `id` is in `numbered` get numbers of paragraphs."""
        waiting = [(content, self._library_of(content)) for content in contents]
        tasks = [self._task(*pair, numbers=id(pair[0]) in numbered) for pair in waiting]
        clerk = Clerk(self.settings, self.store, self.engine, Adapted(), Outlook(tasks))
        self.store.commit()  # or workers may wait for what was put to be let go of
        for count, (task, pair) in enumerate(zip(tasks, waiting, strict=True), start=1):
            yield Order(partial(clerk.do, task), partial(self._take, *pair, commits=count % _SOME == 0))

    def _task(self, content: Any, library: Library, *, numbers: bool) -> Task:
        style, name = self.style_of(content), self.style_name(content)
        return Task(
            html=content._content,  # noqa: SLF001 - Pelican has no other name for it
            summary=summary_of(content),
            end=end_of(content, content.settings),
            numbers=numbers,
            items=library.items,
            style=style,
            style_sign=told(name, self.content.parent),
            locale=self.locale_of(content, style) if style else "",
            words=languages_of(content.settings).of(content.lang),
            # Of what is not published nothing is kept.
            is_kept=content.metadata.get("status") == "published" or self.store.is_private,
        )

    def _take(self, content: Any, library: Library, done: Done, *, commits: bool) -> None:
        """Put into a text what came of its task; one in some `commits`, or what is put would shut workers out."""
        resolved = done.resolved
        if done.fault:
            self.problems.add(Problem(path_of(content), 1, "citation-engine", done.fault))
        for key, value in done.news:
            self.store.put("citations", key, key, value)
        if commits:
            self.store.commit()
        own = {item["id"] for item in getattr(content, "references_inline", ()) or () if isinstance(item, dict)}
        content.cited = [key for key in resolved.cited if key not in own]
        if own_works := [library.items[key] for key in resolved.cited if key in own and key in library.items]:
            content.own_works = own_works
        works = (library.items[key] for key in resolved.cited if key in library.items)
        originals = (item["original"] for item in works if isinstance(item.get("original"), str))
        loose = map(key_of, resolved.loose)  # handles, until there are works of their names
        named = (("work", key) for key in (*content.cited, *originals, *loose))
        rest(content, *named, ("style", self.style_name(content)), ("words", content.lang))
        self.problems.extend(library.incomplete(own & set(resolved.cited)))
        source = getattr(content, "source_text", "")
        self.problems.extend(findings(resolved, path=path_of(content), source=source, known=library.items))
        content._content = resolved.content  # noqa: SLF001 - as above
        content.body = Markup(content._update_content(resolved.body, content.get_siteurl()))  # noqa: S704, SLF001
        content.works_cited = tuple(work._replace(html=Markup(work.html)) for work in resolved.works)  # noqa: S704
        set_summary(content, resolved.summary, resolved.names)

    def _library_of(self, content: Any) -> Library:
        """Return the works that a text can cite, and tell it how to name those whose words they are."""
        own = getattr(content, "references_inline", None)
        content.credits = self.credits
        if not own:
            return self.library
        path, source = path_of(content), getattr(content, "source_text", "")
        library = self.library.with_own(own, path, lines_of_own(own, source))
        self.problems.extend(library.problems)
        content.credits = ChainMap({key: credit(item) for key, item in library.own.items()}, self.credits)
        return library

    def locale_of(self, content: Any, style: Style) -> str:
        """Return the site's locale for a page in the site's language; a page in another has that language's."""
        own = self.settings.locale if content.lang == content.settings["DEFAULT_LANG"] else ""
        return locale_for(content.lang, style, own)

    def style_name(self, content: Any) -> str:
        return str(own_style(content) or self.settings.style)

    def style_of(self, content: Any) -> Style | None:
        own, name = own_style(content), self.style_name(content)
        if name not in self.styles:
            try:
                self.styles[name] = styles.find(name, self.content.parent)
            except styles.StyleError as error:
                self.styles[name] = None
                where = (path_of(content), lines_of(name, content.source_text)[0]) if own else ("pelicanconf.py", 1)
                self.problems.add(Problem(*where, "citation-style", str(error)))
        return self.styles[name]
