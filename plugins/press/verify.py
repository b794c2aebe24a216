"""Look at what a build wrote before it takes the place of the output, and name the source of each fault."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from plugins.press.authorship import Authorship, Place
from plugins.press.link_faults import Fault, Site, check_page
from plugins.press.links import FEEDS, PAGES, Links
from plugins.press.record import Leaf, Record
from plugins.press.settings import PATH, Settings, base_path
from plugins.press.targets import Targets
from plugins.press.theme import Theme
from plugins.press.withheld import private_of, spoilt_of, withheld_of
from plugins.shared.contents import articles_of, pages_of
from plugins.shared.problems import Problem
from plugins.shared.settings import load


_BY_SOURCE = "{"  # Pelican's links: one to a draft is reported by whoever resolves it


def verify(
    leaves: Mapping[str, Leaf], record: Record, generators: list[Any], output: str, unwritten: Iterable[str] = ()
) -> Iterator[Problem]:
    """Yield what is wrong with the links of all pages and feeds of an output.

    `output` is how problems name it; `unwritten` are the files that it lacks because of a fault that is told.
    """
    settings = generators[0].settings
    own, _ = load(Settings, "PRESS", settings)
    targets = Targets(settings["SITEURL"], leaves, own.elsewhere)
    pages = _Pages(leaves, record)
    spoilt = frozenset(unwritten) | spoilt_of(generators, targets.files)
    site = Site(targets, withheld_of(generators), private_of(generators), spoilt, pages.ids_of)
    faults = [fault for page in sorted(targets.files) for fault in check_page(page, pages.links_of(page), site)]
    if faults:
        yield from _problems(faults, site, _authorship(generators, settings), _theme(settings), output)


def _authorship(generators: list[Any], settings: Mapping[str, Any]) -> Authorship:
    content = Path(settings["PATH"])
    contents = [*articles_of(generators), *pages_of(generators)]
    files = next((generator.staticfiles for generator in generators if hasattr(generator, "staticfiles")), ())
    copies = {posixpath.normpath(file.save_as): content / file.source_path for file in files}
    return Authorship(contents, copies, content)


def _theme(settings: Mapping[str, Any]) -> Theme:
    root = Path(settings["PATH"]).parent
    folders = (Path(settings["THEME"]) / "templates", *map(Path, settings["THEME_TEMPLATES_OVERRIDES"]))
    bases = (f"{settings['SITEURL']}/", f"{base_path(settings['SITEURL'])}/")
    return Theme(folders, root / PATH, root, bases)


class _Pages:
    """The links of the files of an output, those of earlier builds out of the record, one file at a time."""

    def __init__(self, leaves: Mapping[str, Leaf], record: Record) -> None:
        self._leaves, self._record = leaves, record

    def links_of(self, name: str) -> Links:
        links = self._leaves[name].links
        if links is not None:
            return links
        return self._record.links_of(name) if name.endswith((*PAGES, *FEEDS)) else Links()

    def ids_of(self, name: str) -> frozenset[str]:
        return self.links_of(name).ids


def _problems(faults: list[Fault], site: Site, authorship: Authorship, theme: Theme, output: str) -> Iterator[Problem]:
    on_pages = [fault for fault in faults if not fault.page.endswith(FEEDS)]
    told = {_wrong_target(fault) for fault in on_pages}
    # Most faults of a feed are those of a page in other words.
    in_feeds = [fault for fault in faults if fault.page.endswith(FEEDS) and _wrong_target(fault) not in told]
    of_templates: dict[tuple[str, str], list[Fault]] = {}
    of_authors: dict[tuple[Place, str], Fault] = {}
    for fault in sorted((*on_pages, *in_feeds), key=lambda fault: authorship.is_shared(fault.page)):
        if places := authorship.places(fault.page, fault.address):
            for place in places:
                of_authors.setdefault((place, fault.code), fault)
        elif fault.page not in site.private:  # the tags and authors of a draft may have no page yet
            of_templates.setdefault((fault.address, fault.code), []).append(fault)
    yield from (
        _of_author(fault, place, authorship) for (place, _), fault in of_authors.items() if not _is_told(fault, place)
    )
    yield from (_of_template(found, theme, output) for found in of_templates.values())


def _wrong_target(fault: Fault) -> tuple[tuple[str, ...], str]:
    return fault.target.names, fault.target.fragment


def _is_told(fault: Fault, place: Place) -> bool:
    return fault.withheld == "draft" and place.written.startswith(_BY_SOURCE)


def _of_author(fault: Fault, place: Place, authorship: Authorship) -> Problem:
    message = fault.message
    if authorship.is_shared(fault.page) and not place.written.startswith(("/", "http", _BY_SOURCE)):
        message = f'"{place.written}" leads nowhere from "{fault.page}", which shows it too; write it from the root'
    elif place.meant and fault.code in {"link-broken", "image-missing"}:
        message = f'{message.split("; ")[0]}; write "{place.meant}"'
    return Problem(place.path, place.line, fault.code, message, fault.severity)


def _of_template(faults: list[Fault], theme: Theme, output: str) -> Problem:
    first = faults[0]
    more = f" and {len(faults) - 1} more" if len(faults) > 1 else ""
    where = theme.place(first.address)
    message = f'{first.message}; in the template of "{first.page}"{more}'
    path, line = where or (f"{output}/{first.page}", 1)
    return Problem(path, line, first.code, message, first.severity)
