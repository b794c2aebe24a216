"""Check front matter as a whole: the closed set of keys, what is required, what follows from the file's name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plugins.essays import fields
from plugins.essays.addresses import address_of, file_of, name_fault, slug_of
from plugins.essays.faults import Faults
from plugins.essays.fields import Check, Invalid
from plugins.essays.front_matter import normal
from plugins.essays.model import Entry, Kind
from plugins.shared.suggest import did_you_mean


# Key as an author writes it -> how its value is checked.
KEYS: dict[str, Check] = {
    "title": fields.text,
    "subtitle": fields.text,
    "date": fields.date,
    "modified": fields.date,
    "slug": fields.slug,
    "author": fields.one_name,
    "authors": fields.names,
    "tags": fields.names,
    "category": fields.text,
    "summary": fields.prose,
    "status": fields.status,
    "lang": fields.language,
    "translation": fields.truth,
    "image": fields.image,
    "references": fields.references,
    "citation-style": fields.text,
    "corrections": fields.corrections,
    "series": fields.series,
    "featured": fields.truth,
    "license": fields.text,
    "aliases": fields.aliases,
    "template": fields.template,
    "save_as": fields.output_file,
    "url": fields.page_address,
}
REQUIRED: dict[Kind, dict[str, str]] = {
    "essay": {"title": "title: What the essay is called", "date": "date: 2016-12-20"},
    "page": {"title": "title: What the page is called"},
}
_NAMES = {normal(key): key for key in KEYS}
# An empty status may have been meant to say "draft".
_EMPTY_MEANS_ABSENT = frozenset(KEYS) - {"title", "date", "slug", "status"}


def check(
    entries: Sequence[Entry], *, kind: Kind, stem: str, extra_keys: Sequence[str], faults: Faults
) -> dict[str, Any]:
    """Return the metadata that is sound, by key as in `KEYS`; `stem` is the file's name without its suffix."""
    names = {normal(key): key for key in extra_keys} | _NAMES
    found: dict[str, Any] = {}
    for entry in entries:
        name = names.get(normal(entry.key))
        if name is None:
            suggestion = (
                did_you_mean(entry.key.casefold(), names.values()) or "; a key of your own goes in ESSAY_EXTRA_KEYS"
            )
            faults.add(entry.line, "key-unknown", f'no key "{entry.key}"{suggestion}')
        elif entry.value is not None or name not in _EMPTY_MEANS_ABSENT:
            _take(entry, name, found, faults)
    _require(entries, kind, faults)
    _settle_authors(entries, found, faults)
    _settle_series(found)
    _default_slug(entries, stem, found, faults)
    _settle_address(entries, found, faults)
    found["lines"] = {names[normal(entry.key)]: entry.line for entry in entries if normal(entry.key) in names}
    found["lines"].setdefault("authors", found["lines"].get("author", 1))
    return found


def _take(entry: Entry, name: str, found: dict[str, Any], faults: Faults) -> None:
    try:
        found[name] = KEYS.get(name, fields.anything)(entry)
    except Invalid as error:
        faults.add(entry.line, error.code, str(error))


def _require(entries: Sequence[Entry], kind: Kind, faults: Faults) -> None:
    written = {normal(entry.key) for entry in entries}
    for key, example in REQUIRED[kind].items():
        if key not in written:
            faults.add(1, f"{key}-missing", f'the front matter has no {key}; write "{example}"')


def _settle_authors(entries: Sequence[Entry], found: dict[str, Any], faults: Faults) -> None:
    single = found.pop("author", None)
    if single and "authors" in found:
        line = next(entry.line for entry in entries if normal(entry.key) == "author")
        faults.add(line, "key-duplicate", '"author" and "authors" both say who wrote this; keep one')
    elif single:
        found["authors"] = single


def _settle_series(found: dict[str, Any]) -> None:
    if series := found.get("series"):
        found["series"] = series["name"]
        found |= {"series_part": int(series["part"])} if "part" in series else {}


def _settle_address(entries: Sequence[Entry], found: dict[str, Any], faults: Faults) -> None:
    """Complete `save_as` or `url` with the other, so that links find the file."""
    file, address = found.get("save_as"), found.get("url")
    if file is not None and address is None:
        found["url"] = address_of(file)
    elif address is not None and file is None:
        found["save_as"] = file_of(address)
    elif file is not None and address not in (file, address_of(file)):
        line = next(entry.line for entry in entries if normal(entry.key) == "url")
        message = f'url "{address}" does not lead to save_as "{file}"; leave one of them out'
        faults.add(line, "address-mismatch", message)


def _default_slug(entries: Sequence[Entry], stem: str, found: dict[str, Any], faults: Faults) -> None:
    if any(normal(entry.key) == "slug" for entry in entries):
        return
    found["slug"] = slug_of(stem)
    if not found["slug"]:
        faults.add(1, "slug-invalid", f'no slug can be made of the file name "{stem}"; write "slug: some-words"')
    elif fault := name_fault(found["slug"]):
        faults.add(1, "slug-invalid", fault)
