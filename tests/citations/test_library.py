"""Bibliography files: what is read, and what is said of faults."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from plugins.citations.bibtex import BiblatexError
from plugins.citations.credits import credit
from plugins.citations.engine import Engine
from plugins.citations.items import formattable, normalised
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
        'content/bibliography.yaml:5: item-duplicate: "a" is in the bibliography twice; the first is used',
        'content/bibliography.yaml:7: item-shape: an item must be a mapping with "id" and "type", not "just words"',
        'content/bibliography.yaml:8: item-date: item "d": issued "2023-2-30" is no date',
        (
            'content/bibliography.yaml:11: item-name: item "e": author must be a list of names with "family" and '
            '"given", or "literal"'
        ),
        'content/bibliography.yaml:11: item-url: item "e": URL "javascript:alert(1)" must start with https:// or http://',
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
        ("b.json", '[\n{"id": "a", "volume": NaN}]', "b.json:2: bibliography-json: NaN is no JSON"),
        ("b.json", '[\n{"id": "a",\n"volume": -Infinity}]', "b.json:3: bibliography-json: -Infinity is no JSON"),
        ("b.json", '[\n{"id": "a", "title": "A", "title": "B"}]', 'b.json:2: bibliography-json: "title" stands twice'),
        ("b.json", '{"references": [], "references": []}', 'b.json:1: bibliography-json: "references" stands twice'),
        ("b.json", '[\n{"id": ["a"]}]', "b.json:2: item-id: the id of an item must be a text, not a list"),
        ("b.json", '[{"id": true}]', "b.json:1: item-id: the id of an item must be a text, not yes or no"),
        ("b.json", '[{"id": "a", "title": ' + "[" * 900 + "]" * 900 + "}]", "b.json:1: item-shape: "),
        ("b.json", '[{"id": "a", "type": ["book"]}]', 'b.json:1: item-type: item "a": no item type a list'),
        ("b.json", '[{"id": "a", "author": [{"family": 5}]}]', 'b.json:1: item-name: item "a": author must be'),
        ("b.json", '[{"id": "a", "issued": {"date-parts": [[' + "9" * 400 + "]]}}]", 'b.json:1: item-date: item "a"'),
        (
            "b.json",
            f'[{{"id": "a", "title": "{"word " * 10_001}"}}]',
            'b.json:1: item-field: item "a": title is longer',
        ),
        ("b.yaml", "- id: a\n  title: A\n  title: B\n", 'b.yaml:3: bibliography-yaml: "title" stands twice'),
        ("b.yaml", "- id: a\n- " + "[" * 5000 + "]" * 5000, "b.yaml:2: bibliography-yaml: nested deeper than 50"),
        (
            "b.yaml",
            "- id: a\n  title: !!binary aGk=\n",
            'b.yaml:2: bibliography-yaml: "tag:yaml.org,2002:binary" is a tag',
        ),
        ("b.yaml", "- id: a\n  ? [b]\n  : c\n", 'b.yaml:2: bibliography-yaml: a key is a word, as in "title: …"'),
        ("b.yaml", "- id: a\n---\n- id: b\n", "b.yaml:2: bibliography-yaml: expected a single document in the stream"),
        ("b.yaml", "%YAML 9.9\n---\n- id: a\n", "b.yaml:1: bibliography-yaml: found incompatible YAML document; leave"),
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
        (12, "bibliography-bibtex"),  # its date, "2010/.."
    ]
    assert {"economist2016", "jacobs", "dup", "afterbroken"} <= library.items.keys()
    assert library.items["dup"]["title"] == "A"
    assert library.items["erdos"]["author"][0] == {"family": "Erdős", "given": "Pál"}


def test_bibtex_that_the_engine_refuses(engine: Engine) -> None:
    """An entry that only the engine cannot read is named, and the others are read."""
    entry = "@book{b,\n  title={B} author={X}}"
    assert said(load([("b.bib", entry.encode())], lambda text: [])) == []  # so it is not bibtexparser that refuses it
    with pytest.raises(BiblatexError, match="unexpected 'a'"):
        engine.read_biblatex(entry)
    text = f"@string{{s={{S}}}}\n@book{{a, title=s}}\n{entry}\n@book{{c, title={{C}}}}\n@book{{, title={{D}}}}\n"
    library = load([("b.bib", text.encode())], engine.read_biblatex)
    left = "@book{b, title={B} author={X}}"
    hint = "check the commas, braces and quotation marks"
    assert said(library) == [
        "b.bib:6: item-id: the entry has no key; write it after the opening brace",
        f'b.bib:4: bibliography-bibtex: left out from "{left}": unexpected "a" in column 13; {hint}',
    ]
    assert {key: item["title"] for key, item in library.items.items()} == {"a": "S", "c": "C"}


def test_bibtex_fields_that_are_lost(engine: Engine) -> None:
    """A date, a title or a name that the engine reads nothing from is named with its line; the entry is read."""
    text = "@book{a,\n title={\\begin{x} y},\n author={Roe, Ann},\n year=2020a}\n@book{b, date={May 2020}, title={}}\n"
    text += "@book{c, title={C}, date={1999/2001-05}, year={}}\n@book{d, title={D}, date={c. 1850}}\n"
    library = load([("b.bib", text.encode())], engine.read_biblatex)
    assert [f"{problem.line} {problem.message.split(';')[0]}" for problem in library.problems] == [
        '2 nothing can be read from title = "\\begin{x} y"',
        '4 nothing can be read from year = "2020a"',
        '5 nothing can be read from date = "May 2020"',
        '7 nothing can be read from date = "c. 1850"',
    ]
    assert library.items["a"]["author"] == [{"family": "Roe", "given": "Ann"}]


def test_bibtex_reads_no_files(engine: Engine, tmp_path: Path) -> None:
    """A .bib cannot make the engine read a file."""
    secret = tmp_path / "secret.tex"
    secret.write_text("hidden words")
    text = f"@book{{a, title={{\\input{{{secret}}} \\include{{{secret}}} T}}}}\n"
    library = load([("b.bib", text.encode())], engine.read_biblatex)
    assert "hidden" not in json.dumps(library.items)


def test_bibtex_strings_that_double(engine: Engine) -> None:
    """A text that would be endless once its strings are put in is named, and not handed to the engine."""
    strings = "".join(f"@string{{a{number + 1} = a{number} # a{number}}}\n" for number in range(40))
    text = f"@string{{a0 = {{xxxxxxxxxx}}}}\n{strings}@book{{x, title = a40}}\n@book{{y, title = a3 # {{ z}}}}\n"
    library = load([("b.bib", text.encode())], engine.read_biblatex)
    assert [problem.line for problem in library.problems] == list(range(14, 43))
    assert said(library)[0].endswith('"a13" comes to more than 100,000 characters with its @strings; write less')
    assert {key: item["title"] for key, item in library.items.items()} == {"y": f"X{'x' * 79} z"}


def test_numbers_that_are_text(engine: Engine) -> None:
    """A number that not every program can hold is printed as it was written."""
    library = read("b.json", f'[{{"id": "a", "volume": {"9" * 30}, "issue": 1.50, "number": 1e999, "edition": 2}}]')
    assert said(library) == []
    item = library.items["a"]
    assert (item["volume"], item["issue"], item["number"], item["edition"]) == ("9" * 30, "1.50", "1e999", "2")


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


def test_a_long_yaml_is_read_in_time() -> None:
    """The time grows with the file, not with its square."""
    began = time.process_time()
    library = read("b.yaml", "".join(f"- id: k{number}\n  type: book\n  title: T\n" for number in range(10_000)))
    assert len(library.items) == 10_000
    assert time.process_time() - began < 10
