"""Bibliography files: what is read, and what is said of faults."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from plugins.citations.bibtex import LateBiblatexError
from plugins.citations.credits import credit
from plugins.citations.engine import Engine
from plugins.citations.items import faults, formattable, normalised
from plugins.citations.library import Library, load
from plugins.citations.model import Item


DATA = Path(__file__).parent / "data"


def refuse(text: str) -> list[Item]:
    raise AssertionError(text)


def read(name: str, text: str | bytes) -> Library:
    return load([(name, text if isinstance(text, bytes) else text.encode())], refuse)


def said(library: Library) -> list[str]:
    return [str(problem) for problem in library.problems]


def test_json() -> None:
    """CSL-JSON is read as it is."""
    library = read("b.json", (DATA / "items.json").read_bytes())
    assert said(library) == []
    assert len(library.items) == 15


YAML = """\
references:
- id: a
  type: book
  title: "Roads: a <i>history</i>"
  author:
  - family: Roe
    given: Ann
  issued: 1999-05-01
  volume: 010
  number: 12:30
- id: b
  type: report
  author: City of New York
  issued:
    date-parts: [[2018, 3]]
- id: c
  type: webpage
  title: 否
  issued:
  - year: 2020
    month: 2
"""


def test_yaml() -> None:
    """CSL-YAML is read with plain values as text, names and dates as people write them."""
    library = read("b.yaml", YAML)
    assert said(library) == []
    assert library.items["a"]["issued"] == {"date-parts": [[1999, 5, 1]]}
    assert (library.items["a"]["volume"], library.items["a"]["number"]) == ("010", "12:30")
    assert library.items["b"]["author"] == [{"literal": "City of New York"}]
    assert library.items["b"]["issued"] == {"date-parts": [[2018, 3]]}
    assert library.items["c"]["issued"] == {"date-parts": [[2020, 2]]}


FAULTY = """\
- id: a
  type: bok
- type: book
  title: No key
- id: a
  type: book
- just words
- id: d
  type: book
  issued: {date-parts: [[2023, 2, 30]]}
- id: e
  type: book
  author: {family: Roe, given: [x]}
  URL: javascript:alert(1)
  title: [a]
"""


def test_faults_of_items() -> None:
    """Each fault of an item is named with the line the item starts at."""
    assert said(read("content/bibliography.yaml", FAULTY)) == [
        'content/bibliography.yaml:1: item-type: item "a": no item type "bok"; did you mean "book"?',
        'content/bibliography.yaml:3: item-id: the item "No key" has no "id"; give it the key that essays cite',
        (
            'content/bibliography.yaml:5: item-duplicate: "a" stands in content/bibliography.yaml:1 already, which is '
            "used; keep one"
        ),
        'content/bibliography.yaml:7: item-shape: an item must be a mapping with "id" and "type", not "just words"',
        'content/bibliography.yaml:8: item-date: item "d": issued "2023-2-30" is no date',
        (
            'content/bibliography.yaml:11: item-name: item "e": author must be a list of names with "family" and '
            '"given", or "literal"'
        ),
        (
            'content/bibliography.yaml:11: item-url: item "e": URL "javascript:alert(1)" must start with https:// or '
            "http://, and a host"
        ),
        'content/bibliography.yaml:11: item-field: item "e": title must be a text, not a list',
    ]


def test_line_of_json_item() -> None:
    """A fault of a JSON item names the line where the item starts."""
    text = '[\n {"id": "a", "type": "book"},\n\n {"id": "b",\n  "type": "x"}\n]'
    assert [problem.line for problem in read("b.json", text).problems] == [4]


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("b.json", '[\n{"id": "a",}\n]', "b.json:2: bibliography-json: "),
        ("b.json", "{}", "b.json:1: bibliography-shape: "),
        ("b.json", '"x"', "b.json:1: bibliography-shape: "),
        ("b.json", "[" * 100_000, "b.json:1: bibliography-json: "),
        ("b.json", "", "b.json:1: bibliography-json: "),
        ("b.yaml", "- id: a\n  title: [x\n- id: b\n", "b.yaml:2: bibliography-yaml: "),
        ("b.yaml", "- &x {id: a}\n- *x\n", "b.yaml:2: bibliography-yaml: "),
        ("b.yaml", "", "b.yaml:1: bibliography-shape: "),
        ("b.yaml", "- !!python/object:os.system x\n", "b.yaml:1: bibliography-yaml: "),
        ("b.yaml", b"- id: a\n- id: \xff\n", "b.yaml:2: bibliography-encoding: "),
        ("b.yaml", "- id: \x07\n", "b.yaml:1: bibliography-yaml: "),
        ("b.txt", "", "b.txt:1: bibliography-format: "),
        ("b.json", '[\n{"id": ["a"]}]', "b.json:2: item-id: the id of an item must be a text, not a list"),
        ("b.json", '[{"id": true}]', "b.json:1: item-id: the id of an item must be a text, not yes or no"),
        ("b.json", '[{"id": "a", "title": ' + "[" * 900 + "]" * 900 + "}]", "b.json:1: item-shape: "),
        ("b.json", '[{"id": "a", "type": ["book"]}]', 'b.json:1: item-type: item "a": no item type a list'),
        ("b.json", '[{"id": "a", "author": [{"family": 5}]}]', 'b.json:1: item-name: item "a": author must be'),
        ("b.json", '[{"id": "a", "issued": {"date-parts": [[' + "9" * 400 + "]]}}]", 'b.json:1: item-date: item "a"'),
        ("b.json", '[{"id": "a", "issued": {"date-parts": [[99999]]}}]', 'b.json:1: item-date: item "a"'),
        (
            "b.json",
            f'[{{"id": "a", "title": "{"word " * 10_001}"}}]',
            'b.json:1: item-field: item "a": title is longer',
        ),
        ("b.json", '[\n{"id": "a",\n"volume": -Infinity}]', "b.json:2: bibliography-json: -Infinity is no value"),
        (
            "b.yaml",
            "- " + "[" * 5000 + "]" * 5000,
            "b.yaml:1: bibliography-yaml: an item is left out: it is nested too",
        ),
        ("b.yaml", "- id: a\n  title: !!binary aGk=\n", "b.yaml:2: bibliography-yaml: an item is left out: the tag"),
        ("b.bib", "no entries, but words\n", "b.bib:1: bibliography-bibtex: there is no entry; write one as"),
        ("b.bib", "@" * 1000, "b.bib:1: bibliography-bibtex: there is no entry"),
    ],
)
def test_broken_file(name: str, text: str | bytes, problem: str) -> None:
    """A file that cannot be read is one problem, with its line."""
    (only,) = said(read(name, text))
    assert only.startswith(problem)


def test_bibtex(engine: Engine) -> None:
    """A broken entry of a .bib is named by its line, and the others are read."""
    library = load([("b.bib", (DATA / "refs.bib").read_bytes())], engine.read_biblatex)
    assert [(problem.line, problem.code) for problem in library.problems] == [
        (16, "item-duplicate"),
        (17, "bibliography-bibtex"),
    ]
    assert {"economist2016", "jacobs", "dup", "afterbroken"} <= library.items.keys()
    assert library.items["dup"]["title"] == "A"
    assert library.items["erdos"]["author"][0] == {"family": "Erdős", "given": "Pál"}


def test_bibtex_reads_no_files(engine: Engine, tmp_path: Path) -> None:
    """A .bib cannot make the engine read a file."""
    secret = tmp_path / "secret.tex"
    secret.write_text("hidden words")
    text = f"@book{{a, title={{\\input{{{secret}}} \\include{{{secret}}} T}}}}\n"
    library = load([("b.bib", text.encode())], engine.read_biblatex)
    assert "hidden" not in json.dumps(library.items)


@pytest.mark.parametrize("name", ["zotero.bib", "better-biblatex.bib", "zotero.json", "better-csl.yaml"])
def test_exports(name: str, engine: Engine) -> None:
    """What Zotero and Better BibTeX export is read whole, and nothing is wrong with it."""
    library = load([(name, (DATA / "exports" / name).read_bytes())], engine.read_biblatex)
    assert (said(library), list(library.incomplete(library.items))) == ([], [])
    assert list(library.items.values()) == json.loads((DATA / "exports" / "expected.json").read_text())[name]


def test_several_files(engine: Engine) -> None:
    """A key that two files have is said once, with both places; the first is used."""
    files = [
        ("b.json", b'[{"id": "a", "type": "book", "title": "A"}]'),
        ("b.yaml", b"- {id: b, type: book, title: B}\n- {id: a, type: book, title: Other}\n"),
        ("b.bib", b"\n@book{b, title={Other}}\n@book{c, title={C}}\n"),
    ]
    library = load(files, engine.read_biblatex)
    assert said(library) == [
        'b.yaml:2: item-duplicate: "a" stands in b.json:1 already, which is used; keep one',
        'b.bib:2: item-duplicate: "b" stands in b.yaml:1 already, which is used; keep one',
    ]
    assert [item["title"] for item in library.items.values()] == ["A", "B", "C"]
    assert library.places == {"a": ("b.json", 1), "b": ("b.yaml", 1), "c": ("b.bib", 3)}


BROKEN_JSON = """\
[
  {"id": "a", "title": "A"},
  {"id": "b", "title": "not closed},
  {"id": "c"},
  {"id": "d",
  {"id": "e", "volume": NaN, "issue": 1.50, "number": 123456789012345678901234567890},
  {
    "id": "f",
    "x": 1
    "y": 2
  },
  {"id": "g"}
  {"id": "h", "id": "i"},
  stray,
  {"id": "j"},
]
more
"""
BROKEN_YAML = """\
references:
  - id: a
    title: [x
  - id: b
    title: "not closed
  - id: c
    title: It: is
  - id: d
    title: \x07
  - id: e
    title: *x
  - id: f
    title: Fine
    title: Again
  - !thing {id: g}
  - id: h
    type: !!float 3
"""


LEFT_OUT = "an item is left out:"
SAID_OF_JSON = f"""\
b.json:3: bibliography-json: {LEFT_OUT} invalid control character at
b.json:6: bibliography-json: {LEFT_OUT} expecting property name enclosed in double quotes
b.json:6: bibliography-json: NaN is no value of JSON; write a number or a text
b.json:10: bibliography-json: {LEFT_OUT} expecting ',' delimiter
b.json:13: bibliography-json: no comma stands between two items; put one
b.json:13: item-field: an item has the field "id" twice; keep one
b.json:14: bibliography-json: {LEFT_OUT} expecting value
b.json:15: bibliography-json: a comma stands before the "]"; delete it
b.json:17: bibliography-json: more stands after the "]"; move it into the list
"""
SAID_OF_YAML = f"""\
b.yaml:3: bibliography-yaml: {LEFT_OUT} did not find expected ',' or ']'; close the bracket that is open
b.yaml:5: bibliography-yaml: {LEFT_OUT} found unexpected end of stream; close the quotes that are open
b.yaml:7: bibliography-yaml: {LEFT_OUT} mapping values are not allowed in this context; put a value that holds ": " in quotes
b.yaml:9: bibliography-yaml: {LEFT_OUT} the character U+0007 cannot stand here; delete it
b.yaml:11: bibliography-yaml: {LEFT_OUT} the alias "*x" must be written out
b.yaml:12: item-field: an item has the field "title" twice; keep one
b.yaml:15: bibliography-yaml: {LEFT_OUT} the tag "!thing" has no meaning here; leave it out
b.yaml:16: item-type: item "h": no item type "3"; write one of CSL, such as "book"
"""  # noqa: E501 -- a line for each problem


@pytest.mark.parametrize(
    ("name", "text", "kept", "problems"),
    [
        ("b.json", BROKEN_JSON, "a c e g i j", SAID_OF_JSON),
        ("b.yaml", BROKEN_YAML, "f h", SAID_OF_YAML),
    ],
)
def test_broken_items(name: str, text: str, kept: str, problems: str) -> None:
    """A broken item is said once, at its line, and takes no other down."""
    library = read(name, text)
    assert list(library.items) == kept.split()
    assert [line.partition(" (column")[0] for line in said(library)] == problems.splitlines()
    json.dumps(library.items, allow_nan=False)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("foo: [\nreferences:\n- id: a\n", "b.yaml:3: bibliography-yaml: "),
        ("references:\n- id: a\nfoo: *x\n", "b.yaml:3: bibliography-yaml: "),
        ("- id: a\n  note: é\x85é\u2028é\r\n  title: *x\n", "b.yaml:2: bibliography-yaml: "),
    ],
)
def test_fault_outside_of_items(text: str, problem: str) -> None:
    """A fault that is in no item is said, too, at the line that editors count."""
    (only,) = said(read("b.yaml", text))
    assert only.startswith(problem)


@pytest.mark.parametrize(
    ("data", "line"),
    [("- id: a\n- id: b\n  title: Café\n".encode("latin-1"), 3), ("- id: a\n- id: b\n".encode("utf-16"), 1)],
)
def test_wrong_encoding(data: bytes, line: int) -> None:
    """A file that is not UTF-8 is said to be none, and read as well as can be."""
    library = read("b.yaml", data)
    assert [(problem.line, problem.code) for problem in library.problems] == [(line, "bibliography-encoding")]
    assert list(library.items) == ["a", "b"]


def test_key_of_zotero() -> None:
    """An item whose id is an address goes by the key that its owner gave it."""
    items = [
        {"id": "http://zotero.org/users/local/a/items/B", "type": "book", "note": "Citation Key: roe1990\nTwo copies."},
        {"id": "https://www.zotero.org/x", "type": "book", "citation-key": "doe1991"},
        {"id": "own", "type": "book", "citation-key": "other"},
    ]
    library = read("b.json", json.dumps(items))
    assert list(library.items) == ["roe1990", "doe1991", "own"]
    assert library.items["roe1990"]["note"] == "Two copies."


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2020-03-05", {"date-parts": [[2020, 3, 5]]}),
        ("2020-3", {"date-parts": [[2020, 3]]}),
        ("2004-06/2006-08", {"date-parts": [[2004, 6], [2006, 8]]}),
        ("2010/..", {"date-parts": [[2010], [0]]}),
        ("2010/", {"date-parts": [[2010], [0]]}),
        ("1848~", {"date-parts": [[1848]], "circa": True}),
        ("c. 1848", {"date-parts": [[1848]], "circa": True}),
        ("1848~/1850", {"date-parts": [[1848], [1850]], "circa": True}),
        ("199X", {"date-parts": [[1990], [1999]]}),
        ("1990–91", {"date-parts": [[1990], [1991]]}),
        ("[1990]", {"date-parts": [[1990]]}),
        ("-0043", {"date-parts": [[-44]]}),
        ("2020-21", {"date-parts": [[2020, 21]]}),
        ("May 2020", {"date-parts": [[2020, 5]]}),
        ("5 May 2020", {"date-parts": [[2020, 5, 5]]}),
        ("May 5, 2020", {"date-parts": [[2020, 5, 5]]}),
        ("Fall 2020", {"date-parts": [[2020, 23]]}),
        ("2024-05-02T10:11:12Z", {"date-parts": [[2024, 5, 2]]}),
        ({"raw": "2020-03"}, {"date-parts": [[2020, 3]]}),
        ({"date-parts": [["2020", "3"]]}, {"date-parts": [[2020, 3]]}),
        ({"year": 2020, "month": "3"}, {"date-parts": [[2020, 3]]}),
        ("n.d.", {"literal": "n.d."}),
    ],
)
def test_dates(written: Any, date: dict[str, Any]) -> None:
    """Dates are read as people and programs write them."""
    item = normalised({"id": "a", "type": "book", "issued": written})
    assert item["issued"] == date
    assert list(faults(item)) == []


@pytest.mark.parametrize("written", ["2020-13-45", "2023-02-29", "../2010", "20200501", "1990a", "0000-00-00"])
def test_no_dates(written: str) -> None:
    """What is no date, and so would be printed as none, is said to be none."""
    assert [code for code, _ in faults(normalised({"id": "a", "type": "book", "issued": written}))] == ["item-date"]


def test_status() -> None:
    """Words instead of a date are a status, which styles print."""
    item = normalised({"id": "a", "type": "book", "issued": {"literal": "in press"}})
    assert item == {"id": "a", "type": "book", "status": "in press"}


@pytest.mark.parametrize(
    ("item", "wanted"),
    [
        ({"type": "book"}, ["title", "author, editor or publisher", "date"]),
        ({"type": "book", "title": "T", "editor": ["A"], "issued": "n.d."}, []),
        ({"type": "article-journal", "title": "T", "author": ["A"], "issued": 1990}, ["container-title"]),
        ({"type": "webpage", "title": "T", "author": ["A"]}, ["URL"]),
        ({"type": "article-newspaper", "title": "T", "container-title": "N", "issued": 1990}, []),
        ({"type": "legal_case", "title": "A v. B", "issued": 1990}, []),
        ({"type": "legislation", "title": "Act"}, []),
        ({"type": "personal_communication", "author": ["A"], "issued": 1990}, []),
        ({"type": "book", "title": "T", "author": ["A"], "status": "forthcoming"}, []),
    ],
)
def test_incomplete(item: dict[str, Any], wanted: list[str]) -> None:
    """What every style prints of a work of its type is asked for, if the work is cited."""
    library = read("b.json", json.dumps([{"id": "a", **item}]))
    assert list(library.incomplete(["b"])) == []
    found = list(library.incomplete(["a", "b"]))
    assert [problem.message.partition(" has no ")[2].partition(";")[0] for problem in found] == wanted
    assert {(problem.path, problem.line, problem.severity) for problem in found} <= {("b.json", 1, "warning")}


@pytest.mark.parametrize("ending", ["json", "yaml", "bib"])
def test_load_takes_time_by_size(ending: str) -> None:
    """Ten times the items take ten times as long to load, give or take, and not a hundred times."""

    def seconds(count: int) -> float:
        text = "".join(written(ending, number) for number in range(count))
        data = (f"[{text[:-1]}]" if ending == "json" else text).encode()
        started = time.process_time()
        library = load([(f"b.{ending}", data)], lambda _: [])
        assert len(library.items) == count
        return time.process_time() - started

    seconds(10)
    assert seconds(3000) < 40 * max(seconds(300), 0.01)


def written(ending: str, number: int) -> str:
    if ending == "bib":
        return f"@book{{k{number},\n title = {{Title {number}}},\n author = {{Roe, Ann}}\n}}\n"
    if ending == "yaml":
        return f"- id: k{number}\n  type: book\n  title: Title {number}\n  author:\n  - {{family: Roe, given: Ann}}\n"
    return json.dumps({"id": f"k{number}", "type": "book", "author": [{"family": "Roe"}]}, indent=1) + ","


def test_own_references() -> None:
    """An essay's own items win over the site's, and their faults are the essay's."""
    site = read("b.yaml", "- {id: a, type: book, title: Site}\n")
    own = site.with_own(
        [{"id": "a", "type": "book", "title": "Own"}, {"id": "b", "type": "x"}, 3], "essay.md", {"b": 7}
    )
    assert own.items["a"]["title"] == "Own"
    assert [problem.line for problem in own.problems] == [7, 1]
    assert site.items["a"]["title"] == "Site"


def test_what_csl_sees(items: dict[str, dict[str, Any]]) -> None:
    """Our fields, web archives and fields of a wrong shape are kept from CSL."""
    shown = formattable(normalised({**items["gehl2018"], "kind": "press", "archive-url": "https://web.archive.org/x"}))
    assert {"archive", "archive_location", "kind", "archive-url"}.isdisjoint(shown)
    shown = formattable(
        normalised({"id": "a", "type": "bok", "URL": "javascript:x", "title": ["x"], "issued": {"a": 1}})
    )
    assert shown == {"id": "a", "type": "document", "issued": {"a": 1}}
    kept = formattable({"id": "a", "type": "manuscript", "archive": "City Archive", "archive_location": "Box 3"})
    assert kept["archive_location"] == "Box 3"


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (
            {"author": [{"given": "Louis D.", "family": "Brandeis"}], "title": "Other People’s Money", "issued": 1914},
            "Louis D. Brandeis, Other People’s Money (1914)",
        ),
        (
            {"author": [{"family": "费", "given": "孝通"}], "title": "乡土中国", "issued": "1947"},
            "费孝通, 乡土中国 (1947)",
        ),
        (
            {"publisher": "State Council", "title": "Outline <i>of</i> a plan", "title-short": "Outline"},
            "State Council, Outline",
        ),
        ({"author": [{"literal": "A"}, {"literal": "B"}, {"literal": "C"}], "title": "T"}, "A, B and C, T"),
        ({"author": [{"literal": name} for name in "ABCD"], "title": "T"}, "A and others, T"),
        ({"editor": [{"family": "Berg", "given": "Jan", "non-dropping-particle": "van den"}]}, "Jan van den Berg"),
        ({}, "x"),
    ],
)
def test_credit(item: dict[str, Any], expected: str) -> None:
    """A credit says whose words, which work, when."""
    assert credit(normalised({"id": "x", **item})) == expected


@pytest.mark.parametrize(
    "text", ["- [", "- id: a\n- [", "\x85- [", "- id: a\r- [", '- {id: a, title: "x', "references: ["]
)
def test_line_at_the_end(text: str) -> None:
    """A fault at the end of a file is at a line that the file has."""
    (problem,) = read("b.yaml", text).problems
    assert 1 <= problem.line <= text.count("\n") + 1


@pytest.mark.parametrize(
    ("item", "said_of_it"),
    [
        ({"id": " "}, "item-id: the key of an item holds nothing that is seen; write it in letters"),
        ({"id": "\u2003\u202e"}, "item-id: the key of an item holds nothing that is seen; write it in letters"),
        ({"id": "x", "titel": "T"}, 'item-field: item "x": no field "titel"; did you mean "title"?'),
        ({"id": "x", "authors": []}, ""),
        ({"id": "x", "authors": "F"}, 'item-field: item "x": no field "authors"; did you mean "author"?'),
        ({"id": "x", "year": 1999}, 'item-field: item "x": no field "year"; did you mean "issued"?'),
        ({"id": "x", "doi": "10.1/x"}, 'item-field: item "x": no field "doi"; did you mean "DOI"?'),
        ({"id": "x", "publisher_place": "P"}, 'item-field: item "x": no field "publisher_place"; did you mean "publi'),
        ({"id": "x", "system_id": "zotero|1", "custom": {"a": "b"}, "shortTitle": "S"}, ""),
        ({"id": "x", "URL": "https://"}, 'item-url: item "x": URL "https://" must start with https:// or http://, and'),
        ({"id": "x", "URL": "https://exa mple/"}, 'item-url: item "x": URL "https://exa mple/" must start with'),
    ],
    ids=str,
)
def test_fields_of_an_item(item: dict[str, Any], said_of_it: str) -> None:
    """A key of nothing, a field that no style knows though somebody meant one, an address of nowhere: each is said."""
    found = said(read("b.json", json.dumps([{"type": "book", **item}])))
    assert [line.startswith(f"b.json:1: {said_of_it}") for line in found] == [True] * bool(said_of_it)


def test_braces(engine: Engine) -> None:
    """A value that nests braces without end is left out: the engine would take hours over it."""
    text = f"@book{{a, title = {'{' * 20_000}x{'}' * 20_000}}}\n@book{{b, title = {{T}}}}\n"
    library = load([("b.bib", text.encode())], engine.read_biblatex)
    assert said(library) == ['b.bib:1: bibliography-bibtex: item "a": "title" nests more than 50 braces; flatten it']
    assert set(library.items) == {"a", "b"}


def test_an_engine_that_is_late() -> None:
    """What the engine takes too long over is left out, and named; other files of the site are read."""

    def late(_: str) -> list[Any]:
        raise LateBiblatexError("pandoc took longer than 60 s")

    files = [("a.bib", b"@book{a, title = {T}}\n@book{b, title = {T}}\n"), ("c.json", b'[{"id": "c", "type": "book"}]')]
    library = load(files, late)
    assert said(library) == ['a.bib:1: bibliography-bibtex: "a" and 1 more left out: pandoc took longer than 60 s']
    assert set(library.items) == {"c"}
