"""What the parts of the plugin hand to each other, and what a theme gets."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from markupsafe import Markup


#: What marks the words of a pull quote in HTML.
ATTRIBUTE = "data-pull"

Side = Literal["start", "end"]
SIDES: tuple[Side, ...] = ("start", "end")


@dataclass(frozen=True, slots=True)
class Mark:
    """The options of one mark. `raw` is the mark as written, so that a later fault finds its line."""

    side: Side | None = None
    text: str | None = None
    cite: str | None = None
    raw: str = ""

    def data(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class PullQuote:
    """Words lifted out of an essay.

    `anchor` is the id of the words in the text, `text` the words without markup, `html` the same as phrasing
    HTML that needs no escaping and holds nothing to click. `cite` is the key of the work whose words these
    are and `credit` what to call it, in plain text; both are None for the essay's own words.
    """

    number: int
    anchor: str
    text: str
    html: Markup
    side: Side | None = None
    cite: str | None = None
    credit: str | None = None

    def __str__(self) -> str:
        return str(self.html)

    def __html__(self) -> str:
        return str(self.html)


@dataclass(frozen=True, slots=True)
class Entry:
    """An essay in the commonplace book.

    `title` is typeset and `plain_title` is not, `url` is below the site's root.
    """

    title: str
    plain_title: str
    url: str
    date: date
    lang: str
    authors: tuple[str, ...]
    quotes: tuple[PullQuote, ...]

    @property
    def year(self) -> str:
        return f"{self.date:%Y}"


@dataclass(frozen=True, slots=True)
class Volume:
    """A year of the commonplace book: the address of its page below the site's root, and how many quotes it has."""

    year: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a mark; `needle` is raw text of it."""

    needle: str
    code: str
    message: str
