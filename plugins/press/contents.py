"""Articles and pages of the press: their HTML says that it is HTML, and those of earlier builds wait to be asked.

With autoescape on, templates show them in any theme.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import unescape
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

import pelican.generators
import pelican.readers
from markupsafe import Markup
from pelican import contents
from pelican.utils import get_original_items, path_to_url
from pelican.utils import process_translations as of_any_kind

from plugins.shared.links import address_of, contained, files_meant, may_hold_links, replace_links


_fetched: list[Any] = []  # texts that hold more than their front
_HELD = 200  # of them at a time, while pages are printed
_COPIED = frozenset({"static", "attach"})
_KINDS = {
    "filename": ("generated_content", "static_content"),
    "static": ("static_content",),
    "attach": ("static_content",),
}


class _Sound(contents.Content):  # type: ignore[misc]
    def __getattr__(self, name: str) -> Any:
        """Fetch what an earlier build kept of a text, once something is asked for that its front does not have.

        The source, in which few look for the line of what is wrong, is read each time.
        """
        own = self.__dict__
        if name == "source_text" and "problem_path" in own:
            return Path(own["source_path"]).read_text("utf-8-sig", "replace")
        if name not in own.get("_rest", ()):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        own["_shelved"] = own.pop("_rest"), own.pop("_fetch")
        own.update(own["_shelved"][1]() | own)
        _fetched.append(self)
        return own[name]

    @property
    def content(self) -> Markup:
        return Markup(super().content)  # noqa: S704 - the build's own HTML

    @property
    def summary(self) -> Any:
        """Return Pelican's own cut of the content as HTML; a summary of the author's is whatever it was read as."""
        text = super().summary
        return text if "summary" in self.metadata else Markup(text)  # noqa: S704 - the build's own HTML

    @summary.setter
    def summary(self, _value: Any) -> None:
        """Do nothing, as Pelican does: the metadata hold the summary."""

    def get_url_setting(self, key: str) -> Any:
        """Return the address or the file of a text; what an earlier build kept has them worked out."""
        known = self.__dict__.get("_addresses")
        return known[key] if known else super().get_url_setting(key)

    def get_relative_source_path(self, source_path: str | None = None) -> Any:
        """Return the path of a source from the content folder; its own is worked out once."""
        known = self.__dict__.get("relative_source_path")
        return super().get_relative_source_path(source_path) if source_path or known is None else known

    def get_static_links(self) -> set[str]:
        """Return the files below the content folder that links by source may mean, of which some may not be there.

        It is asked of a text as it was read: whoever resolves it may put other files in their place.
        """
        known = self.__dict__.get("_static_links")
        if known is None:
            html, pattern = self.__dict__["_content"], self._get_intrasite_link_regex()
            matches = pattern.finditer(html) if may_hold_links(html, pattern) else ()
            written = [unescape(match["value"]) for match in matches if match["what"] in _COPIED]
            known = {name for link in written for name, _ in files_meant(link, self.relative_dir)}
            self.__dict__["_static_links"] = known
        return set(known)

    def _update_content(self, content: str, siteurl: str) -> str:
        """Resolve the links by source, as Pelican does, but in addresses alone and without a way out of them."""

        def resolved(match: re.Match[str]) -> str:
            before, quote = match["markup"], match["quote"]
            link = self._link_replacer(siteurl, match)
            return f"{before}{quote}{contained(link[len(before) + 1 : -1])}{quote}"

        return replace_links(content, self._get_intrasite_link_regex(), resolved)

    def _link_replacer(self, siteurl: str, match: re.Match[str]) -> str:
        """Resolve a link by source as Pelican does, but to a file of any name."""
        what, kinds = match["what"], _KINDS.get(match["what"], ())
        for name, rest in files_meant(unescape(match["value"]), self.relative_dir) if kinds else ():
            linked = next((self._context[kind][name] for kind in kinds if self._context[kind].get(name)), None)
            if linked is not None:
                if what == "attach":
                    linked.attach_to(self)
                place = published_address(str(linked.url), linked.save_as).lstrip("/")
                address = f"{siteurl.rstrip('/')}/{place}{rest}".replace("&", "&amp;")
                return f"{match['markup']}{match['quote']}{contained(address)}{match['quote']}"
        return super()._link_replacer(siteurl, match)  # type: ignore[no-any-return]

    @classmethod
    def revive(cls, front: Mapping[str, Any], rest: frozenset[str], fetch: Callable[[], dict[str, Any]]) -> _Sound:
        """Return a text of an earlier build: `front` at once, what `fetch` returns if one of `rest` is asked for."""
        text = cls.__new__(cls)  # its __init__ would take it for one that was just read
        text.__dict__ |= {**front, "translations": [], "_rest": rest, "_fetch": fetch}
        return text


def published_address(url: str, save_as: str) -> str:
    """Return the address of what a link leads to: where it is its file's name, what a name may hold is encoded."""
    return address_of(url) if url == path_to_url(save_as) else url.replace("\\", "/")


class Article(_Sound, contents.Article):  # type: ignore[misc]
    pass


class Page(_Sound, contents.Page):  # type: ignore[misc]
    pass


def release() -> None:
    """Have texts that were fetched hold no more than their front again: while pages are printed nothing is changed."""
    if len(_fetched) > _HELD:
        for text in _fetched:
            own = text.__dict__
            rest, fetch = own.pop("_shelved")
            for name in rest:
                own.pop(name, None)
            own |= {"_rest": rest, "_fetch": fetch}
        _fetched.clear()
        forget()


def forget() -> None:
    """Forget what Pelican remembers of the contents of texts, which is all of them."""
    contents.Content.get_content.cache.clear()
    contents.Content.get_summary.cache.clear()


def process_translations(texts: list[Any], translation_id: Any = None) -> tuple[list[Any], list[Any]]:
    """Find translations as Pelican does, in a time that grows with the number of texts and not with its square."""
    if not isinstance(translation_id, str) or not translation_id:
        return of_any_kind(texts, translation_id)  # type: ignore[no-any-return]
    texts.sort(key=attrgetter(translation_id))
    index: list[Any] = []
    for value, group in groupby(texts, attrgetter(translation_id)):
        items = list(group)
        is_alone = len(items) == 1 and getattr(items[0], "translation", None) is None
        index += items if is_alone else get_original_items(items, f'with {translation_id} "{value}"')
        for item in items:
            item.translations = [other for other in items if other is not item]
    originals = set(map(id, index))
    return index, [text for text in texts if id(text) not in originals]


def use() -> None:
    """Have Pelican's generators make these. They name the class themselves, and take its name for settings."""
    pelican.generators.Article = Article
    pelican.generators.Page = Page
    pelican.generators.process_translations = process_translations
    # It logs pictures without words, of which `essays` tells more, and looks through every text for them.
    pelican.readers.find_empty_alt = lambda _content, _path: None
