"""How essays are cited themselves: each one's item, its entry in the style of the page, and the files that hold it.

Most edits change nothing of it: what was made once is kept, and found without all that makes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from plugins.citations.coins import coins, zotero_type
from plugins.citations.concern import own_style
from plugins.citations.exports import OWN_ITEM, files_beside
from plugins.citations.own_item import Essay, essay_item
from plugins.citations.settings import CitationSettings
from plugins.citations.style_files import told
from plugins.shared.grounds import rest
from plugins.shared.store import Store


ROOM = "entries"  # of the store
#: An essay as whatever holds it, and as an item.
Pair = tuple[Any, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Kept:
    """The essays of a build as items, and of each the key of its entry and the entry itself, if it was made before."""

    pairs: Sequence[Pair]
    keys: Sequence[str]
    entries: Sequence[str | None]

    @property
    def missing(self) -> list[Pair]:
        """The essays whose entries are to be made."""
        return [pair for pair, entry in zip(self.pairs, self.entries, strict=True) if entry is None]


@dataclass(frozen=True, slots=True)
class SelfCitation:
    """What a build says of how to cite its essays. `root` is the folder of the site's own styles."""

    settings: CitationSettings
    store: Store
    root: Path

    def look(self, essays: Iterable[Any]) -> Kept:
        """Return what is kept of the entries of these essays."""
        # An abstract is of no entry, and most edits that touch an item touch no more of it than the first words.
        items = ((essay, item_of(essay, self.settings.essay_type)) for essay in essays)
        pairs = [(essay, {name: item[name] for name in item if name != "abstract"}) for essay, item in items]
        keys = [self._key(*pair) for pair in pairs]
        kept = (self.store.get(ROOM, key, key) for key in keys)
        return Kept(pairs, keys, [entry if isinstance(entry, str) else None for entry in kept])

    def describe(self, kept: Kept, made: Iterable[str | None]) -> None:
        """Give published essays what their pages say of it; `made` are the entries that were missing."""
        new = iter(made)
        for (essay, item), key, entry in zip(kept.pairs, kept.keys, kept.entries, strict=True):
            if entry is None and (entry := next(new)) is not None:
                self.store.put(ROOM, key, key, entry)
            essay.citation_entry = Markup(entry or "")  # noqa: S704 - cleaned where it is made
            essay.item_type = zotero_type(item["type"])
            essay.citation_coins = coins({**item, "abstract": getattr(essay, "plain_summary", "")}, with_abstract=True)
            essay.citation_files = files_beside(essay.save_as, OWN_ITEM)
            rest(essay, ("style", self._style(essay)))

    def _key(self, essay: Any, item: Mapping[str, Any]) -> str:
        style = self._style(essay)
        is_own = essay.lang == essay.settings["DEFAULT_LANG"]
        return self.store.key(item, style, told(style, self.root), essay.lang, self.settings.locale if is_own else "")

    def _style(self, essay: Any) -> str:
        return str(own_style(essay) or self.settings.style)


def item_of(essay: Any, kind: str) -> dict[str, Any]:
    """Return an essay as a CSL item; texts that were typeset are plain again."""
    settings: Mapping[str, Any] = essay.settings
    return essay_item(
        Essay(
            title=getattr(essay, "plain_title", None) or _plain(essay.title),
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
    """Return a text that was typeset as plain words, without spaces that hold lines together."""
    return " ".join(Markup(text).striptags().split())  # noqa: S704 - to be read as plain text
