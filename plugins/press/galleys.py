"""What is wrong with the new pages of an edit, where no page of another text is looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from plugins.press.glyphs import coverage_of
from plugins.press.link_faults import Fault, Site, check_page
from plugins.press.model import Leaf, Links, hidden_name
from plugins.press.record import Record
from plugins.press.targets import Targets
from plugins.press.undrawn import elsewhere, problems_of_text
from plugins.press.verify import aimed_at, authorship_of, is_told, of_author, place_of, told, wrong_target
from plugins.press.whole import Wider
from plugins.shared.html import PARAGRAPH
from plugins.shared.problems import Problem


class Galleys:
    """The new pages and feeds of edited texts. `targets` are the files of the site, which an edit leaves as they are.

    `had` are the characters that no font drew on a page before, by the page's name. What was found is in `faults`, by
    page as the record keeps it, and `aimed`: the paragraphs that links of other pages lead to, and places they miss.
    """

    def __init__(
        self, record: Record, targets: Targets, settings: Mapping[str, Any], had: Mapping[str, frozenset[str]]
    ) -> None:
        self._record, self._targets, self._settings, self._had = record, targets, settings, had
        self._facts = record.facts
        self._leaves: Mapping[str, Leaf] = {}
        self._texts: list[Any] = []
        self.aimed: set[str] = set()
        self.faults: dict[str, dict[str, list[Any]]] = {}

    def read(self, leaves: Mapping[str, Leaf], texts: list[Any]) -> Iterator[Problem]:
        """Yield what is wrong with the pages of texts; raise `Wider` where other files come into it."""
        self._leaves, self._texts = leaves, texts
        site = Site(self._targets, {}, frozenset(), frozenset(), lambda name: self._links(name).ids)
        pages = {text.save_as for text in self._texts}
        authorship = authorship_of(self._texts, self._settings)
        on_page = set()
        for name in sorted(self._leaves.keys() & pages):
            faults = self._faults(name, site)
            self.faults[name] = told(faults)
            on_page |= set(map(wrong_target, faults))
            for fault in faults:
                yield from self._told(fault, authorship.places(name, fault.address))
            yield from self._undrawn(name)
        for name in self._leaves.keys() - pages:
            faults = self._faults(name, site, is_feed=True)
            if any(wrong_target(fault) not in on_page for fault in faults):
                raise Wider

    def _undrawn(self, name: str) -> Iterator[Problem]:
        """Yield what is wrong with the characters of a text's page; raise `Wider` where other sources come into it."""
        undrawn = self._links(name).undrawn
        text = next(text for text in self._texts if text.save_as == name)
        if undrawn != self._had.get(name) or elsewhere(text, undrawn):
            raise Wider
        yield from problems_of_text(text, undrawn, coverage_of(self._settings))

    def _faults(self, name: str, site: Site, *, is_feed: bool = False) -> list[Fault]:
        """Return what is wrong with the links of a new file; of a feed, with those that it had not before.

        Where a link leads has not changed, so that what was wrong with one is wrong still.
        """
        links, old = self._links(name), self._record.links_of(name)
        is_wanted = name in self._facts.wanting and old.ids != links.ids
        if is_wanted or self._may_be_missed(name, old.ids, links.ids) or name in self._facts.unplaced:
            raise Wider
        if self._leads_to_hidden(name, links):
            raise Wider
        own = {address for address in links.addresses if address.startswith("#")}
        new = Links((links.addresses - old.addresses) | own, links.images - old.images, links.ids)
        known = {} if is_feed else self._record.faults_of(name)
        kept = (links.addresses | links.images) & known.keys() - new.addresses - new.images
        again = (self._again(name, address, known[address]) for address in sorted(kept))
        wrong = [*check_page(name, new, site), *again]
        self.aimed |= aimed_at(name, links, self._targets, wrong)
        return wrong

    def _may_be_missed(self, name: str, old: frozenset[str], new: frozenset[str]) -> bool:
        """Tell whether another page may lead to an id that a page has no more, or has now."""
        aimed = frozenset(self._facts.aimed)
        return any(not gone.startswith(PARAGRAPH) for gone in old - new) or any(
            place_of(name, each) in aimed for each in old ^ new
        )

    def _again(self, page: str, address: str, told_then: list[Any]) -> Fault:
        target = self._targets.follow(address, page)
        if target is None:
            raise Wider
        return Fault(page, address, target, *told_then)

    def _told(self, fault: Fault, places: Any) -> Iterator[Problem]:
        if not places:
            raise Wider
        yield from (of_author(fault, place) for place in places if not is_told(fault, place))

    def _links(self, name: str) -> Links:
        leaf = self._leaves.get(name)
        return self._record.links_of(name, leaf.sha256 if leaf else "")

    def _leads_to_hidden(self, page: str, links: Links) -> bool:
        """Tell whether a page leads to what is not public; of that, only digests are known here."""
        hidden = frozenset(self._facts.withheld)
        if not hidden:
            return False
        targets = (self._targets.follow(address, page) for address in links.addresses | links.images)
        return any(hidden_name(name) in hidden for target in targets if target for name in target.names)
