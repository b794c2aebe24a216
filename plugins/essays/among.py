"""Hold a sound source to the others of its kind, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from plugins.essays.claims import Claims
from plugins.essays.duplicates import Slugs
from plugins.essays.taxonomy import Spellings
from plugins.shared.files import is_inside
from plugins.shared.problems import Problem


_NOUNS = {"tags": "tag", "authors": "author", "category": "category", "series": "series"}
_PICTURES = frozenset(".apng .avif .bmp .gif .ico .jpeg .jpg .png .svg .webp".split())


class Among:
    """The addresses and names that sources have taken. `slug_of` returns that of a name under a key of front matter."""

    def __init__(self, content: Path, slug_of: Callable[[str, str], str]) -> None:
        self._content, self._slug_of = content, slug_of
        self._slugs = Slugs()
        self._spellings = Spellings()
        self._slugs_of_names: dict[tuple[str, str], str] = {}

    def faults(self, claims: Claims, path: str, source: str) -> Iterator[Problem]:
        """Take what a source claims, and yield what is wrong with it beside those that came before."""
        for key, names in claims.names.items():
            for name in names:
                if (key, name) not in self._slugs_of_names:  # one name is of many essays
                    self._slugs_of_names[key, name] = self._slug_of(key, name)
                for found in self._spellings.check(_NOUNS[key], name, self._slugs_of_names[key, name], path):
                    yield replace(found, line=_line_of(name, claims.lines[key], source))
        if claims.image and (fault := self._image_fault(claims.image)):
            yield Problem(path, claims.lines["image"], "image-missing", fault)
        if taken := self._slugs.claim(claims, path):
            yield taken

    def _image_fault(self, src: str) -> str | None:
        file = self._content / src
        if file.suffix.lower() not in _PICTURES:
            return f'"{src}" is no picture; name a file of {self._content.name}/, such as "images/map.png"'
        if file.is_file() and is_inside(file, self._content):
            return None
        return f'no image "{src}"; name a file of {self._content.name}/, such as "images/map.png"'


def _line_of(words: str, first: int, source: str) -> int:
    """Return the line, from `first` on, that holds the words, or else `first`."""
    for number, line in enumerate(source.split("\n")[first - 1 :], start=first):
        if words in line:
            return number
    return first
