"""An edit of texts that changes nothing but their own pages: read, resolve and print those, and leave all others.

It is the same build with fewer sources. Wherever it might not come to the same as a whole build, the whole is built.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from plugins.press.build import Build, context_of
from plugins.press.filed import Filed
from plugins.press.galleys import Galleys
from plugins.press.generators import Articles, Pages
from plugins.press.model import Leaf, Text
from plugins.press.record import Record
from plugins.press.shelf import apart
from plugins.press.targets import Targets
from plugins.press.times import Times
from plugins.press.unshown import tells_of_others
from plugins.press.whole import Wider
from plugins.shared.contents import articles_of, pages_of, path_of
from plugins.shared.problems import problems_of
from plugins.shared.sections import SECTIONS


_TOLD = 50  # problems that are told after each edit of a site that is served


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

    def make(self, folder: Path) -> None:
        """Print what the edit changes into a folder, or raise `Wider`."""
        before = {name: text for name in self._names if (text := self._record.text(name)) is not None}
        if (
            len(before) < len(self._names)
            or self._facts.is_wide
            or self._facts.concludes
            or not before.keys().isdisjoint(self._facts.translated)
        ):
            raise Wider
        build = Build(self._press, self._record, folder, self._times, is_edit=True)
        with self._times.of("read"):
            context = {**context_of(self._settings), "_only": self._names}
            context["generated_content"] = Filed(self._record, before, "source")
            context["static_content"] = Filed(self._record, before, "static")
            build.prepare([Articles, Pages], context)
            build.read_all()
            self._press.works.read_before = len(self._names)
        with self._times.of("resolve"):
            build.resolve()
        self._judge(build, before)
        self._surround(build, context)
        # The links of the new pages take the place of these.
        standing = self._record.leaves.keys() & {text.save_as for text in self.texts}
        had = {name: self._record.links_of(name).undrawn for name in standing}
        self.galleys = Galleys(self._record, self._targets, self._settings, had)
        with self._times.of("print"):
            self._print(build, context)
        if any(self._tells_of_others(folder, name) for name in self.leaves):
            raise Wider
        with self._times.of("verify"):
            self._problems.extend(list(self.galleys.read(self.leaves, self.texts)))
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


def _files(text: Text) -> Any:
    """Return the files that a text asks the site to publish."""
    return text.front["_static_links"], text.front.get("pictures")


def _claimed(text: Text) -> Any:
    place, what, code, names, image, _lines = text.remains["claims"]
    return place, what, code, names, image
