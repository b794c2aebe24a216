"""An edit of texts that changes nothing but their own pages: read, resolve and print those, and leave all others.

It is the same build with fewer sources. Wherever it might not come to the same as a whole build, the whole is built.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from plugins.press.build import Build, context_of
from plugins.press.generators import Articles, Pages
from plugins.press.glyphs import coverage_of
from plugins.press.link_faults import Fault, Site, check_page
from plugins.press.model import Leaf, Links, Text, hidden_name
from plugins.press.provide import read
from plugins.press.record import Record
from plugins.press.shelf import apart
from plugins.press.targets import Targets
from plugins.press.times import Times
from plugins.press.undrawn import elsewhere, problems_of_text
from plugins.press.unshown import tells_of_others
from plugins.press.verify import aimed_at, authorship_of, is_told, of_author, place_of, told, wrong_target
from plugins.shared.contents import articles_of, pages_of, path_of
from plugins.shared.html import PARAGRAPH
from plugins.shared.problems import Problem, problems_of
from plugins.shared.sections import SECTIONS


_TOLD = 50  # problems that are told after each edit of a site that is served


class Wider(Exception):  # noqa: N818 - no error: the whole site is built instead
    """An edit that may change more than the pages of its texts."""


class Edit:
    """An edit of the texts of these names. `facts` are those of the last whole build, `targets` its files."""

    def __init__(self, press: Any, record: Record, names: list[str], times: Times, targets: Targets) -> None:
        self._press, self._record, self._names, self._times, self._targets = press, record, names, times, targets
        self._settings: dict[str, Any] = press.settings
        self._problems = problems_of(self._settings)
        self._facts = record.facts
        self.texts: list[Any] = []
        self.leaves: dict[str, Leaf] = {}
        self.paths: set[str] = set()
        self.aimed: set[str] = set()
        self.faults: dict[str, dict[str, list[Any]]] = {}
        self._had: dict[str, frozenset[str]] = {}  # the characters of pages that no font drew

    def make(self, folder: Path) -> None:
        """Print what the edit changes into a folder, or raise `Wider`."""
        before = {name: text for name in self._names if (text := self._record.text(name)) is not None}
        if (
            len(before) < len(self._names)
            or self._facts.is_wide
            or not before.keys().isdisjoint(self._facts.translated)
        ):
            raise Wider
        build = Build(self._press, self._record, folder, self._times, is_edit=True)
        with self._times.of("read"):
            context = {**context_of(self._settings), "_only": self._names}
            context["generated_content"] = _Filed(self._record, before, "source")
            context["static_content"] = _Filed(self._record, before, "static")
            build.prepare([Articles, Pages], context)
            build.read_all()
            self._press.works.read_before = len(self._names)
        with self._times.of("resolve"):
            build.resolve()
        self._judge(build, before)
        self._surround(build, context)
        # The links of the new pages take the place of these.
        standing = self._record.leaves.keys() & {text.save_as for text in self.texts}
        self._had = {name: self._record.links_of(name).undrawn for name in standing}
        with self._times.of("print"):
            self._print(build, context)
        if any(self._tells_of_others(folder, name) for name in self.leaves):
            raise Wider
        with self._times.of("verify"):
            self._problems.extend(list(self._verify()))
        self.paths = {path_of(text) for text in self.texts}
        for words in self._facts.remarks:
            self._problems.remark(words)
        self._tell_others()

    def _tell_others(self) -> None:
        """Tell the problems of other sources again; while one is writing, many of them are no more than a number."""
        counts = self._record.count_problems(self.paths)
        if self._settings.get("_live") and counts.total() > _TOLD:
            self._problems.set_aside(counts)
        else:
            self._problems.extend(self._record.problems(self.paths))

    def _judge(self, build: Build, before: Mapping[str, Text]) -> None:
        """Raise `Wider` if anything but the words of the texts is another than before."""
        self.texts = [*articles_of(build.generators), *pages_of(build.generators)]
        if build.unsound or len(self.texts) < len(self._names):
            raise Wider
        for text in self.texts:
            name, path = text.get_relative_source_path(), path_of(text)
            then, now = before[name], self._record.text(name)
            if now is None or now.digests[0] != then.digests[0] or apart(now.front) != apart(then.front):
                raise Wider
            if path in self._facts.told_elsewhere:
                raise Wider
            if _claimed(now) != _claimed(then) or _files(now) != _files(then):
                raise Wider

    def _surround(self, build: Build, context: dict[str, Any]) -> None:
        """Put back what pages show of other texts, and of the site, all of which is as it was."""
        context[SECTIONS] = tuple(tuple(section) for section in self._facts.sections)
        for text in self.texts:
            if build.shelf:
                build.shelf.surround(text)

    def _print(self, build: Build, context: dict[str, Any]) -> None:
        writer = build.make_writer()
        articles, pages = build.generators
        if not all(
            writer.is_of_itself(generator.get_template(text.template)) for generator, text in self._pairs(build)
        ):
            raise Wider
        articles.generate_articles(writer.write_file)
        articles.generate_drafts(writer.write_file)
        pages.generate_output(writer)
        for feed in self._facts.feeds:
            path, url, kind, title, shows = feed
            if not set(shows).isdisjoint(self._names):
                shown = [self._text(name, build, context) for name in shows]
                writer.write_feed(shown, {**context, "articles": shown}, path, url, kind, feed_title=title)
        writer.finish()
        if writer.unwritten:
            raise Wider
        self.leaves = {name: leaf for name, leaf in writer.leaves.items() if leaf.is_new}

    def _pairs(self, build: Build) -> Iterator[tuple[Any, Any]]:
        for generator in build.generators:
            found = articles_of([generator]) if hasattr(generator, "articles") else pages_of([generator])
            yield from ((generator, text) for text in found)

    def _text(self, name: str, build: Build, context: dict[str, Any]) -> Any:
        """Return a text that a feed shows."""
        new = next((text for text in self.texts if text.get_relative_source_path() == name), None)
        if new is not None:
            return new
        if build.shelf is None or not build.shelf.holds(name):
            raise Wider
        return build.shelf.take(name, Articles.cls, context)

    def _tells_of_others(self, folder: Path, name: str) -> bool:
        """Tell whether a page mentions a file that may be published, or withheld, for that."""
        doubtful = self._facts.doubtful
        return bool(doubtful) and tells_of_others(
            (self._press.target / name).read_bytes(), (folder / name).read_bytes(), doubtful
        )

    def _verify(self) -> Iterator[Problem]:
        """Yield what is wrong with the links of the new pages; raise `Wider` where other files come into it."""
        site = Site(self._targets, {}, frozenset(), frozenset(), lambda name: self._links(name).ids)
        pages = {text.save_as for text in self.texts}
        authorship = authorship_of(self.texts, self._settings)
        on_page = set()
        for name in sorted(self.leaves.keys() & pages):
            faults = self._faults(name, site)
            self.faults[name] = told(faults)
            on_page |= set(map(wrong_target, faults))
            for fault in faults:
                yield from self._told(fault, authorship.places(name, fault.address))
            yield from self._undrawn(name)
        for name in self.leaves.keys() - pages:
            faults = self._faults(name, site, is_feed=True)
            if any(wrong_target(fault) not in on_page for fault in faults):
                raise Wider

    def _undrawn(self, name: str) -> Iterator[Problem]:
        """Yield what is wrong with the characters of a text's page; raise `Wider` where other sources come into it."""
        undrawn = self._links(name).undrawn
        text = next(text for text in self.texts if text.save_as == name)
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
        leaf = self.leaves.get(name)
        return self._record.links_of(name, leaf.sha256 if leaf else "")

    def _leads_to_hidden(self, page: str, links: Links) -> bool:
        """Tell whether a page leads to what is not public; of that, only digests are known here."""
        hidden = frozenset(self._facts.withheld)
        if not hidden:
            return False
        targets = (self._targets.follow(address, page) for address in links.addresses | links.images)
        return any(hidden_name(name) in hidden for target in targets if target for name in target.names)


class _Filed(dict[str, Any]):
    """The texts or files of a site by source: those that the edited texts led to before the edit are known."""

    def __init__(self, record: Record, before: Mapping[str, Text], kind: str) -> None:
        super().__init__()
        for text in before.values():
            for ground, name, then in text.grounds:
                if ground == kind and then and (kind == "static" or record.text(name) is not None):
                    self[name] = _Address(*read(then))


class _Address:
    """What a link by source needs of what it leads to."""

    def __init__(self, status: str, url: str, save_as: str, id_end: str) -> None:
        self.status, self.url, self.save_as, self.id_end = status, url, save_as, id_end

    def get_url_setting(self, key: str) -> str:
        return self.url if key == "url" else self.save_as


def _files(text: Text) -> Any:
    """Return the files that a text asks the site to publish."""
    return text.front["_static_links"], text.front.get("pictures")


def _claimed(text: Text) -> Any:
    place, what, code, names, image, _lines = text.remains["claims"]
    return place, what, code, names, image
