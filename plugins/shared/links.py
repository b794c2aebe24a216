"""Pelican's links by source (`{filename}…`), found where browsers find addresses: in the attributes of tags.

Pelican looks for them in HTML as in any text, and so finds one in words of an author's, from where it may reach into
the next tag: what it writes there could end an attribute, and begin one that runs.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from typing import TypeAlias
from urllib.parse import quote, unquote


Replace: TypeAlias = Callable[[re.Match[str]], str]

_TAG = re.compile(r"""<[a-zA-Z](?:[^>"']|"[^"]*"|'[^']*')*+>""")
_ATTRIBUTE = re.compile(r"""[^\s"'=<>/]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+)""")
_USUAL = "[{|](?P<what>.*?)[|}]"  # Pelican's INTRASITE_LINK_REGEX; one of the site's own may begin with anything
_PROBE = "<x "  # the pattern wants to see a tag
_END_OF_NAME = re.compile(r"[?#]")
_NO_NAME = re.compile(r"""[\x00-\x20%#?"<>\\^`{|}\x7f]""")  # what says something else in an address, or is not allowed
_UNFIT = {ord('"'): "%22", ord("'"): "%27", ord("<"): "%3C", ord(">"): "%3E"}


def replace_links(html: str, pattern: re.Pattern[str], replace: Replace) -> str:
    """Replace the links that are the address of an attribute. `pattern` is Pelican's, for a link in its tag."""
    if not may_hold_links(html, pattern) or not pattern.search(html):
        return html

    def in_attribute(found: re.Match[str]) -> str:
        match = pattern.fullmatch(_PROBE + found[0])
        return replace(match).removeprefix(_PROBE) if match else found[0]

    return _TAG.sub(lambda tag: _ATTRIBUTE.sub(in_attribute, tag[0]), html)


def may_hold_links(html: str, pattern: re.Pattern[str]) -> bool:
    """Tell whether it is worth the time to look for links by source."""
    return _USUAL not in pattern.pattern or "{" in html or "|" in html


def contained(address: str) -> str:
    """Return an address that ends no attribute, however it is quoted: a slug or a file's name may hold a quote."""
    return address.translate(_UNFIT)


def files_meant(written: str, folder: str) -> list[tuple[str, str]]:
    """Return the files that a link by source may mean: each from `content/` on, and what is behind its name.

    `folder` is that of the source below `content/`. A file that is called `50%.png` or `a#b.png` may be written as it
    is called or as an address has it: the name as it stands goes before what a `%`, `#` or `?` in it might say.
    """
    end = _END_OF_NAME.search(written)
    path, rest = (written[: end.start()], written[end.start() :]) if end else (written, "")
    names = dict.fromkeys([(written, ""), (path, rest), (unquote(path), rest)])
    return [(_from_content(name, folder), rest) for name, rest in names]


def address_of(name: str) -> str:
    """Return the address that leads to a file of this name; letters of any script stay as they are."""
    return _NO_NAME.sub(lambda sign: quote(sign[0], safe=""), name)


def _from_content(path: str, folder: str) -> str:
    return posixpath.normpath(path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path))
