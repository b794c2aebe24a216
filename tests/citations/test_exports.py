"""References as files: what is written is read again, by pandoc and by a reader of RIS, as it was."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.citations.coins import coins
from plugins.citations.engine import Engine
from plugins.citations.exports import FORMATS, MEDIA_TYPES, Shelf
from plugins.citations.items import normalised
from plugins.citations.keys import key_for
from plugins.citations.kinds import TYPES
from plugins.citations.library import load
from plugins.citations.model import Item
from plugins.citations.own_item import Essay, essay_item, name_of
from plugins.citations.rich_text import latex
from plugins.citations.ris import RisError, read_ris
from tests.demo import DEMO


EXPORTS = Path(__file__).parent / "data" / "exports"
KEPT = ("author", "title", "issued", "container-title", "page", "DOI", "URL")
HARD: list[dict[str, Any]] = [
    {
        "id": "odd:key+1",
        "type": "article-journal",
        "title": "50% of $5 & more_or #1 {less} ~ ^ \\ -- --- a-b “q” ‘x’ « » … <b>bold</b> <i>it</i> H<sub>2</sub>O",
        "author": [
            {"family": "García Márquez", "given": "Gabriel"},
            {"family": "Berg", "given": "Jan", "dropping-particle": "van den"},
            {"family": "Cruz", "given": "Bob", "non-dropping-particle": "de la"},
            {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
            {"family": "Plato"},
            {"family": "费", "given": "孝通"},
            {"literal": "Barnes and Noble, Inc. {and} Co."},
            {"literal": "Ærø & Sønner 50%"},
        ],
        "container-title": "Journal of A & B: 100% <i>Homo sapiens</i>",
        "issued": {"date-parts": [[2020, 2, 29]]},
        "page": "193–220",
        "DOI": "10.1000/a_b(c)d%2F<e>",
        "URL": "https://example.org/a_b~c?d=1&e=%20#f{g}",
    },
    {"id": "range", "type": "book", "title": "R", "issued": {"date-parts": [[1939, 9, 1], [1945, 5, 8]]}},
    {"id": "open", "type": "periodical", "title": "O", "issued": {"date-parts": [[2010], [0]]}},
    {"id": "circa", "type": "book", "title": "C", "issued": {"date-parts": [[1848]], "circa": True}},
    {"id": "bc", "type": "classic", "title": "B", "issued": {"date-parts": [[-44, 3, 15]]}},
    {"id": "season", "type": "review", "title": "S", "issued": {"date-parts": [[2020, 21]]}},
    {"id": "month", "type": "article-newspaper", "title": "M", "issued": {"date-parts": [[2020, 3]]}, "page": "A1"},
    {"id": "nothing", "type": "document"},
]


@pytest.fixture(scope="module")
def works(engine: Engine) -> list[Item]:
    """Return the demo's bibliography, what reference managers export, and what is hard to write."""
    paths = [DEMO / "bibliography.yaml", DEMO / "bibliography.bib", *sorted(EXPORTS.glob("*.bib"))]
    read = load([(path.name, path.read_bytes()) for path in paths], engine.read_biblatex)
    return [*read.items.values(), *map(normalised, HARD)]


def quoted(value: Any) -> Any:
    """Return a value with typographic apostrophes, which TeX makes of straight ones."""
    return json.loads(json.dumps(value, ensure_ascii=False).replace("'", "’"))


def test_bibtex(works: list[Item], engine: Engine) -> None:
    """What is written as BibTeX, pandoc reads as it was: keys, names, titles, dates, pages and addresses."""
    found = {item["id"]: item for item in engine.read_biblatex(FORMATS["bib"](works))}
    assert list(found) == [work["id"] for work in works]
    for work in works:
        expected = {name: quoted(work[name]) for name in KEPT if name in work}
        if "page" in expected:
            expected["page"] = expected["page"].replace("–", "-")
        if work["id"] == "odd:key+1":
            expected["URL"] = expected["URL"].replace("{", "%7B").replace("}", "%7D")
        if "nocase" in expected.get("title", ""):  # of which pandoc's CSL-JSON says nothing
            expected["title"] = re.sub("</?span[^>]*>", "", expected["title"])
        if "director" in work:
            assert found[work["id"]]["director"] == work["director"]
        assert {name: found[work["id"]][name] for name in expected} == expected


def test_types(engine: Engine) -> None:
    """Every type of CSL is written, and those that BibLaTeX has come back."""
    items = [{"id": kind, "type": kind, "title": "T"} for kind in sorted(TYPES)]
    back = {item["id"]: item["type"] for item in engine.read_biblatex(FORMATS["bib"](items))}
    assert back.keys() == TYPES
    kept = "article-journal article-magazine article-newspaper book chapter dataset graphic legal_case legislation "
    kept += "manuscript motion_picture pamphlet paper-conference patent personal_communication report review software "
    kept += "song thesis treaty webpage entry-encyclopedia"
    assert [kind for kind in kept.split() if back[kind] != kind] == []
    assert [
        kind for kind, item in zip(sorted(TYPES), records(FORMATS["ris"](items)), strict=True) if "TY" not in item
    ] == []


def test_keys() -> None:
    """A key that BibTeX cannot hold is written with "_", and never as another's."""
    items = [{"id": key, "type": "book"} for key in ("a b", "a_b", "a,b", "天下", "x{y}")]
    written = FORMATS["bib"](items)
    assert re.findall(r"^@book\{(.*),$", written, re.M) == ["a_b_", "a_b", "a_b__", "天下", "x_y_"]


@given(st.text())
def test_no_text_ends_its_field(text: str) -> None:
    """Whatever a text holds, its braces are balanced and no sign in it means anything to TeX."""
    written = latex(text)
    assert written.count("{") == written.count("}")
    assert "\n" not in written
    assert not re.search(r"(?<!\\)[$&#%_]", written)
    depth = 0
    for sign in written:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0


@pytest.mark.parametrize(
    "text", ["<i>a", "a</i>", "<i>a<b>c</i>d</b>", '<span class="nocase">a</span>', "<sc>a</sc>", "<x>"]
)
def test_markup_is_closed(text: str) -> None:
    """Markup that is open, crossed or none is written in balance."""
    assert latex(text).count("{") == latex(text).count("}")


def records(text: str) -> list[dict[str, list[str]]]:
    """Read RIS: tags, two spaces, a hyphen, a space, the value; a record ends with ER."""
    found: list[dict[str, list[str]]] = []
    for line in text.split("\r\n"):
        match = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line)
        assert match or not line
        if match and match[1] == "TY":
            found.append({})
        if match:
            found[-1].setdefault(match[1], []).append(match[2])
    return found


def test_ris(works: list[Item]) -> None:
    """What is written as RIS says who, what, when, where and which pages."""
    for work, record in zip(works, records(FORMATS["ris"](works)), strict=True):
        assert record["ID"] == [work["id"]]
        assert record["ER"] == [""]
        title = re.sub("<[^>]*>", "", work.get("title", ""))
        assert record.get("TI", [""]) == [title]
        assert record.get("DO", [""]) + record.get("UR", [""]) == [work.get("DOI", ""), work.get("URL", "")]
        pages = "-".join(record.get("SP", []) + record.get("EP", []))
        assert pages == work.get("page", "").replace("–", "-")
        year = work.get("issued", {}).get("date-parts", [[0]])[0][0]
        assert record.get("PY", [""]) == [f"{year:04}" if year > 0 else ""]
        assert len(record.get("AU", [])) == len(work.get("author", work.get("director", [])))
    hard = records(FORMATS["ris"](works))[len(works) - len(HARD)]
    assert hard["AU"][:5] == [
        "García Márquez, Gabriel",
        "van den Berg, Jan",
        "de la Cruz, Bob",
        "King, Martin Luther, Jr.",
        "Plato",
    ]
    assert hard["DA"] == ["2020/02/29"]


def test_ris_is_read_back(works: list[Item]) -> None:
    """The plugin's own reader of RIS finds the key, title, date, pages and addresses of what it wrote."""
    for work, item in zip(works, map(normalised, read_ris(FORMATS["ris"](works))), strict=True):
        for name in ("id", "DOI", "URL", "volume"):
            assert item.get(name) == work.get(name)
        for name in ("title", "container-title"):
            assert item.get(name, "") == re.sub("<[^>]*>", "", work.get(name, ""))
        assert item.get("page", "") == work.get("page", "").replace("–", "-")
        parts = work.get("issued", {}).get("date-parts", [[0]])[0]
        if parts[0] > 0:
            assert item["issued"]["date-parts"] == [parts[:1] if parts[1:] == [21] else parts]


@pytest.mark.parametrize(
    ("text", "message"),
    [("", 'no line "TY'), ("words", 'no line "TY'), ("TY  - BOOK\nTI  - T\n", 'no line "ER')],
)
def test_no_ris(text: str, message: str) -> None:
    """What is no RIS is said to be none."""
    with pytest.raises(RisError, match=message):
        read_ris(text)


def test_csl_json(works: list[Item]) -> None:
    """CSL-JSON holds the items; what is ours stands under "custom"."""
    written = json.loads(FORMATS["json"](works))
    assert [item["id"] for item in written] == [work["id"] for work in works]
    scott = next(item for item in written if item["id"] == "scott1998")
    assert scott["custom"] == {"kind": "scholarship"}
    assert "kind" not in scott


FAULTY = [
    {"id": "a", "type": "bok", "title": ["x"], "author": "x", "issued": {"date-parts": [["x"]]}, "URL": "javascript:x"},
    {"id": "b", "type": "book", "author": [{"family": 7}], "editor": [None], "issued": {"date-parts": [[], [1]]}},
    {"id": "c", "type": "book", "page": 7, "volume": 1.5, "accessed": {"raw": "x"}, "custom": {"x": [1]}},
    {"id": "d", "type": "book", "issued": {"date-parts": [[2020, 13, 45]]}, "keyword": ",,", "ISBN": ["x"]},
]


@pytest.mark.parametrize("item", FAULTY, ids=str)
def test_faulty_items(item: dict[str, Any], engine: Engine) -> None:
    """An item with faults is written without them."""
    for write in FORMATS.values():
        assert "javascript" not in write([normalised(item)])
    assert coins(normalised(item)).startswith("ctx_ver=Z39.88-2004&")
    (back,) = engine.read_biblatex(FORMATS["bib"]([normalised(item)]))
    assert back["id"] == item["id"]


def test_each_item_is_written_once(works: list[Item]) -> None:
    """What was written of an item before comes to the same as all items at once, odd keys too."""
    shelf = Shelf()
    plain = [work for work in works if str(work["id"]).isalnum()]
    assert len(plain) > 5
    for ending, write in FORMATS.items():
        for chosen in (plain[:3], plain[1:5], plain, works, []):
            assert shelf.written(ending, chosen) == write(chosen)


def test_formats() -> None:
    """Each format has its media type."""
    assert FORMATS.keys() == MEDIA_TYPES.keys()


def context(item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    return iter(parse_qsl(coins(normalised(item)), strict_parsing=True))


def test_coins_of_an_article() -> None:
    """An article's ContextObject says journal, authors in their order, date and pages."""
    found = list(context({**HARD[0], "title": "A & B", "author": HARD[0]["author"][:2], "volume": 4, "issue": 5}))
    assert found == [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"),
        ("rft_id", "info:doi/10.1000/a_b(c)d%2F<e>"),
        ("rft_id", "https://example.org/a_b~c?d=1&e=%20#f{g}"),
        ("rft.genre", "article"),
        ("rft.atitle", "A & B"),
        ("rft.jtitle", "Journal of A & B: 100% Homo sapiens"),
        ("rft.aulast", "García Márquez"),
        ("rft.aufirst", "Gabriel"),
        ("rft.au", "van den Berg, Jan"),
        ("rft.date", "2020-02-29"),
        ("rft.volume", "4"),
        ("rft.issue", "5"),
        ("rft.pages", "193–220"),
    ]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("book", {"rft_val_fmt": "info:ofi/fmt:kev:mtx:book", "rft.genre": "book", "rft.btitle": "T"}),
        ("chapter", {"rft.genre": "bookitem", "rft.atitle": "T", "rft.btitle": "C"}),
        ("thesis", {"rft_val_fmt": "info:ofi/fmt:kev:mtx:dissertation", "rft.title": "T", "rft.inst": "P"}),
        ("patent", {"rft.title": "T", "rft.assignee": "P", "rft.appldate": "2020"}),
        ("post-weblog", {"rft_val_fmt": "info:ofi/fmt:kev:mtx:dc", "rft.type": "blogPost", "rft.source": "C"}),
        ("article-newspaper", {"rft.type": "newspaperArticle", "rft.source": "C"}),
        ("document", {"rft.type": "document", "rft.title": "T", "rft.aucorp": "City"}),
    ],
)
def test_coins_of_types(kind: str, expected: dict[str, str]) -> None:
    """Each type is told in the format that has it, and in Dublin Core if none has."""
    item = {"id": "a", "type": kind, "title": "T", "container-title": "C", "publisher": "P", "issued": 2020}
    found = dict(context({**item, "author": [{"literal": "City"}]}))
    assert {name: found.get(name) for name in expected} == expected


def test_essay() -> None:
    """An essay is an item that says who wrote what, when, where, and in which language."""
    essay = Essay(
        title="Everywhere under heaven",
        address="https://example.org/essays/heaven/",
        site="Broadside",
        authors=("Ann Roe", "The editors"),
        date=dt.date(2016, 12, 20),
        language="en",
        summary="A sum has weights.",
    )
    assert essay_item(essay) == {
        "id": "roe2016",
        "type": "post-weblog",
        "title": "Everywhere under heaven",
        "author": [{"given": "Ann", "family": "Roe"}, {"literal": "The editors"}],
        "container-title": "Broadside",
        "issued": {"date-parts": [[2016, 12, 20]]},
        "URL": "https://example.org/essays/heaven/",
        "language": "en",
        "abstract": "A sum has weights.",
    }
    assert essay_item(Essay("T", "https://example.org/", "S")) == {
        "id": "t",
        "type": "post-weblog",
        "title": "T",
        "container-title": "S",
        "URL": "https://example.org/",
    }


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("Ann Roe", {"given": "Ann", "family": "Roe"}),
        ("Roe, Ann", {"given": "Ann", "family": "Roe"}),
        ("Ludwig van Beethoven", {"given": "Ludwig", "non-dropping-particle": "van", "family": "Beethoven"}),
        ("Martin Luther King, Jr.", {"given": "Martin Luther", "family": "King", "suffix": "Jr."}),
        ("King, Jr., Martin Luther", {"given": "Martin Luther", "family": "King", "suffix": "Jr."}),
        ("The editor of Broadside", {"literal": "The editor of Broadside"}),
        ("World Health Organization", {"literal": "World Health Organization"}),
        ("{Code America}", {"literal": "Code America"}),
        ("18F", {"literal": "18F"}),
        ("费孝通", {"literal": "费孝通"}),
    ],
)
def test_names_of_authors(author: str, name: dict[str, str]) -> None:
    """An author's name is a person's, unless it looks like an institution's or stands in braces."""
    assert name_of(author) == name


@pytest.mark.parametrize(
    ("item", "key"),
    [
        ({"author": [{"family": "García Márquez"}], "issued": {"date-parts": [[1967]]}}, "garciamarquez1967"),
        ({"author": [{"literal": "The World Health Organization"}]}, "worldhealth"),
        ({"editor": [{"family": "O'Neil-Øst"}], "issued": {"literal": "n.d."}}, "oneilost"),
        ({"title": "The <i>Moby</i> Dick", "issued": {"date-parts": [[-44]]}}, "moby"),
        ({"author": [{"family": "费", "given": "孝通"}], "issued": {"date-parts": [[1947]]}}, "费1947"),
        ({"author": [{"family": "---"}], "title": "!!!"}, "item"),
    ],
)
def test_key_for(item: dict[str, Any], key: str) -> None:
    """A key is who and when, and a letter more if there is one already."""
    assert key_for(item) == key
    assert key_for(item, {key, f"{key}a"}) == f"{key}b"
    assert key_for(item, {key, *(f"{key}{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")}) == f"{key}aa"
