"""Pelican's side of pull quotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from markupsafe import Markup
from pelican import signals
from pelican.generators import Generator, PelicanTemplateNotFound

from plugins.pullquotes.model import ATTRIBUTE, SIDES, Entry, Fault, Side, Volume
from plugins.pullquotes.settings import Settings
from plugins.shared.contents import contents_of, path_of
from plugins.shared.grounds import rest
from plugins.shared.lines import lines_of
from plugins.shared.problems import Problem, problems_of
from plugins.shared.ready import Ready
from plugins.shared.sections import add_place, open_section
from plugins.shared.settings import load
from plugins.shared.themes import end_of


SYNTAX = "plugins.pullquotes.syntax"
_BOOK = "quotes/"
_SHORT_TEXTS = ("title", "subtitle", "summary", "standfirst")


def register() -> None:
    signals.initialized.connect(add_syntax)
    signals.all_generators_finalized.connect(lift)
    signals.get_generators.connect(generators)


def generators(_pelican: Any) -> type[Book]:
    return Book


def add_syntax(pelican: Any) -> None:
    markdown = pelican.settings["MARKDOWN"]
    extensions = markdown.setdefault("extensions", [])
    if SYNTAX not in extensions:
        markdown["extensions"] = [*extensions, SYNTAX]
    side = _settings(pelican.settings).side
    if side not in SIDES:
        message = f'PULLQUOTES_SIDE is "{side}"; it can be "start" or "end"'
        problems_of(pelican.settings).add(Problem("pelicanconf.py", 1, "setting-value", message))


def lift(generators: Iterable[Any]) -> None:
    """Turn the markers of every article and page into pull quotes."""
    for content in contents_of(generators):
        _lift(content)


def _lift(content: Any) -> None:
    content.pull_quotes = ()
    address = content.get_siteurl()
    for remembered in (content.get_content, content.get_summary):  # someone may have asked for them before
        remembered.cache.pop((content, address), None)
    _clear_short_texts(content)
    text = content._content  # noqa: SLF001 -- Pelican has no other name for it
    if ATTRIBUTE not in text:
        return
    from plugins.pullquotes.place import place
    from plugins.pullquotes.quotes import collect
    from plugins.shared import html

    body = content.__dict__.get("body") or content._update_content(text, address)  # noqa: SLF001 -- as above
    for_all, for_theme = html.parse(text), html.parse(body)
    collected, faults = collect(for_theme, getattr(content, "credits", {}), end_of(content, content.settings))
    problems_of(content.settings).extend(_problems(content, faults))
    rest(
        content,
        ("theme", "body"),
        *(("work", quote.cite) for _, quote in collected if quote.cite and quote.cite not in _own(content)),
    )
    place(for_all, collected, asides=False)
    place(for_theme, collected, asides=True, side=_side(content.settings))
    content.pull_quotes = tuple(quote for _, quote in collected)
    content._content = html.serialise(for_all)  # noqa: SLF001 -- as above
    content.body = Markup(html.serialise(for_theme))  # noqa: S704 -- made of the reader's sanitised HTML


class Book(Generator):  # type: ignore[misc]
    """Write the commonplace book, of all that is quoted from published essays, and the same for programs."""

    def generate_context(self) -> None:
        """Open the section if there will be quotes: texts that were just read have their marks as yet."""
        published = [*_published(self.context["articles"])]
        self._articles = [article for article in published if _is_quoted(article)]
        self._template = self._found_template() if self._articles else None
        if self._template:
            open_section(self.context, "quotes", _BOOK)

    def generate_output(self, writer: Any) -> None:
        from plugins.pullquotes import book

        quoted = {article.url: article for article in _newest_first(self._articles) if article.pull_quotes}
        entries = tuple(map(_entry, quoted.values()))
        if self._articles:
            text = book.as_json(entries, self.settings["SITEURL"])
            writer.write_file("quotes.json", Ready("quotes.json", text), self.context)
        for address, year, shown, volumes in self._pages(entries) if self._template else ():
            values = {"entries": shown, "volumes": volumes, "year": year}
            writer.write_file(f"{address}index.html", self._template, self.context, **values)
            add_place(self.context, address, [quoted[entry.url] for entry in shown])

    def _pages(self, entries: tuple[Entry, ...]) -> Iterator[tuple[str, str, tuple[Entry, ...], tuple[Volume, ...]]]:
        """Yield the address of each page, its year if it is that of one, and what it shows."""
        from plugins.pullquotes import book

        most = max(1, _settings(self.settings).essays)
        volumes = book.volumes(entries, _BOOK) if len(entries) > most else ()
        yield _BOOK, "", entries[:most], volumes
        for volume in volumes:
            yield volume.url, volume.year, tuple(entry for entry in entries if entry.year == volume.year), volumes

    def _found_template(self) -> Any:
        try:
            return self.get_template("quotes")
        except PelicanTemplateNotFound:
            return None


def _published(articles: Iterable[Any]) -> Iterator[Any]:
    for article in articles:
        yield from (one for one in (article, *article.translations) if one.status == "published" and one.save_as)


def _newest_first(articles: Iterable[Any]) -> list[Any]:
    """Return articles with the newest first; those of one moment in the order of their addresses."""
    return sorted(sorted(articles, key=lambda article: article.url), key=lambda article: article.date, reverse=True)


def _is_quoted(article: Any) -> bool:
    return ATTRIBUTE in article.__dict__.get("_content", "") or bool(getattr(article, "pull_quotes", ()))


def _entry(article: Any) -> Entry:
    names = (str(author) for author in getattr(article, "authors", ()))
    return Entry(
        title=article.title,
        plain_title=getattr(article, "plain_title", "") or str(Markup(article.title).striptags()),  # noqa: S704 -- as plain text
        url=article.url,
        date=article.date.date(),
        lang=article.lang,
        authors=tuple(filter(None, names)),
        quotes=article.pull_quotes,
    )


def _own(content: Any) -> set[str]:
    """Return the keys of the works that a text brings along."""
    items = getattr(content, "references_inline", None) or ()
    return {str(item.get("id")) for item in items if isinstance(item, dict)}


def _clear_short_texts(content: Any) -> None:
    """Take marks out of texts that are shown away from the page."""
    for name in _SHORT_TEXTS:
        text = content.metadata.get(name)
        if isinstance(text, str) and ATTRIBUTE in text:
            from plugins.pullquotes.marks import without_marks

            content.metadata[name] = type(text)(without_marks(text))
            setattr(content, "_summary" if name == "summary" else name, content.metadata[name])


def _problems(content: Any, faults: Iterable[Fault]) -> Iterator[Problem]:
    path = path_of(content)
    source = getattr(content, "source_text", "")
    for fault in faults:
        for line in lines_of(fault.needle, source):
            yield Problem(path, line, fault.code, fault.message)


def _settings(settings: Any) -> Settings:
    loaded, problems = load(Settings, "PULLQUOTES", settings)
    problems_of(settings).extend(problems)
    return loaded


def _side(settings: Any) -> Side:
    side = _settings(settings).side
    return next((known for known in SIDES if known == side), "start")
