"""Read the facts of a site from what its owner typed."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from plugins.masthead.model import Facts, Licence, Refused
from plugins.shared.suggest import did_you_mean


_CC = "https://creativecommons.org"
LICENCES = {
    "CC BY 4.0": Licence("CC BY 4.0", f"{_CC}/licenses/by/4.0/"),
    "CC BY-SA 4.0": Licence("CC BY-SA 4.0", f"{_CC}/licenses/by-sa/4.0/"),
    "CC BY-NC 4.0": Licence("CC BY-NC 4.0", f"{_CC}/licenses/by-nc/4.0/"),
    "CC BY-ND 4.0": Licence("CC BY-ND 4.0", f"{_CC}/licenses/by-nd/4.0/"),
    "CC BY-NC-SA 4.0": Licence("CC BY-NC-SA 4.0", f"{_CC}/licenses/by-nc-sa/4.0/"),
    "CC BY-NC-ND 4.0": Licence("CC BY-NC-ND 4.0", f"{_CC}/licenses/by-nc-nd/4.0/"),
    "CC0 1.0": Licence("CC0 1.0", f"{_CC}/publicdomain/zero/1.0/"),
    "none": Licence(),
}

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_HOST = re.compile(r"(?!-)[\w-]+(\.[\w-]+)*(:\d+)?", re.ASCII)
_PATH = re.compile(r"(/[\w.~-]+)*", re.ASCII)


def facts_of(name: str, address: str, author: str, licence: str) -> Facts:
    return Facts(text_of("name", name), address_of(address), text_of("author", author), licence_of(licence))


def text_of(what: str, typed: str) -> str:
    """Return one printable line without markup: it stands in titles, feeds and metadata."""
    text = " ".join(typed.split())
    if not text:
        raise Refused(f"the {what} is missing; give it as --{what}")
    if _UNPRINTABLE.search(text) or set("<>") & set(text):
        raise Refused(f'the {what} "{ascii(text)[1:-1]}" holds "<", ">" or a control character; write it without')
    return text


def address_of(typed: str) -> str:
    """Return a whole address without a slash at its end, as SITEURL wants it."""
    text = typed.strip().rstrip("/")
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    rebuilt = f"{parts.scheme}://{parts.netloc}{parts.path}"
    sound = parts.scheme in {"http", "https"} and _HOST.fullmatch(parts.netloc) and _PATH.fullmatch(parts.path)
    if not sound or rebuilt != text:
        raise Refused(f'the address "{ascii(text)[1:-1]}" is not a whole one; write it like "https://example.org"')
    return text


def licence_of(typed: str) -> Licence:
    """Return a known licence by its name in any case, or one of the owner's: `Name https://…`."""
    text = " ".join(typed.split())
    for name, licence in LICENCES.items():
        if name.casefold() == text.casefold():
            return licence
    name, _, address = text.rpartition(" ")
    if name and address.startswith(("https://", "http://")):
        return Licence(text_of("licence", name), address_of(address) + "/" * address.endswith("/"))
    known = ", ".join(LICENCES)
    hint = did_you_mean(text, LICENCES)
    raise Refused(f'no licence "{ascii(text)[1:-1]}"{hint}; known are {known}, or write "Name https://…"')
