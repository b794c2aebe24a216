"""Print the pages and feeds of a build, but for those that stand, and tell each fault of a template once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import jinja2
from pelican.plugins import signals

from plugins.press.addresses import Origin, asked_by, origin_of
from plugins.press.faults import TemplateFault, template_folders
from plugins.press.file_writer import FileWriter
from plugins.press.glyphs import coverage_of
from plugins.press.interface import Interface
from plugins.press.keys import LISTS, SUBJECTS, Keys, Unkeyed, subject_of
from plugins.press.model import NO_LINKS, Feed, Leaf, Links
from plugins.press.paging import pages_of
from plugins.press.record import Record
from plugins.press.settings import PATH, Settings
from plugins.press.sheets import Printed, Printer, Sheet
from plugins.press.targets import Targets
from plugins.press.templates import MissingTemplate
from plugins.press.times import Times
from plugins.shared.files import site_path
from plugins.shared.lines import line_of_key
from plugins.shared.made import Made
from plugins.shared.problems import Problem
from plugins.shared.settings import load
from plugins.shared.store import store_of


_NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)


class Writer(FileWriter):
    """Print what an earlier build has not left as it would come out now. With `foreign` plugins at work, print all."""

    def __init__(
        self, output_path: str, settings: dict[str, Any], record: Record, keys: Keys, *, foreign: bool = False
    ) -> None:
        super().__init__(output_path, settings, record, foreign=foreign)
        self._templates, self._coverage = template_folders(settings), coverage_of(settings)
        self._keys = keys
        self._elsewhere = load(Settings, "PRESS", settings)[0].elsewhere
        self._interface = Interface(settings)
        self._sheets: dict[str, Sheet] = {}
        self._shared: dict[str, Any] = {}
        self._faults: dict[TemplateFault, list[str]] = {}
        self.unwritten: set[str] = set()
        self.doubtful: dict[str, Links] = {}
        self.feeds: list[Feed] = []
        self.made: set[str] = set()
        self.is_wide = False

    def write_file(
        self,
        name: str,
        template: Any,
        context: dict[str, Any],
        relative_urls: bool = False,  # noqa: ARG002
        paginated: dict[str, Any] | None = None,
        template_name: str | None = None,
        override_output: bool = False,
        url: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Have a template's page written, or each page of a paginated list."""
        if not name:
            return
        yields = template_name in self.settings["DIRECT_TEMPLATES"]
        subject = subject_of(kwargs)
        origin = asked_by(kwargs) or origin_of(
            template, subject, self._content, overrides=override_output, yields=yields
        )
        words = self._interface.of(subject)
        for save_as, values in pages_of(self.settings, name, url, template_name, paginated=paginated, values=kwargs):
            if isinstance(template, Made):
                self.made.add(save_as)
                self._take(Sheet(save_as, template, {}, {}, origin, None))  # there may be many: all cores make them
                continue
            sheet = Sheet(
                save_as, template, self._as_it_is(context), {"output_file": save_as, **words, **values}, origin, None
            )
            if not isinstance(template, jinja2.Template | MissingTemplate) and not self._foreign:
                self.write(save_as, template.render(sheet.context).encode(), origin)  # it is all there already
                continue
            self._look_at(sheet)
            self._take(sheet)

    def _as_it_is(self, context: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return a context as it is now, the same one for all pages between which it does not change."""
        last = self._shared
        if len(last) != len(context) or any(last.get(name, last) is not value for name, value in context.items()):
            self._shared = dict(context)
        return self._shared

    def write_feed(
        self,
        elements: list[Any],
        context: dict[str, Any],
        path: str | None = None,
        url: str | None = None,
        feed_type: str = "atom",
        override_output: bool = False,
        feed_title: str | None = None,
    ) -> Any:
        """Write a feed; a feed that cannot be made is a problem, and the others go on."""
        origin = Origin(f'the feed "{path}"', overrides=override_output)
        shown = elements[: self.settings["FEED_MAX_ITEMS"]]
        if path and not self._foreign:
            sources = [text.get_relative_source_path() for text in shown]
            self.feeds.append(Feed(path, url, feed_type, feed_title, sources))
        key = self._keyed(lambda: self._keys.of_feed(shown, context, (path, url, feed_type, feed_title)))
        made: list[Any] = []

        def data() -> bytes:
            made.append(
                super(Writer, self).write_feed(elements, context, None, url or path, feed_type, feed_title=feed_title)
            )
            if not elements:  # the library would take the time of the build
                made[0].latest_post_date = lambda: _NO_DATE
            return made[0].writeString("utf-8").encode()  # type: ignore[no-any-return]

        try:
            is_there = self.make(path, key, origin, data) if path else bool(data())
        except OSError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the pages are sound
            message = f'the feed "{path}" cannot be written: {type(error).__name__}: {error}'
            self._problems.add(Problem(PATH, 1, "feed-failed", message))
            return None
        if path and is_there and made:
            signals.feed_written.send(str(self._folder / path), context=context, feed=made[0])
        return made[0] if made else None

    def _claim(self, name: str, key: str, origin: Origin) -> tuple[str, bool]:
        normal, is_there = super()._claim(name, key, origin)
        self._sheets.pop(normal, None)
        return normal, is_there

    def finish(self, times: Times | None = None, hidden: Iterable[str] = ()) -> None:
        """Print what is due, and report the faults of templates, each once for all the pages that it spoils.

        `hidden` are the files that are not public, to which links are doubtful.
        """
        store_of(self.settings).commit()  # for workers to see what is on the shelf
        due = list(self._sheets.values())
        targets = Targets(self.settings["SITEURL"], (*self.leaves, *self._sheets), self._elsewhere, hidden)
        for sheet, printed in zip(due, self._printer(targets).print_all(due), strict=True):
            self._keep(sheet, printed)
            if times:
                times.count(len(due))
        for fault, pages in self._faults.items():
            more = f" and {len(pages) - 1} more" if len(pages) > 1 else ""
            message = f'{fault.message}; this spoils "{min(pages)}"{more}'
            self._problems.add(Problem(site_path(fault.path, self._content), fault.line, fault.code, message))

    def _take(self, sheet: Sheet) -> None:
        """Put a sheet among those to be printed, unless its page stands or its address is another's."""
        if self._record.leaves:  # or nothing can stand, and whoever prints the page works its key out
            sheet = replace(sheet, key=self._key(sheet))
        normal, is_there = self._claim(sheet.name, sheet.key or "", sheet.origin)
        if not normal:
            self.unwritten.add(sheet.name)
        elif not is_there:
            self._sheets[normal] = replace(sheet, name=normal)
            if self._foreign:
                self._print_now(normal)

    def _print_now(self, name: str) -> None:
        """Print a sheet at once: a foreign plugin may look at the file as soon as it is told."""
        sheet = self._sheets.pop(name)
        self._keep(sheet, self._printer().print_one(sheet))
        if name in self.leaves:
            signals.content_written.send(str(self._folder / name), context=sheet.context)

    def _printer(self, targets: Targets | None = None) -> Printer:
        return Printer(self._folder, self._templates, self._coverage, self._key, targets)

    def _keep(self, sheet: Sheet, printed: Printed) -> None:
        if printed.fault is None and not printed.unwritable:
            self.leaves[sheet.name] = Leaf(printed.key, printed.size, printed.sha256)
            self._record.keep_links(sheet.name, printed.sha256, printed.links)
            # What comes from a worker is another object for each of ten thousand pages.
            self.doubtful[sheet.name] = NO_LINKS if printed.doubtful == NO_LINKS else printed.doubtful
            return
        self.unwritten.add(sheet.name)
        if isinstance(sheet.template, Made) and getattr(sheet.origin.text, "save_as", "") in self.unwritten:
            return  # it is told of the page
        if printed.fault is None:
            self._tell_unwritable(sheet.name, sheet.origin, printed.unwritable)
        elif sheet.origin.source and printed.asks_for == sheet.template.name:
            # The source asks for a template that is not there.
            message = f"{printed.fault.message}; name another, or leave the key out"
            text = getattr(sheet.context.get("article") or sheet.context.get("page"), "source_text", "")
            line = line_of_key(text, "template")
            self._problems.add(Problem(sheet.origin.source, line, printed.fault.code, message))
        else:
            self._faults.setdefault(printed.fault, []).append(sheet.name)

    def _look_at(self, sheet: Sheet) -> None:
        """Take down whether a page that is not about one text alone may show all of any."""
        is_about_one = not (SUBJECTS.isdisjoint(sheet.own) and SUBJECTS.isdisjoint(sheet.shared))
        if not self._foreign and not (is_about_one and self.is_of_itself(sheet.template)):
            self.is_wide |= self._keys.closure(sheet.template.name).is_wide

    def _key(self, sheet: Sheet) -> str:
        template = sheet.template
        if isinstance(template, Made):
            return self._keyed(lambda: self._keys.of_made(template.name, template.made_of))
        return self._keyed(lambda: self._keys.of(template.name, sheet.own["output_file"], sheet.context))

    def is_of_itself(self, template: Any) -> bool:
        """Tell whether a template's page is about nothing but the text that it is given."""
        closure = self._keys.closure(template.name)
        return not closure.is_open and LISTS.isdisjoint(closure.names)

    def _keyed(self, key: Callable[[], str]) -> str:
        """Return the key of a file, or none if what it is made from cannot be told."""
        try:
            return "" if self._foreign else key()
        except Unkeyed:
            return ""
