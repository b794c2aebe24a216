"""The texts that were read in a build, as plugins are given them to resolve: a few at once."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from typing import Any

from plugins.shared.around import AROUND
from plugins.shared.contents import articles_of, pages_of


class Batch:
    """What plugins are to resolve: like a generator, to whoever asks it for its articles and pages."""

    def __init__(self, generators: list[Any]) -> None:
        self.settings, self.context = generators[0].settings, generators[0].context
        self.articles = [text for text in articles_of(generators) if is_new(text)]
        self.pages = [text for text in pages_of(generators) if is_new(text)]
        self.spoilt = [text for generator in generators for text in getattr(generator, "spoilt", ())]

    @property
    def texts(self) -> list[Any]:
        return [*self.articles, *self.pages]

    def parts(self, size: int) -> Iterator[Batch]:
        """Yield batches of so many articles, the last of them with the pages and all else."""
        starts = range(0, len(self.articles), size)
        for start in starts[:-1]:
            part = copy.copy(self)
            part.articles, part.pages, part.spoilt = self.articles[start : start + size], [], []
            yield part
        self.articles = self.articles[starts[-1] :] if starts else []
        yield self


def is_new(text: Any) -> bool:
    """Tell whether a text was read in this build, and not taken from the shelf."""
    return "digests" not in text.__dict__


def renew(text: Any, generator: Any) -> None:
    """Put what a text is when it is read in the place of what was on the shelf."""
    new = generator.readers.read_anew(text)
    new.translations = text.translations
    new.__dict__ |= {AROUND: text.__dict__[AROUND]} if AROUND in text.__dict__ else {}
    text.__dict__ = new.__dict__


def refresh(texts: Iterable[Any]) -> None:
    """Resolve the links by source in what texts say of themselves."""
    for text in texts:
        if hasattr(text, "metadata"):
            text.refresh_metadata_intersite_links()
