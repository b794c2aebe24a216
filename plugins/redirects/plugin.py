"""Pelican's side of redirects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pelican import signals
from pelican.contents import Page
from pelican.generators import Generator, PelicanTemplateNotFound

from plugins.redirects.addresses import file_of, page
from plugins.redirects.model import Target
from plugins.shared.ready import Ready


_LISTS = ("articles", "pages", "hidden_pages")  # a hidden page is published: only texts lead to it


def register() -> None:
    signals.get_generators.connect(generators)


def generators(_pelican: Any) -> type[Redirects]:
    return Redirects


class Redirects(Generator):  # type: ignore[misc]
    """Write a page at each alias of what is published."""

    def generate_output(self, writer: Any) -> None:
        texts = [text for text in self._texts() if getattr(text, "aliases", None)]
        template = self._template() if texts else None
        for text in texts:
            target = self._target(text)
            for alias in dict.fromkeys(map(file_of, text.aliases)):
                chosen = template or Ready(alias, page(target))
                writer.write_file(alias, chosen, self.context, asked_by=(text, "aliases"), target=target)

    def _texts(self) -> Iterator[Any]:
        for name in _LISTS:
            for text in self.context.get(name, ()):
                yield from (one for one in (text, *text.translations) if self._is_public(one))

    def _is_public(self, text: Any) -> bool:
        status = "hidden" if isinstance(text, Page) and text.status == "hidden" else "published"
        return bool(text.save_as) and text.status == status

    def _target(self, text: Any) -> Target:
        base = self.context.get("BASE", "/")
        return Target(f"{base}{text.url}", f"{self.settings['SITEURL']}/{text.url}", text.title, text.lang)

    def _template(self) -> Any:
        try:
            return self.get_template("redirect")
        except PelicanTemplateNotFound:
            return None
