"""Pelican's side of the search."""

from __future__ import annotations

import json
import os
import posixpath
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.generators import Generator, PelicanTemplateNotFound

from plugins.discovery.search import index
from plugins.shared.files import digest
from plugins.shared.problems import Problem, problems_of
from plugins.shared.ready import Ready
from plugins.shared.sections import open_section


_SETTING = "SEARCH"
_PLACE = "search/"
_WHAT = "the search of the site"
_SCRIPT = Path("scripts", "search.js")  # below the theme: beside its other files a site without a search would have it


def register() -> None:
    signals.initialized.connect(check_setting)
    signals.get_generators.connect(generators)


def check_setting(pelican: Any) -> None:
    asked = pelican.settings.get(_SETTING, False)
    if not isinstance(asked, bool):
        message = f'{_SETTING} must be True or False, not {type(asked).__name__} ("{asked}")'
        problems_of(pelican.settings).add(Problem("pelicanconf.py", 1, "setting-type", message))


def generators(pelican: Any) -> type[Search] | None:
    return Search if pelican.settings.get(_SETTING) is True else None


class Search(Generator):  # type: ignore[misc]
    """Write the page that searches, its script, and, when all pages are printed, the index of the published ones."""

    def generate_context(self) -> None:
        """Open the section, if there is something to find and the theme can show it."""
        self._script = Path(self.settings["THEME"]) / _SCRIPT
        is_there = self._script.is_file() and any(self._published())
        self._template = self._found_template() if is_there else None
        if self._template:
            open_section(self.context, "search", _PLACE)

    def generate_output(self, writer: Any) -> None:
        if self._template:
            writer.write_file(f"{_PLACE}index.html", self._template, self.context)
            script = self._script.read_text(encoding="utf-8")
            writer.write_file(f"{_PLACE}search.js", Ready(f"{_PLACE}search.js", script), self.context)

    def conclude(self, proofs: Any) -> None:
        """Make the index, unless that of the same pages stands."""
        digests = {name: sha for name in sorted(self._published()) if (sha := proofs.digest_of(name))}
        if not self._template or not digests:
            return
        language = self.settings["DEFAULT_LANG"]
        key = digest(json.dumps(["search", language, digests]).encode())
        if proofs.stand(key, _WHAT):
            return
        pages = {name: proofs.path_of(name) for name in digests}
        try:
            files = index.index(pages, proofs.folder, language, _environment())
        except index.Unindexed as error:
            problems_of(self.settings).add(Problem("pelicanconf.py", 1, "search-failed", f"no search: {error}"))
            return
        for name, data in files.items():
            proofs.add(f"{_PLACE}pagefind/{name}", key, _WHAT, partial(bytes, data))

    def _published(self) -> Iterator[str]:
        """Yield the files of published essays and pages, translations among them."""
        for text in (*self.context["articles"], *self.context["pages"]):
            for each in (text, *text.translations):
                if each.status == "published" and each.save_as:
                    yield posixpath.normpath(each.save_as)

    def _found_template(self) -> Any:
        try:
            return self.get_template("search")
        except PelicanTemplateNotFound:
            return None


def _environment() -> Mapping[str, str]:
    """Return the environment without what would be settings of Pagefind's."""
    return {name: value for name, value in os.environ.items() if not name.upper().startswith("PAGEFIND")}
