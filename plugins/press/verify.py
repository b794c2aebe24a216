"""Look at what a build wrote before it takes the place of the output, and name the source of each fault."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from plugins.press import languages
from plugins.press.authorship import Authorship, Place
from plugins.press.glyphs import coverage_of
from plugins.press.link_faults import Fault, Site, check_page
from plugins.press.links import FEEDS, PAGES
from plugins.press.model import Leaf, Links
from plugins.press.passed_over import faults_of, passed_over
from plugins.press.record import Record
from plugins.press.settings import PATH, Settings, base_path
from plugins.press.targets import Targets
from plugins.press.theme import Theme
from plugins.press.undrawn import Site as Drawn
from plugins.press.undrawn import find
from plugins.press.withheld import private_of, spoilt_of, withheld_of
from plugins.shared.contents import articles_of, pages_of
from plugins.shared.html import PARAGRAPH
from plugins.shared.problems import Problem
from plugins.shared.settings import load


_BY_SOURCE = "{"  # Pelican's links: one to a draft is reported by whoever resolves it


@dataclass(slots=True)
class Verdict:
    """What is wrong with the links of an output, and what an edit of one text can say nothing about.

    `own` are the problems of links that a text's own page has. `elsewhere` are those that other files brought to
    light, `unplaced` the files with a wrong link that no author wrote, `hidden` those that nobody is to be led to,
    `wanting` those that lack a place which another one leads to; `aimed` are the paragraphs that links of other pages
    lead to, and the places that they miss, as file and id.
    """

    own: list[Problem] = field(default_factory=list)
    elsewhere: list[Problem] = field(default_factory=list)
    unplaced: set[str] = field(default_factory=set)
    hidden: frozenset[str] = frozenset()
    wanting: frozenset[str] = frozenset()
    faults: Mapping[str, list[Fault]] = field(default_factory=dict)
    aimed: set[str] = field(default_factory=set)

    @property
    def problems(self) -> list[Problem]:
        return [*self.own, *self.elsewhere]


def verify(
    leaves: Mapping[str, Leaf],
    record: Record,
    generators: list[Any],
    output: str,
    *,
    unwritten: Iterable[str] = (),
    doubtful: Mapping[str, Links] | None = None,
) -> Verdict:
    """Return what is wrong with the links of all pages and feeds of an output, and with their characters.

    `output` is how problems name it; `unwritten` are the files that it lacks because of a fault that is told. Of the
    files in `doubtful` those links alone are looked at.
    """
    settings = generators[0].settings
    own, _ = load(Settings, "PRESS", settings)
    targets = Targets(settings["SITEURL"], leaves, own.elsewhere)
    pages = _Pages(leaves, record)
    spoilt = frozenset(unwritten) | spoilt_of(generators, targets.files)
    site = Site(targets, withheld_of(generators), private_of(generators), spoilt, pages.ids_of)
    seen = doubtful or {}
    faults, aimed, undrawn = _looked_through(site, lambda page: seen[page] if page in seen else pages.links_of(page))
    texts = passed_over(generators, targets.files)
    faults = sorted((*faults, *faults_of(texts, site)), key=lambda fault: fault.page)
    of_pages = {page: list(found) for page, found in groupby(faults, lambda fault: fault.page)}
    verdict = Verdict(faults=of_pages, aimed=aimed, hidden=frozenset((*site.withheld, *site.private, *site.spoilt)))
    verdict.wanting = frozenset(fault.target.name for fault in faults if _wants(fault))
    if faults:
        _judge(verdict, site, _authorship(generators, settings, texts), _theme(settings), output)
    if undrawn:
        _add_undrawn(verdict, undrawn, generators, output)
    return verdict


def _looked_through(
    site: Site, links_of: Callable[[str], Links]
) -> tuple[list[Fault], set[str], dict[str, frozenset[str]]]:
    """Return what is wrong with the links of all files, the places that they aim at, and characters that none draws."""
    faults: list[Fault] = []
    aimed: set[str] = set()
    undrawn: dict[str, frozenset[str]] = {}
    for page in sorted(site.targets.files):
        links = links_of(page)
        wrong = list(check_page(page, links, site))
        faults += wrong
        aimed |= aimed_at(page, links, site.targets, wrong)
        if links.undrawn:
            undrawn[page] = links.undrawn
    return faults, aimed, undrawn


def _add_undrawn(verdict: Verdict, undrawn: Mapping[str, frozenset[str]], generators: list[Any], output: str) -> None:
    settings = generators[0].settings
    content, theme = Path(settings["PATH"]), Path(settings["THEME"])
    own = (*map(Path, settings["THEME_TEMPLATES_OVERRIDES"]), languages.folder_of(content))
    folders = (content, *own, content.parent / PATH, theme / "templates", theme / languages.FOLDER)
    texts = [*articles_of(generators), *pages_of(generators)]
    found = find(undrawn, texts, folders, Drawn(coverage_of(settings), content, output))
    verdict.own += found.own
    verdict.elsewhere += found.elsewhere


def _wants(fault: Fault) -> bool:
    return fault.code == "fragment-missing" and fault.target.name != fault.page


def aimed_at(page: str, links: Links, targets: Targets, wrong: Iterable[Fault]) -> set[str]:
    """Return the paragraphs of other pages that the links of a page lead to, and the places that are not there."""
    likely = (address for address in links.addresses if f"#{PARAGRAPH}" in address[1:])
    found = (*(targets.follow(address, page) for address in likely), *(fault.target for fault in wrong))
    return {place_of(target.name, target.fragment) for target in found if target and target.name not in {"", page}}


def place_of(page: str, name: str) -> str:
    """Return how the record names a place: by the file of its page, and its id."""
    return f"{page}#{name}"


def told(faults: Iterable[Fault]) -> dict[str, list[Any]]:
    """Return what is wrong with the addresses of a file as JSON; where each leads follows from it."""
    return {fault.address: [fault.code, fault.message, fault.severity, fault.withheld] for fault in faults}


def authorship_of(texts: Iterable[Any], settings: Mapping[str, Any]) -> Authorship:
    """Return who wrote the links of these texts."""
    return Authorship(texts, {}, Path(settings["PATH"]), {})


def _authorship(generators: list[Any], settings: Mapping[str, Any], texts: Mapping[str, Any]) -> Authorship:
    content = Path(settings["PATH"])
    contents = [*articles_of(generators), *pages_of(generators)]
    files = next((generator.staticfiles for generator in generators if hasattr(generator, "staticfiles")), ())
    copies = {posixpath.normpath(file.save_as): content / file.source_path for file in files}
    return Authorship(contents, copies, content, texts)


def _theme(settings: Mapping[str, Any]) -> Theme:
    root = Path(settings["PATH"]).parent
    folders = (Path(settings["THEME"]) / "templates", *map(Path, settings["THEME_TEMPLATES_OVERRIDES"]))
    bases = (f"{settings['SITEURL']}/", f"{base_path(settings['SITEURL'])}/")
    return Theme(folders, root / PATH, root, bases)


class _Pages:
    """The links of the files of an output, out of the record, one file at a time: there can be millions of them."""

    def __init__(self, leaves: Mapping[str, Leaf], record: Record) -> None:
        self._leaves, self._record = leaves, record
        self._asked: tuple[str, frozenset[str]] = "", frozenset()

    def links_of(self, name: str) -> Links:
        if not name.endswith((*PAGES, *FEEDS)):
            return Links()
        return self._record.links_of(name, self._leaves[name].sha256)

    def ids_of(self, name: str) -> frozenset[str]:
        if name != self._asked[0]:  # a feed may lead to one page a thousand times
            self._asked = name, self.links_of(name).ids
        return self._asked[1]


def _judge(verdict: Verdict, site: Site, authorship: Authorship, theme: Theme, output: str) -> None:
    faults = [fault for found in verdict.faults.values() for fault in found]
    on_pages = [fault for fault in faults if not fault.page.endswith(FEEDS)]
    on_page = {wrong_target(fault) for fault in on_pages}
    # Most faults of a feed are those of a page in other words.
    in_feeds = [fault for fault in faults if fault.page.endswith(FEEDS) and wrong_target(fault) not in on_page]
    of_templates: dict[tuple[str, str], list[Fault]] = {}
    of_authors: dict[tuple[Place, str], Fault] = {}
    for fault in sorted((*on_pages, *in_feeds), key=lambda fault: authorship.is_shared(fault.page)):
        if places := authorship.places(fault.page, fault.address):
            for place in places:
                of_authors.setdefault((place, fault.code), fault)
        elif fault.page not in site.private:  # the tags and authors of a draft may have no page yet
            of_templates.setdefault((fault.address, fault.code), []).append(fault)
    for (place, _), fault in of_authors.items():
        if not is_told(fault, place):
            found = verdict.elsewhere if authorship.is_shared(fault.page) else verdict.own
            found.append(of_author(fault, place, is_shared=authorship.is_shared(fault.page)))
    verdict.elsewhere += [_of_template(found, theme, output) for found in of_templates.values()]
    verdict.unplaced = {fault.page for found in of_templates.values() for fault in found}


def wrong_target(fault: Fault) -> tuple[tuple[str, ...], str]:
    return fault.target.names, fault.target.fragment


def is_told(fault: Fault, place: Place) -> bool:
    return fault.withheld == "draft" and place.written.startswith(_BY_SOURCE)


def of_author(fault: Fault, place: Place, *, is_shared: bool = False) -> Problem:
    message = fault.message
    if is_shared and not place.written.startswith(("/", "http", _BY_SOURCE)):
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
