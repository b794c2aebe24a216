"""Make the addresses in HTML absolute, for a reader who is elsewhere."""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin, urlsplit

from plugins.shared import html


_IDS = {"id", "headers", "aria-describedby"}
_HINTS, _CHOICES = {"loading", "decoding"}, {"srcset", "sizes"}
_ATTRIBUTES = ("href", "src", "poster", "cite", "data")
# A candidate ends with its commas, or with a descriptor up to the next comma.
_CANDIDATE = re.compile(r"[\s,]*(\S*[^\s,])(?:,+(?=\s|$)|\s*([^,]*)(?:,|$))")
_SAFE = "/%:=&?~#+!$,;'@()*[]"


def is_whole(address: str) -> bool:
    """Tell whether a site's address is one that can be followed from anywhere."""
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


def encoded(address: str) -> str:
    """Return an address of ASCII letters only, as XML formats and HTTP want it."""
    return quote(address, safe=_SAFE)


def absolutise(fragment: str, base: str) -> str:
    """Return the HTML with every address absolute. `base` is the page's; `#part` becomes `base#part`.

    Ids go, as nothing leads to them any more: several texts of a feed may be shown on one page. Of a picture, the image
    for every reader is left: how wide it will be shown nobody knows.
    """
    root = html.parse(fragment)
    _choose_pictures(root)
    for element in root.iter("*"):
        for name in _IDS & set(element.attrib):
            del element.attrib[name]
        for name in _ATTRIBUTES:
            if element.get(name) is not None:
                element.set(name, joined(base, element.get(name)))
        if element.get("srcset") is not None:
            element.set("srcset", _candidates(element.get("srcset"), base))
    return html.serialise(root)


def _choose_pictures(root: html.Element) -> None:
    for image in root.iter("img"):
        is_one_of_many = image.getparent().tag == "picture"
        for name in (_HINTS | _CHOICES if is_one_of_many else _HINTS) & set(image.attrib):
            del image.attrib[name]
    for picture in list(root.iter("picture")):
        for source in picture.findall("source"):
            picture.remove(source)
        html.unwrap(picture)


def joined(base: str, address: str) -> str:
    """Return the address seen from `base`; one that cannot be read stays as it is."""
    try:
        return address if urlsplit(address).scheme else urljoin(base, address)
    except ValueError:
        return address


def _candidates(srcset: str, base: str) -> str:
    found = ((joined(base, match[1]), (match[2] or "").strip()) for match in _CANDIDATE.finditer(srcset))
    return ", ".join(" ".join(filter(None, candidate)) for candidate in found)
