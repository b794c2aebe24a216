"""The commonplace book: every pull quote of the site, with whose words they are and where they stand."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from plugins.pullquotes.model import Entry, PullQuote, Volume


#: The shape of `quotes.json`; it grows when a field changes its meaning or goes.
VERSION = 1


def volumes(entries: Sequence[Entry], address: str) -> tuple[Volume, ...]:
    """Return the years of a book, the newest first; `address` is the book's."""
    counts: Counter[str] = Counter()
    for entry in entries:
        counts[entry.year] += len(entry.quotes)
    return tuple(Volume(year, f"{address}{year}/", counts[year]) for year in sorted(counts, reverse=True))


def as_json(entries: Sequence[Entry], siteurl: str) -> str:
    """Return the book for programs: plain text, whole addresses, the newest essay first."""
    quotes = [_told(quote, entry, siteurl) for entry in entries for quote in entry.quotes]
    return json.dumps({"version": VERSION, "quotes": quotes}, ensure_ascii=False, indent=1) + "\n"


def _told(quote: PullQuote, entry: Entry, siteurl: str) -> dict[str, object]:
    address = f"{siteurl}/{entry.url}"
    essay = {
        "title": entry.plain_title,
        "url": address,
        "date": entry.date.isoformat(),
        "language": entry.lang,
        "authors": entry.authors,
    }
    return {
        "text": quote.text,
        "url": f"{address}#{quote.anchor}",
        "credit": quote.credit,
        "work": quote.cite,
        "essay": essay,
    }
