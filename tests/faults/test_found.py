"""What the sweeps have found: each would fail again without its mend."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.chain import Chain
from tests.faults.watchdog import at_most


@pytest.fixture(scope="module")
def chain() -> Iterator[Chain]:
    chain = Chain()
    yield chain
    chain.close()


HEAD = "---\ntitle: A\ndate: 2024-01-01\n---\n"
ESSAYS = {
    "a note without words": (HEAD + "a[^1]\n\n[^1]:\n    \n", ["7 note-unknown"]),
    "a note within a note": (HEAD + "a[^1]\n\n[^1]:\n    [^2]: b\n", ["7 note-unknown", "8 note-unused"]),
    "a control character in a citation": (HEAD + "[&#x1; see @x]\n", ["5 citation-syntax", "5 text-control"]),
    "a line end of YAML's own": ("---\ntitle: A\u2028\u2028\ndate: no\n---\n", ["3 date-invalid"]),
    "marks of quotation in a mark": (HEAD + "> " * 40 + "{.pull}" * 9 + "> " * 40 + "{.pull}", None),
    "hundreds of marks": (HEAD + "[see @x, pp. 1-2 and" * 300 + "![ " * 300, None),
}
BIBLIOGRAPHIES = {
    "a field twice, and one broken": ("b.bib", "@book{x, title={A}, title={B}, year=&}", ["1 bibliography-bibtex"]),
    "an entry of its own": (
        "b.bib",
        "@book{a, title={A}, crossref={a}}\n@book{b, title={B}}",
        ["1 bibliography-bibtex"],
    ),
    "two of each other": (
        "b.bib",
        "@string{k = {a}}\n@book{a, title={A}, xdata={c, b}}\n@xdata{b, crossref = k}",
        ["2 bibliography-bibtex", "3 bibliography-bibtex"],
    ),
    "quotation marks left open": (
        "b.json",
        '[{"id": "a", "type": "book", "title": "' + "“" * 40 + 'A"}]',
        ["1 item-field"],
    ),
    "a key of quotation marks": (
        "b.json",
        '[{"id": "' + "“" * 11 + 'a", "type": "book", "title": "A"}, {"id": "b", "type": "book", "title": "A"}]',
        ["1 item-field"],
    ),
    "tags left open": ("b.json", '[{"id": "a", "type": "book", "title": "' + "<i>" * 40 + 'A"}]', ["1 item-field"]),
    "a control character": ("b.json", '[{"id": "a", "type": "book", "title": "A\\u0001\\ufffe"}]', ["1 item-field"]),
    "half a character": ("b.json", '[{"id": "a", "type": "book", "title": "A\\ud800"}]', ["1 item-field"]),
    "a key of nothing": ("b.json", '[{"id": "\\u0001", "type": "book"}]', ["1 item-id"]),
    "a line end of YAML's own": ("b.yaml", "- id: a\n  title: A\u2028\n\n- type: [}\n", ["4 bibliography-yaml"]),
}


@pytest.mark.parametrize("name", ESSAYS)
def test_essay(chain: Chain, name: str) -> None:
    """An essay that once ended in an exception or took minutes has its faults named by line, or has none."""
    text, expected = ESSAYS[name]
    with at_most(10):
        _, problems = chain.page(text.encode())
    if expected is not None:
        assert sorted(f"{each.line} {each.code}" for each in problems) == expected


@pytest.mark.parametrize("name", BIBLIOGRAPHIES)
def test_bibliography(chain: Chain, name: str) -> None:
    """A bibliography that once ended in an exception or kept the engine busy for ever has its faults named by line."""
    file, text, expected = BIBLIOGRAPHIES[name]
    with at_most(10):
        library = chain.library(file, text.encode())
    assert sorted({f"{each.line} {each.code}" for each in library.problems}) == expected
