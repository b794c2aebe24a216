"""Check the value of one key. Each function takes an entry and returns plain data, or raises `Invalid`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote

from plugins.essays import dates
from plugins.essays.addresses import path_fault, slug_fault
from plugins.essays.decoding import CONTROL
from plugins.essays.model import Entry
from plugins.shared.suggest import did_you_mean


Check = Callable[[Entry], Any]
STATUSES = ("published", "draft", "hidden")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{3}){0,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?(-[A-Za-z0-9]{4,8})*")
_MAX_LANGUAGE = 64  # characters: it is a part of addresses
_ODD = {
    "?": "which ends an address; leave it out",
    "#": "which ends an address; leave it out",
    "%": "which begins a letter in code; write the letter itself, or leave it out",
    " ": 'which an address cannot have; write "-"',
}
_TRUTH = {"true": True, "yes": True, "false": False, "no": False}


class Invalid(Exception):  # noqa: N818 - it is a message to the author, no error of the program
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def text(entry: Entry) -> str:
    """Return plain text of one line."""
    return _text(entry.value, entry.key)


def prose(entry: Entry) -> str:
    """Return text that may be longer than a line."""
    _text(entry.value, entry.key)
    return str(entry.value).strip()


def names(entry: Entry) -> list[str]:
    """Return a list of names; text is split as Pelican splits it: at semicolons, or else at commas."""
    value = entry.value
    if isinstance(value, str):
        value = value.split(";" if ";" in value else ",")
        value = [part for part in value if part.strip()]
    if not isinstance(value, list):
        raise Invalid("value-type", f"{entry.key} is a list, as in [one, two]{_shown(value)}")
    return list(dict.fromkeys(_text(item, f"an item of {entry.key}") for item in value))


def one_name(entry: Entry) -> list[str]:
    return names(entry) if isinstance(entry.value, list) else [text(entry)]


def date(entry: Entry) -> str:
    example = "2016-12-20 or 2016-12-20T09:30:00+08:00"
    if entry.value is not None and not isinstance(entry.value, str):
        raise Invalid("value-type", f"{entry.key} is one date{_shown(entry.value)}; write it as {example}")
    written = text(entry)
    moment = dates.parse(written)
    if moment is None and dates.is_far(written):
        raise Invalid("date-invalid", f'"{written}" is too far off; {entry.key} is a day of the years 1000 to 9998')
    if moment is None:
        raise Invalid("date-invalid", f'"{written}" is not a full date of the calendar; write {entry.key} as {example}')
    return moment.isoformat()


def truth(entry: Entry) -> bool:
    written = text(entry)
    if written.casefold() not in _TRUTH:
        raise Invalid("value-type", f'{entry.key} is true or false, not "{written}"')
    return _TRUTH[written.casefold()]


def status(entry: Entry) -> str:
    written = text(entry).casefold()
    if written not in STATUSES:
        known = ", ".join(f'"{name}"' for name in STATUSES)
        raise Invalid(
            "status-unknown", f'no status "{written}"{did_you_mean(written, STATUSES) or f"; one of {known}"}'
        )
    return written


def is_language(tag: str) -> bool:
    return len(tag) <= _MAX_LANGUAGE and bool(_LANGUAGE.fullmatch(tag))


def language(entry: Entry) -> str:
    """Return a language tag in lower case, as Pelican compares them."""
    written = text(entry)
    if not is_language(written):
        raise Invalid("lang-invalid", f'"{written}" is no language tag; write one such as "en", "de-CH" or "zh-Hans"')
    return written.lower()


def slug(entry: Entry) -> str:
    written = text(entry) if entry.value is not None else ""
    if fault := slug_fault(written):
        raise Invalid("slug-invalid", fault)
    return written


def output_file(entry: Entry) -> str:
    written = output_address(entry)
    if "." not in written.rpartition("/")[2].strip("."):
        raise Invalid(
            "address-outside", f'{entry.key}: "{written}" names no file; write one such as "about/index.html"'
        )
    return written


def output_address(entry: Entry) -> str:
    return _address(text(entry), entry.key, _ODD)


def page_address(entry: Entry) -> str:
    """Return an address that every host serves: some add the suffix of a file, and most do not."""
    written = output_address(entry)
    end = written.rpartition("/")[2]
    if end and "." not in end:
        message = f'{entry.key}: "{written}" leads to no file; write "{written}/" or "{written}.html"'
        raise Invalid("address-outside", message)
    return written


def aliases(entry: Entry) -> list[str]:
    """Return old addresses, each from the root of the site without its first slash, and as hosts decode it."""
    found = [unquote(name).removeprefix("/") for name in one_name(entry)]
    return [_address(name, entry.key, "?#") for name in found]


def series(entry: Entry) -> dict[str, str]:
    """Return the name of a series, and which part of it the essay is, if it says so."""
    if not isinstance(entry.value, dict):
        return {"name": text(entry)}
    found = _mapping(entry.value, entry.key, required=("name",), optional=("part",))
    if not re.fullmatch(r"[1-9][0-9]{0,3}", found.get("part", "1")):
        raise Invalid("value-type", f'part of {entry.key} is a number from 1, not "{found["part"]}"')
    return found


def template(entry: Entry) -> str:
    written = text(entry)
    if not re.fullmatch(r"\w[\w-]*(/\w[\w-]*)*", written):
        raise Invalid("template-invalid", f'"{written}" is no name of a template; write one such as "article"')
    return written


def image(entry: Entry) -> dict[str, str]:
    found = _mapping(entry.value, entry.key, required=("src",), optional=("alt", "caption", "credit"))
    if not found.get("alt"):
        raise Invalid("image-alt", f'the image "{found["src"]}" has no alt; say in words what it shows')
    if fault := path_fault(found["src"].removeprefix("/")):
        raise Invalid("image-src", f'image: {fault}; name a file of content/, such as "images/map.png"')
    return {**found, "src": found["src"].removeprefix("/")}


def references(entry: Entry) -> list[dict[str, Any]]:
    """Return CSL items: mappings, each with an id. What they hold is checked by who formats them."""
    items = entry.data if isinstance(entry.data, list) else None
    if items is None or not all(isinstance(item, dict) for item in items):
        raise Invalid("references-invalid", f"{entry.key} is a list of CSL items, each with an id and a type")
    for item in items:
        if not isinstance(item.get("id"), str | int) or isinstance(item.get("id"), bool) or not str(item["id"]).strip():
            raise Invalid("references-invalid", f'an item of {entry.key} has no id; write "id: smith2020"')
    return [{**item, "id": str(item["id"])} for item in items]


def corrections(entry: Entry) -> list[dict[str, str]]:
    if not isinstance(entry.value, list):
        raise Invalid("corrections-invalid", f"{entry.key} is a list, each item with date and text")
    return [_correction(item, entry) for item in entry.value]


def anything(entry: Entry) -> Any:
    return entry.data


def _correction(item: Any, entry: Entry) -> dict[str, str]:
    found = _mapping(item, f"an item of {entry.key}", required=("date", "text"), optional=("was", "now"))
    return {**found, "date": date(Entry("date", entry.line, found["date"], None))}


def _address(written: str, key: str, unfit: Iterable[str]) -> str:
    if fault := path_fault(written):
        raise Invalid("address-outside", f"{key}: {fault}")
    if odd := next((sign for sign in written if sign in set(unfit)), None):
        raise Invalid("address-outside", f'{key}: "{written}" holds "{odd}", {_ODD[odd]}')
    return written


def _mapping(value: Any, name: str, *, required: Iterable[str], optional: Iterable[str]) -> dict[str, str]:
    known = (*required, *optional)
    if not isinstance(value, dict):
        raise Invalid("value-type", f"{name} is a mapping of {', '.join(known)}{_shown(value)}")
    lowered = {str(key).casefold(): item for key, item in value.items()}
    for key in lowered:
        if key not in known:
            raise Invalid("key-unknown", f'{name} has no key "{key}"{did_you_mean(key, known) or _one_of(known)}')
    for key in required:
        if lowered.get(key) is None:
            raise Invalid("value-missing", f"{name} has no {key}; write one")
    return {key: _text(item, f"{key} of {name}") for key, item in lowered.items() if item is not None}


def _one_of(known: Iterable[str]) -> str:
    return "; its keys are " + ", ".join(known)


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str | None):
        raise Invalid("value-type", f"{name} is text{_shown(value)}")
    if control := CONTROL.search(value or ""):
        raise Invalid("text-control", f"{name} holds the control character U+{ord(control[0]):04X}; delete it")
    folded = " ".join((value or "").split())
    if value is None or all(unicodedata.category(char)[0] in "CZ" for char in folded):  # nothing that anybody sees
        # What an essay must have cannot be left out.
        hint = "write it" if name.casefold() in {"title", "date"} else "write something, or leave the key out"
        raise Invalid("value-missing", f"{name} is empty; {hint}")
    return folded


def _shown(value: Any) -> str:
    kinds: dict[type, str] = {list: "a list", dict: "a mapping", str: f'"{value}"'}
    return f", not {kinds[type(value)]}" if type(value) in kinds else ""
