"""What the parts of the plugin hand to each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple


Mode = Literal["normal", "suppress-author", "author-in-text"]
MODES: tuple[Mode, ...] = ("normal", "suppress-author", "author-in-text")

#: A CSL-JSON item, with our extra fields.
Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CitationItem:
    """One work in a citation, as it was written: inline Markdown before and behind its key.

    `rest` is a locator, a suffix, or both: where the one ends, the words of the page's language decide.
    """

    id: str
    prefix: str = ""
    rest: str = ""
    mode: Mode = "normal"


Citation = tuple[CitationItem, ...]


@dataclass(frozen=True, slots=True)
class Located:
    """What a `rest` says: CSL's locator and label, and the words behind them.

    `locator` without `label` does not occur; an empty locator says that what follows is none, even where it
    looks like one.
    """

    locator: str | None = None
    label: str | None = None
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a group in brackets that means to cite cannot be read."""

    message: str


@dataclass(frozen=True, slots=True)
class Style:
    """A CSL style: where it is and what it asks of the page."""

    name: str
    path: str
    in_notes: bool
    default_locale: str | None
    locales: str  # its own <locale> elements, which override terms


@dataclass(frozen=True, slots=True)
class PlacedCitation:
    """A citation and where it stands: in which note (0 in the text), and whether inside a note's running text."""

    items: Citation
    note: int
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """Everything that one page's citations depend on. `named` are the keys of works whose authors' names are wanted."""

    style: Style
    locale: str
    citations: tuple[PlacedCitation, ...]
    items: tuple[Item, ...]
    named: tuple[str, ...] = ()

    def told(self) -> list[Any]:
        """Return the job as data of JSON, but for where its style is."""
        style = self.style
        placed = [
            [[[item.id, item.prefix, item.rest, item.mode] for item in one.items], one.note, one.inside]
            for one in self.citations
        ]
        told = [style.name, style.in_notes, style.default_locale, style.locales, self.locale]
        return [*told, placed, list(self.items), list(self.named)]


@dataclass(frozen=True, slots=True)
class Formatted:
    """A formatted citation: what stands in the text, and what stands in its note. Either may be empty."""

    text: str
    note: str


@dataclass(frozen=True, slots=True)
class Entry:
    key: str
    html: str


@dataclass(frozen=True, slots=True)
class Name:
    """How a sentence names the author of a work, or a work without one: at first, and after that."""

    key: str
    full: str
    short: str


@dataclass(frozen=True, slots=True)
class Result:
    """What the engine made of a job."""

    citations: tuple[Formatted, ...]
    entries: tuple[Entry, ...]
    warnings: tuple[str, ...] = ()
    names: tuple[Name, ...] = ()

    def told(self) -> dict[str, Any]:
        """Return the result as data of JSON."""
        return {
            "citations": [{"text": one.text, "note": one.note} for one in self.citations],
            "entries": [{"key": one.key, "html": one.html} for one in self.entries],
            "warnings": list(self.warnings),
            "names": [{"key": one.key, "full": one.full, "short": one.short} for one in self.names],
        }

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Result:
        """Return the result that was told as data of JSON."""
        citations = tuple(Formatted(**formatted) for formatted in data["citations"])
        entries = tuple(Entry(**entry) for entry in data["entries"])
        return cls(citations, entries, tuple(data["warnings"]), tuple(Name(**name) for name in data["names"]))


class ExportFile(NamedTuple):
    """A file of references: what its format is called, its media type, and its address below the site's root."""

    label: str
    media_type: str
    address: str


class Work(NamedTuple):
    """A work cited on a page: its entry, the entry's id, the ids of the marks that cite it, and its COinS."""

    key: str
    id: str
    html: str
    places: tuple[str, ...]
    coins: str = ""
