"""What somebody hands to `inv cite add`: an identifier, an address, or an entry in one of the formats."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from plugins.citations.bibtex import ReadBiblatex, read_bibtex
from plugins.citations.cite.model import Refused
from plugins.citations.documents import read_json
from plugins.citations.ris import RisError, read_ris
from plugins.citations.yaml_documents import read_yaml


Format = Literal["bibtex", "ris", "json", "yaml"]

_DOI = re.compile(r"(?:(?:https?://)?(?:dx\.)?doi\.org/|(?:info:)?doi[:/]\s*)?(10\.\d{4,9}(?:\.\d+)*/\S+)", re.I)
_ISBN = re.compile(r"(?:urn:)?(?:isbn)?[\s:]*((?:97[89][ -]?)?(?:\d[ -]?){9}[\dXx])", re.I)
_ARXIV = re.compile(r"(?:(?:https?://)?arxiv\.org/(?:abs|pdf)/|arxiv:\s*)?(\d{4}\.\d{4,5})(?:v\d+)?(?:\.pdf)?", re.I)
_URL = re.compile(
    r"(?:https?://)?[\w.-]+(?:\.[^\W\d_]{2,}|(?<=localhost)|(?<=127\.0\.0\.1))(?::\d+)?(?:[/?#]\S*)?", re.I
)
_BIBTEX = re.compile(r"^\s*@\w+\s*[{(]", re.M)
_RIS = re.compile(r"^\ufeff?TY  ?- ?", re.M)
_YAML = re.compile(r"^\s*(?:-\s+)?[\w-]+:(?:\s|$)", re.M)
_LONGEST = 2_000  # signs of an identifier or an address
_LONG, _SHORT = 13, 10  # digits of an ISBN


@dataclass(frozen=True, slots=True)
class Identifier:
    kind: Literal["doi", "isbn", "url"]
    value: str


def identifier_of(text: str) -> Identifier | None:
    """Return the DOI, ISBN or address that a text is; None if it is something longer."""
    text = text.strip().strip("<>")
    if len(text) > _LONGEST:
        return None
    if found := _DOI.fullmatch(text):
        return Identifier("doi", found[1].rstrip(".,;"))
    if found := _ARXIV.fullmatch(text):  # arXiv registers a DOI for each of its papers
        return Identifier("doi", f"10.48550/arXiv.{found[1]}")
    if found := _ISBN.fullmatch(text):
        return Identifier("isbn", checked_isbn(found[1]))
    if _URL.fullmatch(text):
        return Identifier("url", text if "://" in text else f"https://{text}")
    return None


def checked_isbn(written: str) -> str:
    """Return an ISBN as its digits, or raise `Refused` if one of them is wrong."""
    digits = re.sub(r"[ -]", "", written).upper()
    numbers = [10 if digit == "X" else int(digit) for digit in digits]
    if len(digits) == _LONG:
        is_right = sum(number * (1 + 2 * (place % 2)) for place, number in enumerate(numbers)) % 10 == 0
    else:
        is_right = sum(number * (_SHORT - place) for place, number in enumerate(numbers)) % 11 == 0
    if not is_right:
        raise Refused(f'"{written}" is no ISBN: its digits do not add up; compare it with the book')
    return digits


def format_of(text: str) -> Format | None:
    """Return the format that a pasted text is in."""
    if _BIBTEX.search(text):
        return "bibtex"
    if _RIS.search(text):
        return "ris"
    if text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        return "json"
    return "yaml" if _YAML.search(text) else None


def items_in(text: str, read_biblatex: ReadBiblatex) -> list[dict[str, Any]]:
    """Return the items of a pasted text, as they stand there, or raise `Refused` with what is wrong with it."""
    found = format_of(text)
    if found is None:
        shown = " ".join(text.split())[:60]
        raise Refused(f'"{shown}" is no DOI, ISBN or address, and no entry in BibTeX, RIS, CSL-JSON or CSL-YAML')
    items = _READERS[found](text, read_biblatex)
    sound = [item for item in items if isinstance(item, dict)]
    if not sound:
        raise Refused("no item is in this text")
    return sound


def _bibtex(text: str, read_biblatex: ReadBiblatex) -> list[Any]:
    return _read(lambda report: [item for item, _ in read_bibtex(text, report, read_biblatex)])


def _ris(text: str, _: ReadBiblatex) -> list[Any]:
    try:
        return list(read_ris(text))
    except RisError as error:
        raise Refused(f"this RIS cannot be read: {error}") from None


def _json(text: str, _: ReadBiblatex) -> list[Any]:
    text = text.strip("\ufeff \t\r\n")
    whole = f"[{text}]" if text.startswith("{") and not _has_list(text) else text
    return _read(lambda report: [item for item, _ in read_json(whole, report)])


def _has_list(text: str) -> bool:
    """Tell whether a mapping is no item, but has items under "references"."""
    try:
        return "references" in json.loads(text) and "type" not in json.loads(text)
    except (ValueError, RecursionError, TypeError):
        return False


def _yaml(text: str, _: ReadBiblatex) -> list[Any]:
    is_item = re.match(r"\s*(?!references\s*:)[\w-]+\s*:", text)
    lines = text.strip("\r\n").splitlines()
    whole = "- " + "\n  ".join(lines) if is_item else text
    return _read(lambda report: [item for item, _ in read_yaml(whole, report)])


_READERS: dict[Format, Callable[[str, ReadBiblatex], list[Any]]] = {
    "bibtex": _bibtex,
    "ris": _ris,
    "json": _json,
    "yaml": _yaml,
}


def _read(read: Callable[[Callable[[int, str, str], None]], list[Any]]) -> list[Any]:
    """Read, and refuse the whole if something in it is broken: half an entry is no clean item."""
    faults: list[str] = []
    items = read(lambda line, _, message: faults.append(f"line {line}: {message}"))
    if faults:
        raise Refused(f"the entry is broken: {'; '.join(faults)}")
    return items
