"""References as files: what readers take into a reference manager of their own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import quote

from plugins.citations.bibtex_out import UNFIT, bibtex
from plugins.citations.items import OWN, formattable
from plugins.citations.model import ExportFile, Item
from plugins.citations.once import Once
from plugins.citations.ris import ris


#: What the files are called of what a text cites, and of the text itself.
REFERENCES, OWN_ITEM = "references", "cite"
_INDEX = "index.html"


def csl_json(items: Iterable[Item]) -> str:
    """Return the items as CSL-JSON. Fields that are ours go where CSL lets programs put theirs: under "custom"."""
    return json.dumps([_with_custom(item) for item in items], ensure_ascii=False, indent=2) + "\n"


def _with_custom(item: Item) -> dict[str, Any]:
    own = {name: item[name] for name in sorted(OWN & item.keys())}
    shown = {name: value for name, value in formattable(item).items() if name != "custom"}
    return {**shown, **({"custom": own} if own else {})}


#: The ending of a file -> how items are written to it. Items are a library's, sound or not.
FORMATS: Mapping[str, Callable[[Iterable[Item]], str]] = {
    "bib": lambda items: bibtex(map(formattable, items)),
    "ris": lambda items: ris(map(formattable, items)),
    "json": csl_json,
}
# How a file is put together of what single items are written as.
_JOINED: Mapping[str, Callable[[list[str]], str]] = {
    "bib": "\n".join,
    "ris": "".join,
    "json": lambda parts: "[\n" + ",\n".join(part[2:-3] for part in parts) + "\n]\n" if parts else "[]\n",
}
#: What a server should call each.
MEDIA_TYPES: Mapping[str, str] = {
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "json": "application/vnd.citationstyles.csl+json",
}
#: And what readers call it.
LABELS: Mapping[str, str] = {"bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON"}


class Shelf:
    """Items as they are written, each once: many texts cite the same works."""

    def __init__(self) -> None:
        self._written = {ending: Once(partial(_alone, write)) for ending, write in FORMATS.items()}

    def written(self, ending: str, items: Sequence[Item]) -> str:
        """Return what `FORMATS` makes of items."""
        if any(UNFIT.search(str(item["id"])) for item in items):  # one that is written otherwise may be another's
            return FORMATS[ending](items)
        return _JOINED[ending](list(map(self._written[ending], items)))


def _alone(write: Callable[[Iterable[Item]], str], item: Item) -> str:
    return write([item])


def name_beside(page: str, stem: str, ending: str) -> str:
    """Return where a file of a page goes: into the folder that the page has for itself, or beside it under its name."""
    folder, _, file = page.rpartition("/")
    if folder and file == _INDEX:
        return f"{folder}/{stem}.{ending}"
    return f"{page.removesuffix('.html')}.{stem}.{ending}"


def files_beside(page: str, stem: str) -> tuple[ExportFile, ...]:
    """Return the files of a page, one in each format, with their addresses below the site's root."""
    names = ((ending, name_beside(page, stem, ending)) for ending in FORMATS)
    return tuple(ExportFile(LABELS[ending], MEDIA_TYPES[ending], quote(name)) for ending, name in names)


def merged(cited: Mapping[str, Item], own: Iterable[tuple[str, Item]]) -> list[Item]:
    """Return works by key: those of the site, and those of single texts, given with the text's name.

    A key that another work has already gets the name of the text.
    """
    found = dict(cited)
    for name, item in own:
        key = str(item["id"])
        if found.setdefault(key, item) != item:
            found[f"{key}-{name}"] = {**item, "id": f"{key}-{name}"}
    return [found[key] for key in sorted(found)]
