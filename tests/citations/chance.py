"""Pages made by chance: works of every type with any variables, cited in any way. A seed gives the same page again."""

from __future__ import annotations

from random import Random
from typing import Any

from plugins.citations import labels
from plugins.citations.adapting import adapted
from plugins.citations.items import DATES, NAMES, formattable, normalised
from plugins.citations.kinds import TYPES
from plugins.citations.model import MODES, CitationItem, Job, PlacedCitation, Style


_TEXTS = (
    "abstract annote archive archive-place archive_location authority call-number citation-label container-title "
    "container-title-short collection-title dimensions division DOI event event-place event-title genre ISBN ISSN "
    "journalAbbreviation jurisdiction keyword language medium note original-publisher original-publisher-place "
    "original-title page-first part-title PMCID PMID publisher publisher-place references reviewed-genre "
    "reviewed-title scale shortTitle source status title title-short URL volume-title"
).split()
_NUMBERS = (
    "chapter-number collection-number edition issue number number-of-pages number-of-volumes page part-number "
    "printing-number section supplement-number version volume"
).split()
_LIKELY = {"title": 0.85, "author": 0.7, "issued": 0.75, "container-title": 0.5, "page": 0.4}
_WORDS = {
    "language": ("en", "de", "fr-FR"),
    "title": ("On Roads", "On Roads: A Study", "<i>Old</i> Roads", "“Quoted” roads"),
    "note": ("Seen", "original-date: 1903", "{:genre:Thesis} seen", "type: report", "container-title: Atlas\nseen"),
    "URL": ("https://example.org/a", "https://example.org/b"),
    "DOI": ("10.1000/1", "10.1000/2"),
}
_SOME = ("Alpha", "Beta gamma", "The Great Delta", "Delta: Part")
_COUNTED = ("1", "2", "12", "3rd", "II", "special", "4-5", "1, 5", "123-128")
_LOCATED = ("page", "chapter", "section", "line", "volume", "figure", "paragraph", "sub-verbo", "note")
_LOCALES = ("en-US", "en-US", "en-GB", "de-DE", "fr-FR", "zh-CN", "")


def page(seed: int, style: Style) -> Job:
    chance = Random(seed)
    types = chance.sample(sorted(TYPES), chance.choice((1, 1, 2, 3, 6)))
    works = {f"k{number}": _work(chance, f"k{number}", types) for number in range(chance.choice((1, 2, 4, 8)))}
    has_places = chance.random() < 0.7
    placed = tuple(
        PlacedCitation(
            tuple(_cited(chance, sorted(works), has_places) for _ in range(chance.choice((1, 1, 1, 2, 3)))),
            note if style.in_notes else 0,
            chance.random() < 0.1,
        )
        for note in range(1, 2 * len(works) + 2)
    )
    used = {item.id for one in placed for item in one.items}
    return Job(style, chance.choice(_LOCALES), placed, tuple(works[key] for key in works if key in used))


def _work(chance: Random, key: str, types: list[str]) -> dict[str, Any]:
    share = chance.choice((0.1, 0.25, 0.5))
    item: dict[str, Any] = {"id": key, "type": chance.choice(types)}
    for name in (*_TEXTS, *_NUMBERS):
        if chance.random() < _LIKELY.get(name, share):
            item[name] = chance.choice(_COUNTED if name in _NUMBERS else _WORDS.get(name, _SOME))
    for name in sorted(NAMES):
        if chance.random() < _LIKELY.get(name, share / 3):
            item[name] = [_name(chance) for _ in range(chance.choice((1, 1, 2, 3, 8)))]
    if "editor" in item and chance.random() < 0.3:
        item["translator"] = item["editor"]
    for name in sorted(DATES):
        if chance.random() < _LIKELY.get(name, share / 2):
            item[name] = _date(chance)
    return adapted(formattable(normalised(item)))


def _name(chance: Random) -> dict[str, str]:
    if chance.random() < 0.15:
        return {"literal": chance.choice(("Office of Roads", "City of X"))}
    name = {
        "family": chance.choice(("Roe", "Doe", "O’Poe")),
        "given": chance.choice(("Ann", "Ann-Marie", "J.", "J. Q.")),
    }
    extra = chance.choice(({}, {}, {"suffix": "Jr."}, {"non-dropping-particle": "de"}))
    return {**name, **extra}


def _date(chance: Random) -> dict[str, Any]:
    year = chance.choice((-50, 1990, 1990, 2001))
    parts = chance.choice(([[year]], [[year]], [[year, 3]], [[year, 3, 9]], [[year, 1, 2], [year + 1, 2, 3]]))
    return {"date-parts": parts, **({"circa": True} if chance.random() < 0.15 else {})}


def _cited(chance: Random, keys: list[str], has_places: bool) -> CitationItem:  # noqa: FBT001 - for this file alone
    rest = ""
    if has_places and chance.random() < 0.6:
        place = f"{{{labels.WORDS[chance.choice(_LOCATED)][0]} {chance.choice(_COUNTED)}}}"
        rest = chance.choice((place, place, ", p. 5", ", at length"))
    mode = MODES[0] if chance.random() < 0.7 else chance.choice(MODES)
    return CitationItem(chance.choice(keys), chance.choice(("", "", "see ")), rest, mode)
