"""Tell whether pandoc could take two works of a page for each other.

It takes those for alike of which it printed the same, before anything is set round it. So two are apart if one shows a
word of its own data which the other shows nowhere: no affix, whose words are left out of account, can bring that about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape

from plugins.citations.plates.works import Known, runs


_TAG = re.compile(r"<[^<>]*>")


def shown(html: str) -> str:
    """Return the words of a fragment without regard to case."""
    return unescape(_TAG.sub("", html)).casefold()


@dataclass(frozen=True, slots=True)
class Print:
    """What a bare citation shows, and those of its words by which a work can be known."""

    text: str
    telling: frozenset[str]

    @classmethod
    def of(cls, html: str, work: Known, said: frozenset[str]) -> Print:
        text = shown(html)
        return cls(text, (frozenset(runs(text)) & work.words) - said)


@dataclass(frozen=True, slots=True)
class Prints:
    """The prints of a work, and as one: all that any of them shows, and the words by which each of them is known."""

    each: Sequence[Print]
    whole: Print

    @classmethod
    def of(cls, each: Sequence[Print]) -> Prints:
        telling = frozenset[str].intersection(*(one.telling for one in each))
        return cls(each, Print("\n".join(one.text for one in each), telling))


def are_apart(works: Sequence[Prints]) -> bool:
    """Tell whether each print of each work differs from each of every other's."""
    return all(_differ(one, other) for place, one in enumerate(works) for other in works[:place])


def _differ(one: Prints, other: Prints) -> bool:
    if _shows(one.whole, other.whole) or _shows(other.whole, one.whole):
        return True
    return all(_shows(a, b) or _shows(b, a) for a in one.each for b in other.each)


def _shows(one: Print, other: Print) -> bool:
    """Tell whether a print shows a word that another does not."""
    return not all(map(other.text.__contains__, one.telling))


def share_no_families(works: Iterable[Known]) -> bool:
    """Tell whether no two people of a page may have one family name."""
    owners: dict[str, tuple[str, ...]] = {}
    return all(owners.setdefault(word, person) == person for work in works for word, person in work.families)
