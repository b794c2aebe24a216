"""What we print beside what citeproc-js prints, for the sources of `sources/`.

Runs where `CITEPROC_JS` names a file `citeproc_commonjs.js` (npm package `citeproc`), `CSL_LOCALES` a folder of CSL
locales, and node is there. Both are for development only: nothing that is published comes from them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from plugins.citations import styles
from plugins.citations.adapting import adapted
from plugins.citations.clean import clean
from plugins.citations.engine import Engine
from plugins.citations.items import formattable
from plugins.citations.languages import Languages
from plugins.citations.locators import locate
from plugins.citations.model import Citation, Item, Job, PlacedCitation
from plugins.citations.parse import parse_group
from tests.citations.test_sources import FILES, HERE, sources, words
from tests.fixtures import read_fixture_file


JS, LOCALES = os.environ.get("CITEPROC_JS", ""), os.environ.get("CSL_LOCALES", "")
pytestmark = pytest.mark.skipif(
    not (JS and LOCALES and shutil.which("node")),
    reason="needs node, CITEPROC_JS=…/citeproc_commonjs.js and CSL_LOCALES=… (a folder)",
)

#: By key: what is printed of a work in each citation, then its entry.
Printed = dict[str, list[str]]
#: Where the two differ, and why ours stands.
REASONS = {
    "santa1897": "pandoc prints no comma behind a title that ends in a question mark",
    "18f-https": "citeproc-js makes .gov a word of the title: .Gov",
    "nosedive2016": "citeproc-js capitalises the second word of a number: Episode",
    "hussein1929": "citeproc-js cuts the Arabic given name to a letter",
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_agreement(engine: Engine, path: Path) -> None:
    """Notes, citations and entries are those of citeproc-js, but for differences with a reason."""
    citations = [group for case in read_fixture_file(path) for group in in_brackets(case.given)]
    ours, theirs = of_pandoc(engine, path.stem, citations), of_citeproc_js(path.stem, citations)
    different = {key: (ours[key], theirs[key]) for key in ours if ours[key] != theirs[key] and key not in REASONS}
    assert different == {}


def test_reasons_are_needed(engine: Engine) -> None:
    """Every reason stands for a difference in one of the styles."""
    different = set()
    for path in FILES:
        citations = [group for case in read_fixture_file(path) for group in in_brackets(case.given)]
        ours, theirs = of_pandoc(engine, path.stem, citations), of_citeproc_js(path.stem, citations)
        different |= {key for key in ours if ours[key] != theirs[key]}
    assert different == set(REASONS)


def in_brackets(text: str) -> list[Citation]:
    groups = [parse_group(part.partition("]")[0]) for part in text.split("[")[1:]]
    return [group for group in groups if isinstance(group, tuple)]


def items_of(citations: list[Citation]) -> tuple[Item, ...]:
    keys = dict.fromkeys(item.id for group in citations for item in group)
    return tuple(adapted(formattable(sources()[key])) for key in keys)


def of_pandoc(engine: Engine, style: str, citations: list[Citation]) -> Printed:
    found = styles.find(style, Path())
    placed = tuple(PlacedCitation(group, note if found.in_notes else 0) for note, group in enumerate(citations, 1))
    done = engine.format(Job(found, "en-US", placed, items_of(citations)))
    texts = [clean(one.note or one.text) for one in done.citations]
    return by_key(citations, texts, [(one.key, clean(one.html)) for one in done.entries])


@cache
def all_of_citeproc_js(style: str, citations: tuple[Citation, ...]) -> dict[str, Any]:
    found = styles.find(style, Path())
    placed = [
        {"items": [_cite_item(one) for one in group], "note": note if found.in_notes else 0}
        for note, group in enumerate(citations, 1)
    ]
    job = {"style": found.path, "locale": "en-US", "items": items_of(list(citations)), "citations": placed}
    command = ["node", str(HERE / "citeproc_js.cjs"), JS, LOCALES]
    done = subprocess.run(command, input=json.dumps([job]), capture_output=True, encoding="utf-8", check=True)
    answer: dict[str, Any] = json.loads(done.stdout)[0]
    return answer


def of_citeproc_js(style: str, citations: list[Citation]) -> Printed:
    answer = all_of_citeproc_js(style, tuple(citations))
    return by_key(citations, answer["citations"], list(zip(answer["keys"], answer["entries"], strict=True)))


def by_key(citations: list[Citation], texts: list[str], entries: list[tuple[str, str]]) -> Printed:
    """Return what is printed of each item, in one order whatever the engine."""
    printed: Printed = {}
    for group, text in zip(citations, texts, strict=True):
        printed.setdefault(group[0].id, []).append(_words(text))
    for key, text in entries:
        printed[key].append(_words(text))
    return printed


def _words(markup: str) -> str:
    return words(Languages({}, "en-US").mark(markup, ()))


def _cite_item(item: Any) -> dict[str, Any]:
    located = locate(item.rest)
    place = {"locator": located.locator, "label": located.label} if located.locator else {}
    return {"id": item.id, "prefix": item.prefix, "suffix": located.suffix, **place}
