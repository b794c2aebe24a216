"""Ask the registers: doi.org for a DOI, Open Library for an ISBN, the page itself for an address."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from plugins.citations.cite.cleaning import cleaned
from plugins.citations.cite.model import Answer, Fetch, NotFoundError, Refused, Request
from plugins.citations.cite.page import item_of_page
from plugins.citations.cite.pasted import Identifier
from plugins.citations.own_item import name_of


CSL = "application/vnd.citationstyles.csl+json"
_HTML = "text/html, application/xhtml+xml;q=0.9"
_PAGES = frozenset(("text/html", "application/xhtml+xml", "application/xml", "text/xml"))
_MOST_PAGE = 8_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Services:
    """The addresses that the registers are asked at."""

    doi: str
    isbn: str


def looked_up(identifier: Identifier, services: Services, fetch: Fetch) -> dict[str, Any]:
    """Return the item that an identifier names, without a key, or raise `Refused`."""
    try:
        match identifier.kind:
            case "doi":
                return of_doi(identifier.value, services, fetch)
            case "isbn":
                return of_isbn(identifier.value, services, fetch)
            case _:
                return of_page(identifier.value, fetch)
    except NotFoundError:
        where = {"doi": services.doi, "isbn": services.isbn}.get(identifier.kind, identifier.value)
        name = (
            "nothing is" if identifier.kind == "url" else f'no {identifier.kind.upper()} "{identifier.value}" is known'
        )
        raise Refused(f"{name} at {urlsplit(where).netloc}; check it, or paste an entry instead") from None


def of_doi(doi: str, services: Services, fetch: Fetch) -> dict[str, Any]:
    """Ask for CSL-JSON by content negotiation, which every agency of DOIs answers."""
    answer = fetch(Request(f"{services.doi.rstrip('/')}/{quote(doi, safe='/:;()._-')}", CSL))
    item = cleaned(_mapping(answer))
    if "doi.org/" in item.get("URL", ""):  # the DOI says the same
        del item["URL"]
    return {**item, "DOI": doi}


def of_isbn(isbn: str, services: Services, fetch: Fetch) -> dict[str, Any]:
    """Ask the Books API of Open Library."""
    query = f"api/books?bibkeys=ISBN:{isbn}&format=json&jscmd=data"
    book = _mapping(fetch(Request(f"{services.isbn.rstrip('/')}/{query}", "application/json"))).get(f"ISBN:{isbn}")
    if not isinstance(book, Mapping):
        raise NotFoundError
    title = ": ".join(filter(None, (_text(book.get("title")), _text(book.get("subtitle")))))
    return cleaned(
        {
            "type": "book",
            "title": title,
            "author": [name_of(name) for name in _named(book.get("authors"))],
            "publisher": next(iter(_named(book.get("publishers"))), ""),
            "publisher-place": next(iter(_named(book.get("publish_places"))), ""),
            "issued": _text(book.get("publish_date")),
            "ISBN": isbn,
        }
    )


def of_page(url: str, fetch: Fetch) -> dict[str, Any]:
    answer = fetch(Request(url, _HTML, _MOST_PAGE))
    if answer.kind and answer.kind not in _PAGES:
        raise Refused(f"{answer.url} is no page but {answer.kind}; give the page that leads to it, or paste an entry")
    item = cleaned(item_of_page(answer))
    if not item.get("title"):
        raise Refused(f"the page at {answer.url} does not say what it is called; paste an entry instead")
    return item


def _mapping(answer: Answer) -> Mapping[str, Any]:
    try:
        found = json.loads(answer.data)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        host = urlsplit(answer.url).netloc
        raise Refused(f"{host} answered with something other than an entry; try again later, or paste one")
    return found


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _named(value: Any) -> list[str]:
    """Return the names in a list of mappings with a name."""
    items = value if isinstance(value, list) else []
    return [name for item in items if isinstance(item, dict) and (name := _text(item.get("name")))]
