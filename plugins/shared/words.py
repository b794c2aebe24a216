"""The words of the interface, in the language of a page: what templates and plugins say beside the author's words.

A theme holds a file of them for each language, which the press reads. A page in a language without a file has English
words, and `marked` then says in its HTML that they are English.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from markupsafe import Markup

from plugins.shared.plurals import category
from plugins.shared.scripts import attributes


#: The key of Pelican's settings under which the press keeps the words of all languages.
SETTING = "WORDS"
#: The language that every theme with words has.
FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Plural:
    """A sentence about a number, by the plural categories of CLDR; `{n}` in it is the number."""

    lang: str
    forms: Mapping[str, Markup]

    def of(self, number: int) -> Markup:
        """Return the sentence about so many, a whole number."""
        form = self.forms.get(category(self.lang, number))
        return (self.forms["other"] if form is None else form).format(n=number)


Word: TypeAlias = Markup | Plural | tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, `lang`, on pages in the language `page`; `digest` tells them from others.

    A word is asked for by its name, `words["notes"]` or, in a template, `words.notes`. A sentence with places is
    `words.by.format(authors=…)`, whose values are escaped; one about a number is `words.minutes.of(3)`. One that
    there is not is a `KeyError`.
    """

    lang: str
    page: str
    entries: Mapping[str, Word]
    digest: str = ""

    def __getitem__(self, name: str) -> Word:
        return self.entries[name]

    def text(self, name: str, default: str, **values: object) -> str:
        """Return a plain word or sentence; `default` stands for it in a theme that has none, with the same places."""
        found = self.entries.get(name)
        text = found.unescape() if isinstance(found, Markup) else default
        return text.format(**values) if values else text

    @property
    def marked(self) -> Markup:
        """The attributes that words in another language than the page's need, after a space, or nothing."""
        return Markup() if _is_of(self.lang, self.page) else Markup(" {}").format(attributes(self.lang))

    def day(self, date: dt.date) -> Markup:
        """Return a date in words, such as `14 March 2017`."""
        return self._date("date", year=date.year, month=date.month, day=date.day)

    def period(self, numbers: Sequence[int]) -> Markup:
        """Return a year, a month of a year, or a day, given as numbers in this order."""
        names = ("date_year", "date_month", "date")
        return self._date(names[len(numbers) - 1], **dict(zip(("year", "month", "day"), numbers, strict=False)))

    def _date(self, name: str, *, month: int = 1, **values: int) -> Markup:
        pattern, months = self.entries[name], self.entries["months"]
        assert isinstance(pattern, Markup)
        assert isinstance(months, tuple)
        return pattern.format(month=months[month - 1], **values)


#: The words of a theme that has none.
NO_WORDS = Words(FALLBACK, FALLBACK, {})


def _is_of(lang: str, page: str) -> bool:
    return f"{page.lower()}-".startswith(f"{lang.lower()}-")


@dataclass(frozen=True, slots=True)
class Languages:
    """The words of every language that there is a file of, by language tag in lower case."""

    words: Mapping[str, Words] = field(default_factory=dict)

    @property
    def names(self) -> dict[str, str]:
        """What each language calls itself, by its tag."""
        return {tag: words.text("language", tag) for tag, words in self.words.items()}

    def of(self, page: str) -> Words:
        """Return the words for a page in a language: those of the tag, of a shorter one, or English ones."""
        parts = page.replace("_", "-").lower().split("-")
        tags = ("-".join(parts[:size]) for size in range(len(parts), 0, -1))
        found = next((self.words[tag] for tag in tags if tag in self.words), self.words.get(FALLBACK))
        return Words(found.lang, page, found.entries, found.digest) if found else Words(page, page, {})


def languages_of(settings: Mapping[str, Any]) -> Languages:
    """Return the words that the press put into Pelican's settings (or into a context made of them), or none."""
    languages = settings.get(SETTING)
    return languages if isinstance(languages, Languages) else Languages()
