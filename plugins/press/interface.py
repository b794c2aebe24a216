"""What every page is given of the words of the interface, in its language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plugins.shared.words import languages_of


class Interface:
    """The words of one build, made ready for each language once."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._languages, self._site = languages_of(settings), str(settings["DEFAULT_LANG"])
        self._names = self._languages.names
        self._given: dict[str, dict[str, Any]] = {}

    def of(self, subject: Any) -> dict[str, Any]:
        """Return the variables for the page of a text, or for one of the site itself.

        `words` are in the page's language, `site_words` in that of the site, for what is round every page;
        `language_names` is what each language calls itself.
        """
        page = str(getattr(subject, "lang", self._site))
        if page not in self._given:
            words, site = self._languages.of(page), self._languages.of(self._site)
            self._given[page] = {"words": words, "site_words": site, "language_names": self._names}
        return self._given[page]
