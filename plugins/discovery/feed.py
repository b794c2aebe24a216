"""Mend what Pelican puts into a feed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from plugins.discovery.addresses import absolutise


_HTML = ("description", "content")
# What XML 1.0 cannot hold; a feed with one such character is no feed.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def mended(item: Mapping[str, Any], authors: str) -> dict[str, Any]:
    """Return the fields of an entry with absolute addresses, all its authors, and nothing XML cannot hold."""
    fields = {name: sound(value) for name, value in item.items()}
    for name in _HTML:
        if fields.get(name):
            fields[name] = absolutise(fields[name], fields["link"])
    return {**fields, "author_name": sound(authors) or None}


def sound(value: Any) -> Any:
    """Return text, or a list of texts, without the characters that XML cannot hold; anything else as it is."""
    if isinstance(value, list | tuple):
        return [sound(one) for one in value]
    return _FORBIDDEN.sub("", value) if isinstance(value, str) else value
