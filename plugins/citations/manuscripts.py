"""Write a page's citations as the document that pandoc would make of them.

Pandoc reads a whole document faster than its script puts one together, and a work's fields need be read only once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from plugins.citations.model import Item


Ask = Callable[[Mapping[str, Any]], Mapping[str, Any]]

_PLAIN = re.compile(r"[A-Za-z0-9 .,:;()]*")  # what no Markdown makes anything else of
_MOST = 20_000  # works that are remembered
_AFRESH = {"t": "Header", "c": [1, ["", ["reset-citation-positions"], []], []]}


class Manuscripts:
    """Write documents, with each work as pandoc read it once."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._version: list[int] = []
        # By identity, with the item, so that no other can get its number.
        self._works: dict[int, tuple[Item, str]] = {}

    def written(self, asked: Mapping[str, Any], items: Sequence[Item]) -> dict[str, Any]:
        """Return what is asked with the document written out, unless a prefix or suffix may hold Markdown."""
        cited = [item for one in asked["citations"] for item in one["items"]]
        works = self._read(items) if all(map(is_plain, cited)) else None
        if works is None:
            return {**asked, "items": json.dumps(items, ensure_ascii=False)}
        meta = {
            "csl": _string(asked["style"]),
            "lang": _string(asked["locale"]),
            "link-citations": {"t": "MetaBool", "c": asked["link"]},
        }
        told = json.dumps(meta, ensure_ascii=False)[1:-1]
        blocks = json.dumps([one for cited in asked["citations"] for one in _blocks(cited)], ensure_ascii=False)
        document = (
            f'{{"pandoc-api-version":{self._version},"blocks":{blocks},'
            f'"meta":{{{told},"references":{{"t":"MetaList","c":[{",".join(works)}]}}}}}}'
        )
        places = [{"inside": citation["inside"]} for citation in asked["citations"]]
        # What stands inside a note is more than a citation, and so is what comes of it; a heading is none.
        is_whole = not any(one["inside"] or one.get("afresh") for one in asked["citations"])
        return {"task": asked["task"], "document": document, "citations": places, "whole": is_whole}

    def _read(self, items: Sequence[Item]) -> list[str] | None:
        """Return works as pandoc has them in a document; None if it has others."""
        new = [item for item in items if id(item) not in self._works]
        if len(self._works) + len(new) > _MOST:
            self._works.clear()
            new = list(items)
        if new:
            read = self._ask({"task": "references", "items": json.dumps(new, ensure_ascii=False)})
            document = json.loads(read["document"])
            works = document["meta"]["references"]["c"]
            if [work["c"]["id"]["c"] for work in works] != [item["id"] for item in new]:
                return None
            self._version = document["pandoc-api-version"]
            told = (json.dumps(work, ensure_ascii=False) for work in works)
            self._works |= {id(item): (item, work) for item, work in zip(new, told, strict=True)}
        return [self._works[id(item)][1] for item in items]


def is_plain(item: Mapping[str, Any]) -> bool:
    """Tell whether what stands before and behind a key means to Markdown what it is."""
    return bool(_PLAIN.fullmatch(item["prefix"]) and _PLAIN.fullmatch(item["suffix"]))


def _string(text: str) -> dict[str, Any]:
    return {"t": "MetaString", "c": text}


def _blocks(citation: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return a citation's paragraph, and a heading before it if no work counts as cited before it."""
    return [_AFRESH, _block(citation)] if citation.get("afresh") else [_block(citation)]


def _block(citation: Mapping[str, Any]) -> dict[str, Any]:
    """Return a paragraph with a citation, or one in a note that is more than it."""
    items = [_cited(item, citation["note"]) for item in citation["items"]]
    cite = {"t": "Cite", "c": [items, []]}
    if not citation["inside"]:
        return _para(cite)
    return _para({"t": "Note", "c": [_para(_str("x"), {"t": "Space"}, cite, _str("."))]})


def _cited(item: Mapping[str, Any], note: int) -> dict[str, Any]:
    place = [_str(f"{{{item['locator']}}}")] if "locator" in item else []
    return {
        "citationId": item["id"],
        "citationPrefix": _inlines(item["prefix"]),
        "citationSuffix": [*place, *_inlines(item["suffix"])],
        "citationMode": {"t": item["mode"]},
        "citationNoteNum": note,
        "citationHash": 0,
    }


def _inlines(text: str) -> list[dict[str, Any]]:
    return [_str(part) if part.strip() else {"t": "Space"} for part in re.split("( +)", text) if part]


def _str(text: str) -> dict[str, Any]:
    return {"t": "Str", "c": text}


def _para(*inlines: Mapping[str, Any]) -> dict[str, Any]:
    return {"t": "Para", "c": list(inlines)}
