"""The key of a page: a digest of all that it is made from. While it stands, the page stands."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from pelican.contents import Content
from pelican.paginator import Page, Paginator
from pelican.urlwrappers import URLWrapper

from plugins.press.closures import Analyst, Closure
from plugins.press.frozen import Unfit, freeze
from plugins.shared.around import AROUND
from plugins.shared.files import digest
from plugins.shared.values import digest_of
from plugins.shared.words import Words


#: What a page may be given that is about its one text, and what is about others.
SUBJECTS = frozenset({"article", "page"})


#: What Pelican gives to every template that is about other texts than its own.
LISTS = frozenset(
    "articles drafts hidden_articles dates tags categories authors related_posts period_archives pages hidden_pages "
    "draft_pages staticfiles generated_content static_content static_links all_articles site_places".split()
)
_IN_FEEDS = re.compile(r"(?:.*_)?FEED(?:_.*)?|SITESUBTITLE")  # the others that feeds show are those of texts


class Unkeyed(Exception):  # noqa: N818 - no error: such a page is made anew each time
    """What a page is made from cannot be told."""


def subject_of(values: Mapping[str, Any]) -> Any:
    """Return the text that a page is about, of what its template is given, or None."""
    return values.get("page") or (values.get("article") if "articles" not in values else None)


class Keys:
    """Keys of one build. `ground` is what every page depends on: code, versions, the settings that texts need."""

    def __init__(self, ground: str, analyst: Analyst, closures: Mapping[str, Closure] | None = None) -> None:
        self._ground, self._analyst = ground, analyst
        self.closures = dict(closures or {})
        self._lists: dict[tuple[int, bool, frozenset[str]], tuple[Any, str]] = {}
        self._apart: frozenset[str] = frozenset()  # of the page whose key is worked out

    def closure(self, template: str) -> Closure:
        if template not in self.closures:
            self.closures[template] = self._analyst.closure_of(template)
        return self.closures[template]

    def of(self, template: str, save_as: str, context: Mapping[str, Any]) -> str:
        """Return the key of a page that a template makes; raise `Unkeyed` if there is none."""
        closure = self.closure(template)
        if closure.is_open:
            raise Unkeyed
        asked = sorted(name for name in closure.names if name in context and name != "output_file")
        self._apart = closure.apart
        parts = [f"{name}={self._value(name, context[name], is_wide=closure.is_wide)}" for name in asked]
        return digest("\n".join((self._ground, closure.digest, template, save_as, *parts)).encode(errors="replace"))

    def of_feed(self, shown: list[Any], context: Mapping[str, Any], told: Any) -> str:
        """Return the key of a feed: what it shows, how it is called, and what the settings say of feeds."""
        named = {name: value for name, value in context.items() if _IN_FEEDS.fullmatch(name)}
        texts = [_about(text, is_wide=True) for text in shown]  # but nothing of what is around them
        return digest("\n".join((self._ground, _plain(named), _plain(list(told)), *texts)).encode(errors="replace"))

    def of_made(self, name: str, made_of: Iterable[Any]) -> str:
        """Return the key of a file that a plugin makes of these values, and of what lists show of these texts."""
        parts = [_digest(part, is_wide=False) if isinstance(part, Content) else _plain(part) for part in made_of]
        return digest("\n".join((self._ground, name, *parts)).encode(errors="replace"))

    def _value(self, name: str, value: Any, *, is_wide: bool) -> str:
        if isinstance(value, Content):
            return self._text(value, is_wide=is_wide or name in SUBJECTS)
        if isinstance(value, list | tuple) and name.islower():
            return self._list(value, is_wide=is_wide)
        return self._other(value, is_wide=is_wide)

    def _text(self, content: Content, *, is_wide: bool) -> str:
        """Return the digest of a text with what its page shows of others, or of what lists show of it."""
        if is_wide:
            return f"{_about(content, is_wide=True)} {_told(content.__dict__.get(AROUND, {}))}"
        shown = (_told(getattr(content, name, None)) for name in sorted(self._apart))
        return " ".join((_about(content, is_wide=False), *shown))

    def _list(self, value: Any, *, is_wide: bool) -> str:
        """Return the digest of a list; that of a list of the build, which many pages are given, is worked out once."""
        place = (id(value), is_wide, self._apart)
        if place not in self._lists:
            texts = (self._value("", part, is_wide=is_wide) for part in value)
            self._lists[place] = value, digest("\n".join(texts).encode(errors="replace"))
        return self._lists[place][1]

    def _other(self, value: Any, *, is_wide: bool) -> str:
        if isinstance(value, URLWrapper):
            return f"{type(value).__name__} {value.name!r} {value.slug!r}"
        if isinstance(value, Words):
            return f"{value.digest} {value.page}"
        if isinstance(value, Page):
            own = f"{value.number} {value.base_name!r} {value.base_url!r}"
            paginator = self._other(value.paginator, is_wide=is_wide)
            return f"{own} {self._list(value.object_list, is_wide=is_wide)} {paginator}"
        if isinstance(value, Paginator):
            return f"{value.num_pages} {value.per_page} {self._list(value.object_list, is_wide=is_wide)}"
        if isinstance(value, list | tuple):
            return self._list(value, is_wide=is_wide)
        if dataclasses.is_dataclass(value):
            parts = (getattr(value, each.name) for each in dataclasses.fields(value))
            return f"{type(value).__name__} {' '.join(self._value('', part, is_wide=is_wide) for part in parts)}"
        if isinstance(value, dict):
            pairs = ((name, self._value("", part, is_wide=is_wide)) for name, part in value.items())
            return digest("\n".join(f"{name!r} {part}" for name, part in pairs).encode(errors="replace"))
        return _plain(value)


def _told(value: Any) -> str:
    try:
        return json.dumps(freeze(value))
    except Unfit as error:
        raise Unkeyed from error


def _plain(value: Any) -> str:
    found = digest_of(value)
    if found is None:
        raise Unkeyed
    return found


def _about(content: Content, *, is_wide: bool) -> str:
    """Return the digest of a text, or of what lists show of it, with what they show of its translations."""
    others = getattr(content, "translations", ())
    return " ".join((_digest(content, is_wide=is_wide), *(_digest(other, is_wide=False) for other in others)))


def _digest(content: Content, *, is_wide: bool) -> str:
    digests = content.__dict__.get("digests")
    if digests is None:
        raise Unkeyed
    return str(digests[is_wide])
