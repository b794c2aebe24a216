"""Articles and pages whose HTML says that it is HTML, so that templates with autoescape show it in any theme."""

from __future__ import annotations

import re
from typing import Any

import pelican.generators
from markupsafe import Markup
from pelican import contents

from plugins.shared.links import contained, replace_links


class _Sound(contents.Content):  # type: ignore[misc]
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

    def _update_content(self, content: str, siteurl: str) -> str:
        """Resolve the links by source, as Pelican does, but in addresses alone and without a way out of them."""

        def resolved(match: re.Match[str]) -> str:
            before, quote = match["markup"], match["quote"]
            link = self._link_replacer(siteurl, match)
            return f"{before}{quote}{contained(link[len(before) + 1 : -1])}{quote}"

        return replace_links(content, self._get_intrasite_link_regex(), resolved)


class Article(_Sound, contents.Article):  # type: ignore[misc]
    pass


class Page(_Sound, contents.Page):  # type: ignore[misc]
    pass


def use() -> None:
    """Have Pelican's generators make these. They name the class themselves, and take its name for settings."""
    pelican.generators.Article = Article
    pelican.generators.Page = Page
