"""How essays are cited themselves: each one's item, its entry in the style of the page, and the files that hold it.

Most edits change nothing of it: what was made once is kept, and found without all that makes it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
#: Makes the entries of essays, as HTML; None where one cannot be made.
Make = Callable[[Sequence[Pair]], Sequence[str | None]]


@dataclass(frozen=True, slots=True)
class SelfCitation:
    """What a build says of how to cite its essays. `root` is the folder of the site's own styles."""

    settings: CitationSettings
    store: Store
    root: Path
    make: Make

    def describe(self, essays: Sequence[Any]) -> None:
        """Give published essays what their pages say of it."""
        pairs = [(essay, item_of(essay, self.settings.essay_type)) for essay in essays]
        for essay, item in pairs:
            essay.item_type = zotero_type(item["type"])
            essay.citation_coins = coins(item, with_abstract=True)
            essay.citation_files = files_beside(essay.save_as, OWN_ITEM)
            rest(essay, ("style", self._style(essay)))
        # An abstract is of no entry, and most edits that touch an item touch no more of it than the first words.
        printed = [(essay, {name: item[name] for name in item if name != "abstract"}) for essay, item in pairs]
        for (essay, _), entry in zip(pairs, self._entries(printed), strict=True):
            essay.citation_entry = Markup(entry)  # noqa: S704 - cleaned where it is made

    def _entries(self, pairs: Sequence[Pair]) -> list[str]:
        keys = [self._key(*pair) for pair in pairs]
        found = [self.store.get(ROOM, key, key) for key in keys]
        missing = [place for place, entry in enumerate(found) if not isinstance(entry, str)]
        made = self.make([pairs[place] for place in missing]) if missing else ()
        for place, entry in zip(missing, made, strict=True):
            found[place] = entry or ""
            if entry is not None:
                self.store.put(ROOM, keys[place], keys[place], entry)
        return found

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
