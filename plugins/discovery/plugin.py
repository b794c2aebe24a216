"""Pelican's side of discovery."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from typing import Any
from urllib.parse import quote

from markupsafe import Markup
from pelican import signals
from pelican.generators import Generator

from plugins.discovery.addresses import encoded, is_whole
from plugins.discovery.feed import mended, sound
from plugins.discovery.maps import Place, robots, sitemap
from plugins.discovery.metadata import Meta, Subject, page_metadata
from plugins.shared.contents import articles_of, pages_of
from plugins.shared.problems import Problem, problems_of
from plugins.shared.ready import Ready
from plugins.shared.sections import places_of


_UNLISTED = ("404", "not_found")


def register() -> None:
    signals.initialized.connect(check_address)
    signals.all_generators_finalized.connect(describe)
    signals.feed_generated.connect(mend)
    signals.get_generators.connect(generators)


def check_address(pelican: Any) -> None:
    siteurl = pelican.settings["SITEURL"]
    if not is_whole(siteurl):
        message = f'SITEURL is "{siteurl}"; feeds and the sitemap need a whole address, such as "https://example.org"'
        problems_of(pelican.settings).add(Problem("pelicanconf.py", 1, "siteurl-relative", message))


def generators(_pelican: Any) -> type[Maps]:
    return Maps


def describe(found: Iterable[Any]) -> None:
    """Give every article and page its metadata."""
    found = list(found)
    for kind, contents in (("article", articles_of(found)), ("website", pages_of(found))):
        for content in contents:
            content.page_metadata = _metadata(content, kind)


def mend(context: Mapping[str, Any], feed: Any) -> None:
    """Mend a feed before it is written."""
    feed.feed = {name: sound(value) for name, value in feed.feed.items()}
    feed.feed["language"] = feed.feed["language"] or context["DEFAULT_LANG"]
    if not is_whole(context["SITEURL"]):
        return
    articles = {encoded(_address(context, article)): article for article in _published(context["articles"])}
    for item in feed.items:
        article = articles.get(item["link"].removesuffix("?ref=feed"))
        item.update(mended(item, _authors(article) if article else item["author_name"]))


class Maps(Generator):  # type: ignore[misc]
    """Write sitemap.xml and robots.txt."""

    def generate_output(self, writer: Any) -> None:
        siteurl = self.settings["SITEURL"]
        if not is_whole(siteurl):
            return
        self._write(writer, "sitemap.xml", sitemap(siteurl, _places(self.context, self.settings)))
        statics = {file.save_as for file in self.context.get("staticfiles", ())}
        if "robots.txt" not in statics:
            self._write(writer, "robots.txt", robots(siteurl))

    def _write(self, writer: Any, name: str, text: str) -> None:
        writer.write_file(name, Ready(name, text), self.context)


def _places(context: Mapping[str, Any], settings: Mapping[str, Any]) -> Iterator[Place]:
    articles = list(_published(context["articles"]))
    newest = _newest(articles)
    for content in (*articles, *_published(context["pages"])):
        yield Place(content.url, _modified(content))
    for name in ("tags", "authors", "categories"):
        for wrapper, filed in dict(context[name]).items():
            if wrapper.save_as:
                yield Place(wrapper.url, _newest(filed))
    for period in chain.from_iterable(context["period_archives"].values()):
        yield Place(period["url"], _newest(period["dates"]))
    for address, texts in places_of(context):
        yield Place(address, _newest(texts))
    for template in settings["DIRECT_TEMPLATES"]:
        name = template.upper()
        if template not in _UNLISTED and settings.get(f"{name}_SAVE_AS", f"{template}.html"):
            yield Place(settings.get(f"{name}_URL", f"{template}.html"), newest)


def _published(contents: Iterable[Any]) -> Iterator[Any]:
    """Yield contents and their translations; one without a place in the output is none."""
    for content in contents:
        yield from (one for one in (content, *content.translations) if one.save_as and one.status == "published")


def _newest(contents: Iterable[Any]) -> datetime | None:
    return max(filter(None, map(_modified, contents)), default=None)


def _modified(content: Any) -> datetime | None:
    found: datetime | None = getattr(content, "modified", None) or getattr(content, "date", None)
    return found


def _address(settings: Mapping[str, Any], content: Any) -> str:
    return f"{settings['SITEURL']}/{content.url}"


def _authors(content: Any) -> str:
    return ", ".join(_names(getattr(content, "authors", ())))


def _names(wrappers: Iterable[Any]) -> tuple[str, ...]:
    return tuple(str(wrapper) for wrapper in wrappers if str(wrapper))


def _metadata(content: Any, kind: str) -> tuple[Meta, ...]:
    settings = content.settings
    image: Mapping[str, str] = getattr(content, "image", None) or {}
    subject = Subject(
        kind=kind,
        address=_address(settings, content),
        title=getattr(content, "plain_title", None) or str(Markup(content.title).striptags()),  # noqa: S704 -- as plain text
        site=str(Markup(settings["SITENAME"]).striptags()),  # noqa: S704 -- as plain text
        language=content.lang,
        summary=getattr(content, "plain_summary", ""),
        authors=_names(getattr(content, "authors", ())),
        tags=_names(getattr(content, "tags", ())),
        date=getattr(content, "date", None),
        modified=getattr(content, "modified", None),
        image=f"{settings['SITEURL']}/{quote(getattr(content, 'image_file', image['src']))}"
        if image.get("src")
        else "",
        image_alt=image.get("alt", ""),
        item_type=getattr(content, "item_type", ""),
    )
    return page_metadata(subject)
