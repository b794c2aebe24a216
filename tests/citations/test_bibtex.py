"""BibTeX and BibLaTeX: what is read, what is mended, and what is said."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from plugins.citations.bibtex import BiblatexError
from plugins.citations.engine import Engine
from plugins.citations.library import Library, load
from plugins.citations.model import Item
from tests.fixtures import Case, read_fixture_file


HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Keep bibtexparser quiet, as the plugin does in a build."""
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    yield
    logging.getLogger("bibtexparser").setLevel(logging.NOTSET)


def read(text: str, engine: Engine) -> Library:
    return load([("b.bib", text.encode())], engine.read_biblatex)


@pytest.mark.parametrize("case", read_fixture_file(HERE / "bibtex.md"), ids=str)
def test_bibtex(case: Case, engine: Engine) -> None:
    """Each problem is said once, at its line, and every entry that can be read is read."""
    library = read(case.given, engine)
    problems = sorted(str(problem).removeprefix("b.bib:") for problem in library.problems)
    items = [json.dumps(item, ensure_ascii=False, sort_keys=True) for item in library.items.values()]
    assert "".join(f"{line}\n" for line in [*problems, *items]) == case.expected


def entries(count: int, *, changed: int = -1) -> str:
    return "".join(
        f"@book{{key{number}, title={{{'Changed' if number == changed else 'Title'} {number}}}}}\n"
        for number in range(count)
    )


def test_an_edit_leaves_the_rest_to_a_cache() -> None:
    """The engine is asked for some entries at a time, and an edit of one changes one or two of the questions."""

    def asked(text: str) -> set[str]:
        texts: set[str] = set()

        def keep(text: str) -> list[Item]:
            texts.add(text)
            return []

        load([("b.bib", text.encode())], keep)
        return texts

    before, edited = asked(entries(1000)), asked(entries(1000, changed=500))
    longer = asked("@book{first, title={First}}\n" + entries(1000))
    assert len(before) > 5
    assert len(before - edited) == 1
    assert len(before - longer) <= 3


def test_what_the_engine_refuses() -> None:
    """An entry that the engine refuses is named, and the others are read."""

    def refuse_b(text: str) -> list[Item]:
        if "Title 7}" in text.replace("{Title} 7", "Title 7"):
            raise BiblatexError('unexpected "\'"')
        return [{"id": f"e{number}", "type": "book", "title": "x"} for number in range(text.count("@book"))]

    library = load([("b.bib", entries(60).encode())], refuse_b)
    assert len(library.items) == 59
    assert [str(problem) for problem in library.problems if "left out" in problem.message] == [
        'b.bib:8: bibliography-bibtex: "key7" is left out: unexpected "\'"; check its braces and backslashes'
    ]


def test_what_pandoc_refuses(engine: Engine) -> None:
    """An entry that pandoc cannot read, and bibtexparser can, is named; the others are read."""
    with pytest.raises(BiblatexError, match="unexpected end of input"):
        engine.read_biblatex("@book{b, title={\\\\{}}")
    library = read("@book{a, title={A}}\n@book{b, title={\\\\{}}\n@book{c, title={C}}\n", engine)
    assert [str(problem) for problem in library.problems] == [
        'b.bib:2: bibliography-bibtex: "b" is left out: unexpected end of input; check its braces and backslashes'
    ]
    assert list(library.items) == ["a", "c"]


def test_strings_that_double(engine: Engine) -> None:
    """A text that would be endless once its strings are put in is named, and not handed to the engine."""
    strings = "".join(f"@string{{a{number + 1} = a{number} # a{number}}}\n" for number in range(40))
    long = f"@string{{s = {{{'x' * 90_000}}}}}\n@book{{z, title = {' # '.join(['s'] * 20_000)}}}\n"
    library = read(f"@string{{a0 = {{xxxxxxxxxx}}}}\n{strings}@book{{y, title = a3 # {{ z}}}}\n{long}", engine)
    named = [problem for problem in library.problems if "more than 100,000 characters" in problem.message]
    assert [problem.line for problem in named] == [15, 44]
    assert library.items["y"]["title"] == f"X{'x' * 79} z"


def test_long_chains_of_crossrefs(engine: Engine) -> None:
    """Entries that take fields from each other in a chain without end cost no more than others."""
    text = "".join(f"@book{{k{n}, title={{T}}, crossref={{k{n + 1}}}}}\n" for n in range(300))
    library = read(text + "@book{k300, title={T}}\n", engine)
    assert len(library.items) == 301
    assert {problem.code for problem in library.problems} == {"bibliography-bibtex"}
    assert "more than 20 entries" in library.problems[0].message


@pytest.mark.parametrize(
    "value",
    [
        "x = {y} " * 20_000,
        "author = {" + "{" * 20_000 + "}" * 20_000 + "}",
        "author = {" + "A and " * 20_000 + "}",
        "title = {" + "$" * 20_001 + "}",
        "title = {" + "\\url{" * 5_000 + "}" * 5_000 + "}",
        "title = " + "{a} # " * 20_000 + "{b}",
        "title = {" + "{\\'E}a" * 20_000 + "}",
    ],
    ids=lambda value: value[:16],
)
def test_values_without_end(value: str) -> None:
    """A value that goes on without end takes no longer than its size."""
    started = time.perf_counter()
    library = load([("b.bib", f"@book{{a, {value}}}".encode())], lambda _: [{"id": "e0", "type": "book"}])
    assert list(library.items) == ["a"]
    assert time.perf_counter() - started < 10
