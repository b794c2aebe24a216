"""Check what the pages of a finished output link to: files, places in them, and nothing that is not public."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from plugins.press.model import Links
from plugins.press.targets import Target, Targets
from plugins.shared.problems import Severity
from plugins.shared.suggest import did_you_mean


_PAGES = {"", ".htm", ".html"}
_UNRESOLVED = ("{", "|")  # a link of Pelican's that leads to no source: whoever resolves them has told it
_OF_ITSELF = {"", "top"}  # fragments that lead to the start of any page
_WITHHELD: dict[str, tuple[str, str, str, Severity]] = {
    "draft": ("link-draft", "a draft", "publish it, or take the link out", "warning"),
    "hidden": ("link-draft", "a hidden essay", "publish it, or take the link out", "warning"),
    "later": ("link-draft", "an essay of a later day", "take the link out until then", "warning"),
    "spoilt": ("link-unpublished", "a source that has a problem", "see its own problem", "error"),
}
_REMEDY = {
    False: "link to an address that the site has, or write the whole address of another site",
    True: "put it below content/images/, or write {static} and its name where it is below content/",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A link that is wrong: the file of the output that holds it, its address as it stands there."""

    page: str
    address: str
    target: Target
    code: str
    message: str
    severity: Severity = "error"
    withheld: str = ""


@dataclass(frozen=True, slots=True)
class Withheld:
    """Why a source has no public page: "draft", "hidden", "later" or "spoilt"."""

    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class Site:
    """What links are checked against.

    `spoilt` are the files that the output lacks because of another fault, which is told.

    `withheld` holds what is not public by each file that it has or would have in the output; `private` are
    the pages that may link to it. `ids_of` returns the ids of a page.
    """

    targets: Targets
    withheld: Mapping[str, Withheld]
    private: frozenset[str]
    spoilt: frozenset[str]
    ids_of: Callable[[str], frozenset[str]]


def check_page(page: str, links: Links, site: Site) -> Iterator[Fault]:
    """Yield what is wrong with the links of a page, each address once."""
    yield from _check(page, links.addresses, links.ids, site, image=False)
    yield from _check(page, links.images, links.ids, site, image=True)


def _check(page: str, addresses: Iterable[str], ids: frozenset[str], site: Site, *, image: bool) -> Iterator[Fault]:
    for address in addresses:
        target = site.targets.follow(address, page)
        if target is None or address.startswith(_UNRESOLVED) or not site.spoilt.isdisjoint(target.names):
            continue
        if (withheld := _withheld(target, page, site)) is not None:
            code, what, remedy, severity = _WITHHELD[withheld.reason]
            message = f'"{target.path}" is the address of {what}, "{withheld.source}"; {remedy}'
            yield Fault(page, address, target, code, message, severity, withheld.reason)
        elif not target.name:
            yield _broken(page, address, target, site, image=image)
        elif target.fragment not in _OF_ITSELF and not _has_place(page, target, ids, site):
            known = ids if target.name == page else site.ids_of(target.name)
            where = "this page" if target.name == page else f'"{target.path}"'
            hint = did_you_mean(target.fragment, known, most=1) or "; link to the id of a heading or a note"
            message = f'no id "{target.fragment}" on {where}{hint}'
            yield Fault(page, address, target, "fragment-missing", message)


def _broken(page: str, address: str, target: Target, site: Site, *, image: bool) -> Fault:
    suffix = posixpath.splitext(target.path)[1].lower()
    noun = "image" if image else "page" if suffix in _PAGES else "file"
    leads = "" if address.startswith(target.path) or "://" in address else f' (written "{address}")'
    hint = site.targets.suggest(target) or f"; {_REMEDY[image]}"
    message = f'no {noun} "{target.path}"{leads}{hint}'
    return Fault(page, address, target, "image-missing" if image else "link-broken", message)


def _withheld(target: Target, page: str, site: Site) -> Withheld | None:
    if page in site.private and target.name:
        return None
    return next((site.withheld[name] for name in target.names if name in site.withheld), None)


def _has_place(page: str, target: Target, ids: frozenset[str], site: Site) -> bool:
    if target.name == page:
        return target.fragment in ids
    return not target.name.endswith((".html", ".htm")) or target.fragment in site.ids_of(target.name)
