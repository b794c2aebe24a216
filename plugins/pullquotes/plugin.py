"""Pelican's side of pull quotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from markupsafe import Markup
from pelican import signals

from plugins.pullquotes.model import ATTRIBUTE, SIDES, Fault, Side
from plugins.pullquotes.settings import Settings
from plugins.shared.contents import contents_of, path_of
from plugins.shared.grounds import rest
from plugins.shared.lines import lines_of
from plugins.shared.problems import Problem, problems_of
from plugins.shared.settings import load
from plugins.shared.themes import end_of


SYNTAX = "plugins.pullquotes.syntax"
_SHORT_TEXTS = ("title", "subtitle", "summary", "standfirst")


def register() -> None:
    signals.initialized.connect(add_syntax)
    signals.all_generators_finalized.connect(lift)


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
