"""Find what a page would load from another host: a reader of the site is seen by nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from plugins.essays.removals import Refusal


# As sanitising writes a tag.
_LOADING = re.compile(
    r"<(?:img|audio|video|source|track|iframe|embed|object|input|script|link|image)((?: [^\s\"=<>]+=\"[^\"]*\")+)>"
)
_ADDRESS = re.compile(r' (src|poster|srcset|data|href|xlink:href)="([^"]*)"')
_UNSEEN = re.compile(r"^[\0-\x20]+|[\t\n\r]")


def loaded(html: str) -> Iterator[Refusal]:
    """Yield the addresses of sanitised HTML that a browser would ask another host for without being told to."""
    for tag in _LOADING.findall(html):
        for name, value in _ADDRESS.findall(tag):
            address = unescape(value)
            if is_foreign(address):
                yield _refusal(name, address)


def is_foreign(address: str) -> bool:
    """Tell whether an address names a host, as browsers read it."""
    plain = _UNSEEN.sub("", address).replace("\\", "/").lower()
    return plain.startswith(("//", "http:", "https:"))


def _refusal(name: str, address: str) -> Refusal:
    message = f'"{address}" is on another host, which would see every reader; copy it to content/images/'
    needles = (f'{name}="{address}', f"{name}='{address}", f"]({address}", f"](<{address}", address)
    return Refusal("image-foreign", f"{message} and write {{static}}/images/…", needles, "error")
