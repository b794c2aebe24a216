"""How essays are cited themselves: each one's item, its entry in the style of the page, and the files that hold it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from plugins.citations.coins import coins, zotero_type
from plugins.citations.desk import Desk
from plugins.citations.exports import OWN_ITEM, files_beside
from plugins.citations.own_entries import Wanted
from plugins.citations.own_item import Essay, essay_item
from plugins.shared.grounds import rest


def describe(essays: Sequence[Any], desk: Desk) -> None:
    """Give published essays what a page says of how to cite it."""
    items = [item_of(essay, desk.settings.essay_type) for essay in essays]
    wanted = []
    for essay, item in zip(essays, items, strict=True):
        essay.item_type = zotero_type(item["type"])
        essay.citation_coins = coins(item, with_abstract=True)
        essay.citation_files = files_beside(essay.save_as, OWN_ITEM)
        rest(essay, ("style", desk.style_name(essay)))
        if style := desk.style_of(essay):
            wanted.append((essay, Wanted(item, style, desk.locale_of(essay, style), desk.style(style.name))))
    entries = desk.entries([one for _, one in wanted], [essay for essay, _ in wanted])
    for (essay, _), entry in zip(wanted, entries, strict=True):
        essay.citation_entry = entry


def item_of(essay: Any, kind: str) -> dict[str, Any]:
    """Return an essay as a CSL item; texts that were typeset are plain again."""
    settings: Mapping[str, Any] = essay.settings
    return essay_item(
        Essay(
            title=essay.plain_title,
            address=f"{settings['SITEURL']}/{essay.url}",
            site=_plain(settings["SITENAME"]),
            authors=tuple(str(author) for author in getattr(essay, "authors", ()) if str(author)),
            date=essay.date.date(),
            language=essay.lang,
            summary=getattr(essay, "plain_summary", ""),
            subtitle=_plain(getattr(essay, "subtitle", "")),
            kind=kind,
        )
    )


def _plain(text: str) -> str:
    return str(Markup(text).striptags())  # noqa: S704 - to be read as plain text
