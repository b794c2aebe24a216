"""Tell whether an entry would be shortened if it came right after another: "———. Another Title.".

What the dash would stand for is found by printing each work twice in a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from plugins.citations.plates.apart import shown
from plugins.citations.plates.qualities import SUBSTITUTE
from plugins.citations.plates.works import Known


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry and what a dash would stand for in it: None if for nothing. `is_clear` unless that cannot be told."""

    html: str
    lead: str | None = None
    is_clear: bool = True

    @classmethod
    def of(cls, html: str, again: str) -> Standing:
        """Return an entry; `again` is what is printed of the work right behind itself."""
        if again == html:
            return cls(html)
        before, sign, after = again.partition(SUBSTITUTE)
        is_clear = bool(sign) and len(html) >= len(before) + len(after) and SUBSTITUTE not in after
        is_clear = is_clear and html.startswith(before) and html.endswith(after)
        return cls(html, shown(html[len(before) : len(html) - len(after)]).strip() if is_clear else "", is_clear)


def none_is_shortened(entries: Sequence[tuple[Standing, Known]]) -> bool:
    """Tell whether each of a list of entries is as it would be without the one before."""
    return not any(_may_shorten(*pair) for pair in pairwise(entries))


def _may_shorten(before: tuple[Standing, Known], behind: tuple[Standing, Known]) -> bool:
    (one, first), (other, second) = before, behind
    if other.lead is None:
        return False
    if not (one.is_clear and other.is_clear) or not first.people.isdisjoint(second.people):
        return True
    # A work without people may be led by its title, or by nothing at all.
    return not other.lead or other.lead in shown(one.html)
