"""Where an address of the site leads: to which file of the output, and to which place in it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import SplitResult, quote, unquote, urlsplit

from plugins.press.model import NO_LINKS, Links
from plugins.shared.suggest import did_you_mean


_INDEX = "index.html"
_WEB = {"", "http", "https"}
_USUAL_PORTS = {None, 80, 443}
_UNSEEN = re.compile(r"[\t\n\r]")  # what browsers take out of an address
_CODED = re.compile("%|:~:")
_INDEX_AT_END = re.compile(r"(?:^|(?<=/))index\.html$")
_DIRECTIVE = ":~:"  # what follows is for the browser, such as words to mark


@dataclass(frozen=True, slots=True)
class Target:
    """An address of the site.

    `path` is the address without query and fragment, from the root of the host. `names` are the files of
    the output that it may be served from, the first of them that there is being `name`; without one, it is
    empty. `fragment` is decoded.
    """

    path: str
    names: tuple[str, ...]
    name: str
    fragment: str


class Targets:
    """The files of an output, and the address of its site.

    `elsewhere` are paths that others serve, `hidden` the files that are not public.
    """

    def __init__(
        self, siteurl: str, files: Iterable[str], elsewhere: Iterable[str] = (), hidden: Iterable[str] = ()
    ) -> None:
        self.files = frozenset(files)
        self._hidden = frozenset(hidden)
        self._site = urlsplit(siteurl)
        self._prefix = self._site.path.rstrip("/")
        self._elsewhere = tuple(elsewhere)
        self._known: dict[str, Target | None] = {}

    def follow(self, address: str, page: str) -> Target | None:
        """Return where an address in a file of the output leads, or None if that is no place of this site."""
        if not address.startswith("/") and ":" not in address:  # it depends on the page
            return self._follow(address, page)
        if address not in self._known:
            self._known[address] = None if self._is_elsewhere(address) else self._follow(address, page)
        return self._known[address]

    def _is_elsewhere(self, address: str) -> bool:
        """Tell whether an address cannot be of this site, as most are that name a host: it does not name ours."""
        host = self._site.hostname
        is_full = address.startswith(("https://", "http://")) and not _UNSEEN.search(address)
        return bool(is_full and host and host not in address.lower())

    def _follow(self, address: str, page: str) -> Target | None:
        try:
            parts = urlsplit(_UNSEEN.sub("", address.strip()))
            path = self._path(parts, page)
        except ValueError:  # what is no address leads nowhere
            return None
        if path is None or (self._elsewhere and path.startswith(self._elsewhere)):
            return None
        names = self._names(path)
        name = next((name for name in names if name in self.files), "")
        return Target(path, names, name, unquote(parts.fragment.partition(_DIRECTIVE)[0]))

    def doubtful(self, links: Links, page: str) -> Links:
        """Return those links of a page that do not simply lead to a file of this output, or to a place in the page.

        The ids of the page are with them only if there are any.
        """
        addresses = frozenset(address for address in links.addresses if self._is_doubtful(address, page, links.ids))
        images = frozenset(address for address in links.images if self._is_doubtful(address, page, links.ids))
        if addresses or images:
            return Links(addresses, images, links.ids, links.undrawn)
        return Links(undrawn=links.undrawn) if links.undrawn else NO_LINKS

    def _is_doubtful(self, address: str, page: str, ids: frozenset[str]) -> bool:
        if address.startswith("#") and page in self.files and address[1:] in ids and not _CODED.search(address):
            return False
        target = self.follow(address, page)
        if target is None or (target.name and not target.fragment and target.name not in self._hidden):
            return False
        return target.name != page or target.fragment not in ids

    def suggest(self, target: Target) -> str:
        """Return `; did you mean "…"?` for an address that leads nowhere, or an empty string."""
        below = unquote(target.path.removeprefix(f"{self._prefix}/"))
        whole = below if below in self._addresses else f"{below.strip('/')}/"
        if whole in self._addresses and self._address(whole) != target.path:
            return f'; did you mean "{self._address(whole)}"?'
        wrong, end = below.rstrip("/"), posixpath.basename(below.rstrip("/"))
        while (folder := posixpath.dirname(wrong)) not in self._children and folder != wrong:
            wrong = folder
        if folder not in self._children:  # it begins with several slashes
            return self._ending_alike(end)
        before, rest = f"{folder}/" if folder else "", below[len(wrong) :].lstrip("/")
        known = [child + rest for child in self._children[folder] if before + child + rest in self._addresses]
        known = [name for name in known if self._address(before + name) != target.path]  # a "%" in it leads elsewhere
        near = did_you_mean(below[len(before) :], known, most=1, before=self._address(before))
        return near or self._ending_alike(end)

    def _path(self, parts: SplitResult, page: str) -> str | None:
        if parts.scheme not in _WEB:
            return None
        if parts.netloc:
            return parts.path or "/" if self._is_ours(parts) else None
        if parts.scheme:
            return None
        if not parts.path:
            return self._address(quote(_INDEX_AT_END.sub("", page)))
        if parts.path.startswith("/"):
            return _without_dots(parts.path)
        return _without_dots(posixpath.join(self._address(quote(posixpath.dirname(page))), parts.path))

    def _is_ours(self, parts: SplitResult) -> bool:
        """Tell whether an address with a host is below that of the site; others may live beside it."""
        return _host(parts) == _host(self._site) and f"{parts.path}/".startswith(f"{self._prefix}/")

    def _names(self, path: str) -> tuple[str, ...]:
        if not f"{path}/".startswith(f"{self._prefix}/"):
            return ()
        below = unquote(path[len(self._prefix) :]).lstrip("/")
        if not below or below.endswith("/"):
            return (below + _INDEX,)
        return (below, f"{below}/{_INDEX}")  # the host leads on to the address with a slash

    def _address(self, below: str) -> str:
        return f"{self._prefix}/{below}"

    @cached_property
    def _addresses(self) -> frozenset[str]:
        """What may be linked to, from the root of the site."""
        return frozenset(_INDEX_AT_END.sub("", name) for name in self.files)

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        children: dict[str, set[str]] = {"": set()}
        for address in self._addresses:
            folder = ""
            for part in re.findall(r"[^/]+/?", address):
                children[folder].add(part)
                folder = f"{folder}/{part}".strip("/")
                children.setdefault(folder, set())
        return {folder: sorted(parts) for folder, parts in children.items()}

    @cached_property
    def _by_last(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for address in sorted(self._addresses):
            found.setdefault(posixpath.basename(address.rstrip("/")), []).append(address)
        return found

    def _ending_alike(self, last: str) -> str:
        """Suggest the addresses of the site that end in the same words, if they are few."""
        found = self._by_last.get(last, []) if last else []
        named = " or ".join(f'"{self._address(address)}"' for address in found)
        return f"; did you mean {named}?" if len(found) in {1, 2} else ""


def _host(parts: SplitResult) -> tuple[str | None, int | None]:
    return parts.hostname, None if parts.port in _USUAL_PORTS else parts.port


def _without_dots(path: str) -> str:
    """Resolve `.` and `..` as browsers do; a folder keeps its slash."""
    is_folder = path.rpartition("/")[2] in {"", ".", ".."}
    normal = "/" + posixpath.normpath(path).lstrip("/")
    return f"{normal.rstrip('/')}/" if is_folder else normal
