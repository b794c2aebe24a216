"""`inv cite`: keys are listed, works are added, editors are told."""

from __future__ import annotations

import datetime as dt
import io
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from plugins.citations.__main__ import fetch, main
from plugins.citations.cite.addresses import host_of, may_lead_to
from plugins.citations.cite.appending import appended
from plugins.citations.cite.cleaning import cleaned
from plugins.citations.cite.editors import bibliography_schema
from plugins.citations.cite.model import Refused, Request
from plugins.citations.cite.pasted import Identifier, identifier_of
from plugins.citations.cite.usage import cited_in
from plugins.citations.library import load
from plugins.citations.own_item import name_of
from tests.citations.registers import registers
from tests.demo import DEMO
from tests.schemas import load_yaml, unfit


ROOT = Path(__file__).resolve().parents[2]
EXPORTS = Path(__file__).parent / "data" / "exports"
WORKS = """\
# The works.
references:
  - id: scott1998
    type: book
    title: "Seeing Like a State: How Certain Schemes Have Failed"
    title-short: Seeing Like a State
    author: [{family: Scott, given: James C.}]
    publisher: Yale University Press
    issued: 1998
    ISBN: 0-300-07815-3
  - {id: erdos1959, type: article-journal, title: On Random Graphs, author: [{family: Erdős}], container-title: J}
  - id: never
    type: webpage
    title: Nobody cites me
    URL: https://example.org/never/
"""
ESSAY = """\
---
title: T
date: 2020-01-01
summary: As @{erdos1959} knew.
references:
- {id: own2020, type: book, title: Own}
---
[@scott1998, p. 20; @own2020] and @scott1998 [p. 3] `[@never]` me@never.org \\@never [x]{.pull cite=@erdos1959}

```
@never
```
"""


@dataclass(frozen=True, slots=True)
class Desk:
    """A site on disk, and the command in its folder."""

    root: Path
    run: Callable[..., tuple[int, str, str]]

    def read(self, name: str = "bibliography.yaml") -> str:
        return (self.root / "content" / name).read_bytes().decode()

    def write(self, name: str, text: str | bytes) -> None:
        path = self.root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


@pytest.fixture(scope="module")
def network() -> Iterator[str]:
    with registers() as address:
        yield address


@pytest.fixture
def desk(tmp_path: Path, network: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    def run(*words: str) -> tuple[int, str, str]:
        status = main(words)
        said = capsys.readouterr()
        return status, said.out, said.err

    monkeypatch.chdir(tmp_path)
    (tmp_path / "pelicanconf.py").write_text(
        f"PATH = 'content'\nCITATIONS_DOI_SERVICE = CITATIONS_ISBN_SERVICE = {network!r}\n"
    )
    made = Desk(tmp_path, run)
    made.write("bibliography.yaml", WORKS)
    made.write("essays/a.md", ESSAY)
    made.write("pages/b.md", "Title: B\n\n[@scott1998]\n")
    return made


def test_list(desk: Desk) -> None:
    """Every work is listed with key, credit, title, place, and how often essays cite it."""
    assert desk.run() == (
        0,
        """\
erdos1959  Erdős, On Random Graphs
    content/bibliography.yaml:11, cited 2 times
never  Nobody cites me
    content/bibliography.yaml:12, cited nowhere
scott1998  James C. Scott, Seeing Like a State (1998)
    Seeing Like a State: How Certain Schemes Have Failed
    content/bibliography.yaml:3, cited 3 times in 2 essays
""",
        "",
    )


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        (["scott"], ["scott1998"]),
        (["STATE", "yale"], ["scott1998"]),
        (["erdos"], ["erdos1959"]),
        (["Erdős", "graphs"], ["erdos1959"]),
        (["1998"], ["scott1998"]),
        (["o"], ["erdos1959", "never", "scott1998"]),
    ],
)
def test_search(desk: Desk, words: list[str], keys: list[str]) -> None:
    """All words must be found, capitals and accents or not, in key, names, titles, publisher or year."""
    status, out, _ = desk.run(*words)
    assert status == 0
    assert [line.split()[0] for line in out.splitlines() if not line.startswith(" ")] == keys


def test_search_for_what_is_not_there(desk: Desk) -> None:
    """Where nothing is found, the nearest keys are named."""
    assert desk.run("scot1998") == (1, 'no work of 3 holds "scot1998"; did you mean "scott1998"?\n', "")


def test_unused(desk: Desk) -> None:
    """Works that no essay cites are listed by place; an essay's own works, code and addresses count for nothing."""
    assert desk.run("--unused") == (0, "content/bibliography.yaml:12: never: Nobody cites me\n", "")
    remark = "works that nothing cites: 1\ncontent/bibliography.yaml:12: never: Nobody cites me\n"
    assert desk.run("--unused", "--remark") == (0, remark, "")
    desk.write("essays/c.md", "[@never]")
    assert desk.run("--unused", "--remark") == (0, "", "")
    assert desk.run("--unused") == (0, "each of the 3 works is cited\n", "")


def test_usage() -> None:
    """Every form of a citation counts, and nothing that only looks like one."""
    text = "[see @a, p. 3; -@b; @{c d}] @a:b. [x]{.pull cite=@e} a@f.org \\@g `@h` <https://x.org/@i> @a"
    assert cited_in(text) == {"a": 2, "b": 1, "c d": 1, "a:b": 1, "e": 1}


def test_add_doi(desk: Desk) -> None:
    """A DOI is looked up by content negotiation, and a clean item goes to the end of the bibliography."""
    status, out, err = desk.run("add", "https://doi.org/10.1080/01944366908977225")
    assert (status, err) == (0, "")
    assert out == (
        "content/bibliography.yaml:16: added arnstein1969: Sherry R. Arnstein, A Ladder Of Citizen Participation "
        "(1969)\n    cite it as [@arnstein1969]\n"
    )
    assert (
        desk.read()
        == WORKS
        + """\
  - id: arnstein1969
    type: article-journal
    title: A Ladder Of Citizen Participation
    author:
      - family: Arnstein
        given: Sherry R.
    container-title: Journal of the American Institute of Planners
    volume: 35
    issue: 4
    page: 216-224
    publisher: Informa UK Limited
    issued: 1969-07
    DOI: 10.1080/01944366908977225
    ISSN: 0002-8991
    language: en
"""
    )


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("978-0-300-07815-2", "scott1998"),
        ("@online{x, title={N}, url={http://www.example.org/never}}", "never"),
        ("@article{x, title={N}, doi={10.1000/182}}", "doe2000"),
    ],
)
def test_add_again(desk: Desk, word: str, key: str) -> None:
    """A work that is there already, by ISBN, address or DOI, is named and not added again."""
    desk.write(
        "bibliography.yaml", before := WORKS + "  - {id: doe2000, type: book, DOI: https://doi.org/10.1000/182}\n"
    )
    status, out, _ = desk.run("add", word)
    assert (status, out.partition(": ")[2]) == (0, f"{key} is this work already; cite it as [@{key}]\n")
    assert desk.read() == before


def test_add_isbn(desk: Desk) -> None:
    """An ISBN is looked up at Open Library."""
    desk.write("bibliography.yaml", "")
    status, out, _ = desk.run("add", "ISBN 978-0-300-07815-2")
    assert (status, out.splitlines()[-1]) == (0, "    cite it as [@scott1998]")
    (item,) = load([("b.yaml", desk.read().encode())], lambda _: []).items.values()
    assert item == {
        "id": "scott1998",
        "type": "book",
        "title": "Seeing Like a State: How Certain Schemes to Improve the Human Condition Have Failed",
        "author": [{"given": "James C.", "family": "Scott"}],
        "publisher": "Yale University Press",
        "publisher-place": "New Haven",
        "issued": {"date-parts": [[1998]]},
        "ISBN": "9780300078152",
    }


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            "highwire",
            {
                "type": "article-journal",
                "title": "A Ladder <i>Of</i> Citizen Participation",
                "author": [{"family": "Arnstein", "given": "Sherry R."}],
                "container-title": "Journal of the American Institute of Planners",
                "volume": "35",
                "issue": "4",
                "page": "216-224",
                "issued": {"date-parts": [[1969, 7, 1]]},
                "DOI": "10.1080/01944366908977225",
                "language": "en",
            },
        ),
        (
            "blog",
            {
                "type": "post-weblog",
                "title": "Why we use HTTPS for every .gov we make",
                "author": [{"given": "Eric", "family": "Mill"}, {"literal": "The 18F team"}],
                "container-title": "18F Blog",
                "issued": {"date-parts": [[2014, 11, 13]]},
                "language": "en",
            },
        ),
        (
            "news",
            {
                "type": "article-newspaper",
                "title": "An article & more",
                "author": [{"given": "Ann", "family": "Roe"}, {"literal": "Data desk"}],
                "container-title": "The Paper",
                "issued": {"date-parts": [[2020, 3, 5]]},
                "language": "en-GB",
            },
        ),
        ("plain", {"type": "webpage", "title": "Just a title with signs"}),
    ],
)
def test_add_page(desk: Desk, network: str, page: str, expected: dict[str, object]) -> None:
    """A page is added by what it says of itself, at its own address, with the day of access."""
    desk.write("bibliography.yaml", "")
    url = f"{network}/page/{page}.html"
    status, _, err = desk.run("add", f"{url}#place")
    assert (status, err) == (0, "")
    (item,) = load([("b.yaml", desk.read().encode())], lambda _: []).items.values()
    accessed = item["accessed"]["date-parts"][0]
    assert abs(dt.datetime.now().astimezone().date() - dt.date(*accessed)) <= dt.timedelta(days=1)
    assert {name: item[name] for name in item if name not in {"id", "accessed"}} == {**expected, "URL": url}


BIBTEX = "@article{whatever, title={On {Roads} \\& rails}, author={Roe, Ann}, journal={J. of K.}, year=1999}"
RIS = "TY  - JOUR\nID  - x\nTI  - On Roads\nAU  - Roe, Ann\nT2  - J. of K.\nPY  - 1999\nER  - \n"
JSON = '{"id": "x", "type": "article-journal", "title": "On Roads", "author": [{"family": "Roe"}], "issued": "1999"}'
YAML = "type: article-journal\ntitle: On Roads\nauthor:\n- family: Roe\nissued: 1999\n"


LISTED = "- id: x\n  type: book\n  title: On Roads\n  author: [{family: Roe}]\n  issued: 1999\n"


@pytest.mark.parametrize(
    "text", [BIBTEX, RIS, JSON, f"[{JSON}]", f'{{"references": [{JSON}]}}', YAML, LISTED], ids=lambda text: text[:12]
)
@pytest.mark.parametrize("way", ["argument", "file", "input"])
def test_add_pasted(desk: Desk, text: str, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pasted entry is added, whatever its format and the way it comes; its key is made of author and year."""
    word = text
    if way == "file":
        (desk.root / "entry.txt").write_text(text)
        word = "entry.txt"
    elif way == "input":
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        word = "-"
    status, out, err = desk.run("add", word)
    assert (status, err) == (0, "")
    assert "Roe, On Roads" in out
    assert out.endswith("    cite it as [@roe1999]\n")
    assert desk.read().startswith(WORKS)
    assert "\n  - id: roe1999\n" in desk.read()


def test_add_several(desk: Desk) -> None:
    """Several entries are added each under a key of its own; nothing is added twice, and of a broken paste nothing."""
    entries = [
        f"@book{{k{n}, title={{T}}, author={{Roe, Ann}}, year=1999, doi={{10.1000/{n // 2}}}}}\n" for n in range(4)
    ]
    status, out, _ = desk.run("add", "".join(entries))
    assert status == 0
    assert [line.split()[2] for line in out.splitlines() if " added " in line] == ["roe1999:", "roe1999a:"]
    assert out.count("is this work already") == 2
    before = desk.read()
    status, _, err = desk.run("add", "@book{x, title={X}}\n@book{x, title={Y}}\n")
    assert (status, desk.read()) == (1, before)
    assert "the entry is broken: line 2: " in err


def test_keys(desk: Desk) -> None:
    """A key may be chosen or kept, and is never another work's."""
    assert desk.run("add", BIBTEX, "--key", "roads")[1].endswith("cite it as [@roads]\n")
    assert desk.run("add", BIBTEX, "--keep-keys")[1].endswith("cite it as [@whatever]\n")
    before = desk.read()
    for options, reason in (
        (("--key", "scott1998"), "is the key of another work"),
        (("--key", "a b"), "is no key"),
        (("--keep-keys",), "is the key of another work"),
    ):
        status, _, err = desk.run("add", BIBTEX, *options)
        assert status == 1
        assert err.startswith("not added: ")
        assert reason in err
    assert desk.read() == before


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("10.1000/nowhere", 'no DOI "10.1000/nowhere" is known at 127.0.0.1:'),
        ("10.1000/broken", "answered with something other than an entry"),
        ("10.1000/busy", "answered 503 Slow down; try again later"),
        ("10.1000/file", "answered 302 "),
        ("10.1000/loop", "answered 302 "),
        ("10.1000/endless", "answered with more than 2,000,000 bytes"),
        ("9780306406157", 'no ISBN "9780306406157" is known at 127.0.0.1:'),
        ("9780306406158", "its digits do not add up"),
        ("{net}/nowhere", "nothing is at 127.0.0.1:"),
        ("{net}/document.pdf", "is no page but application/pdf"),
        ("http://example.org/page", "is not asked but over https"),
        ("gone.bib", 'there is no file "gone.bib"'),
        ("just words", "is no DOI, ISBN or address, and no entry"),
        ("@book{x, title={T", "the entry is broken: line 1: "),
        ("@book{x}", "has neither a title nor an author"),
        ("TY  - BOOK\nTI  - T\n", 'no line "ER  -" ends the last record'),
        ('{"id": "x", "type": ', "the entry is broken: line 1: "),
        ("[]", "no item is in this text"),
        ("type: [", "the entry is broken: line 1: "),
    ],
)
def test_refusals(desk: Desk, network: str, word: str, reason: str) -> None:
    """What cannot be added is one line that says why, and the bibliography stays as it is."""
    status, out, err = desk.run("add", word.replace("{net}", network))
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert err.startswith("not added: ")
    assert reason in err
    assert desk.read() == WORKS


def test_offline(desk: Desk) -> None:
    """Without a network one line says so, and pasted entries are added as ever."""
    conf = desk.root / "pelicanconf.py"
    conf.write_text("PATH = 'content'\nCITATIONS_DOI_SERVICE = 'http://127.0.0.1:9'\n")  # nobody listens there
    status, out, err = desk.run("add", "10.1080/01944366908977225")
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert err.startswith("not added: 127.0.0.1 cannot be reached (")
    assert "paste the entry itself" in err
    assert desk.run("add", BIBTEX)[0] == 0


def test_untrusted_answers(desk: Desk) -> None:
    """Of a hostile answer nothing gets through but known fields in their form, without control characters."""
    desk.write("bibliography.yaml", "")
    assert desk.run("add", "10.1000/hostile")[0] == 0
    library = load([("b.yaml", desk.read().encode())], lambda _: [])
    assert library.problems == []
    assert list(library.items.values()) == [
        {
            "id": "roe31m",
            "type": "document",
            "title": "A <b>bold</b> alert(1) title",
            "author": [{"family": "Roe[31m", "given": "Ann"}, {"literal": "City"}],
            "publisher": "P" * 1000,
            "DOI": "10.1000/hostile",
        }
    ]


def test_no_file_outside(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Nothing is written but the bibliography of the site, and never past a link that leads out of it."""
    outside = tmp_path_factory.mktemp("outside") / "b.yaml"
    outside.write_text(WORKS)
    for name in ("../escape.yaml", "/etc/passwd.yaml", "essays/a.md"):
        assert "is no bibliography of this site" in desk.run("add", BIBTEX, "--to", name)[2]
    (desk.root / "content" / "bibliography.yaml").unlink()
    (desk.root / "content" / "bibliography.yaml").symlink_to(outside)
    status, _, err = desk.run("add", BIBTEX, "--to", "bibliography.yaml")
    assert status == 1
    assert "leads out of the content folder" in err
    assert outside.read_text() == WORKS


def test_where_it_goes(desk: Desk) -> None:
    """An entry goes to the bibliography named, to the first that is there, or to a new one."""
    desk.write("bibliography.bib", "@book{a, title={A}}")
    assert "content/bibliography.bib:3: added roe1999" in desk.run("add", BIBTEX, "--to", "content/bibliography.bib")[1]
    assert desk.read("bibliography.bib").startswith("@book{a, title={A}}\n\n@article{roe1999,\n")
    for name in ("bibliography.yaml", "bibliography.bib"):
        (desk.root / "content" / name).unlink()
    assert "content/bibliography.yaml:2: added roe1999" in desk.run("add", BIBTEX)[1]
    (desk.root / "pelicanconf.py").write_text("PATH = 'content'\nCITATIONS_BIBLIOGRAPHY = ('works/own.json',)\n")
    (desk.root / "content" / "works").mkdir()
    assert "content/works/own.json:3: added roe1999" in desk.run("add", BIBTEX)[1]
    assert json.loads(desk.read("works/own.json"))[0]["title"] == "On Roads & rails"


ITEM = {"id": "new", "type": "book", "title": "T: # x", "issued": {"date-parts": [[2020, 3, 5]]}, "volume": "4"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("b.yaml", ""),
        ("b.yaml", "# only a comment"),
        ("b.yaml", "references:\n"),
        ("b.yaml", "references:\n  - id: a\n    type: book"),
        ("b.yaml", "- id: a\n  note: |\n    x\n    # y\n\n# behind\n"),
        ("b.yaml", "---\nreferences:\n- id: a\n  type: book\n...\n"),
        ("b.yaml", "references:\n    - id: a\nother: x\n"),
        ("b.yaml", "\ufeffreferences:\r\n  - id: ä\r\n    title: 天下\r\n"),
        ("b.yaml", 'references:\n  - {id: a, title: "x\n      y"}\n\n\n'),
        ("b.json", ""),
        ("b.json", "[]"),
        ("b.json", "[\n]\n"),
        ("b.json", '[{"id":"a"}]'),
        ("b.json", '[\n\t{\n\t\t"id": "a]"\n\t}\n]\n'),
        ("b.json", '{"x": [1], "references": [\n {"id": "a"}\n], "y": [2]}'),
        ("b.bib", ""),
        ("b.bib", "% comment\n@book{a, title={A}}"),
        ("b.bib", "\ufeff@book{a, title={A}}\r\n"),
    ],
)
def test_every_byte_stays(name: str, text: str) -> None:
    """An item is put in one place, every byte before and behind it stays, and all is read again."""
    data = text.encode()
    new, line = appended(f"content/{name}", data, ITEM)
    assert b"new" in new.splitlines()[line - 1] or b"new" in new.splitlines()[line]
    kept = data or (b"[]\n" if name == "b.json" else b"")
    assert any(new.startswith(kept[:at]) and new.endswith(kept[at:]) for at in range(len(kept) + 1))
    assert b"\r\n" not in data or b"\n" not in new.replace(b"\r\n", b"")
    if name != "b.bib":
        library = load([(name, new)], lambda _: [])
        assert library.problems == []
        assert library.items["new"] == ITEM


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("b.yaml", "references: [{id: a}]\n"),
        ("b.yaml", "references:\n  - id: a\n    title: [\n"),
        ("b.yaml", "x: y\n"),
        ("b.json", '[{"id": "a"}'),
        ("b.json", '{"x": 1}'),
        ("b.txt", ""),
    ],
)
def test_what_cannot_be_added_to(name: str, text: str) -> None:
    """A bibliography that is broken, or set in a way that nothing can follow, stays as it is."""
    with pytest.raises(Refused):
        appended(name, text.encode(), ITEM)
    with pytest.raises(Refused):
        appended(name, b"\xff", ITEM)


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("10.1000/182", Identifier("doi", "10.1000/182")),
        ("doi:10.1000/a(b)c;1-2", Identifier("doi", "10.1000/a(b)c;1-2")),
        ("https://dx.doi.org/10.1000/182.", Identifier("doi", "10.1000/182")),
        ("0-300-07815-3", Identifier("isbn", "0300078153")),
        ("ISBN: 978 0 300 07815 2", Identifier("isbn", "9780300078152")),
        ("arXiv:2301.00001v2", Identifier("doi", "10.48550/arXiv.2301.00001")),
        ("https://arxiv.org/abs/2301.00001", Identifier("doi", "10.48550/arXiv.2301.00001")),
        ("12.34", None),
        ("080442957X", Identifier("isbn", "080442957X")),
        ("example.org/page?a=b#c", Identifier("url", "https://example.org/page?a=b#c")),
        ("<https://example.org>", Identifier("url", "https://example.org")),
        ("@book{x}", None),
        ("type: book", None),
        ("words", None),
    ],
)
def test_identifiers(text: str, identifier: Identifier | None) -> None:
    """DOIs, ISBNs and addresses are known in the forms that people copy them in."""
    assert identifier_of(text) == identifier


@pytest.mark.parametrize(
    "url",
    ["http://example.org", "ftp://example.org", "file:///etc/passwd", "https://", "https://a b.org", "https://[", "x"],
)
def test_addresses_that_are_not_asked(url: str) -> None:
    """Nothing is asked but over https."""
    with pytest.raises(Refused):
        host_of(url)


def test_where_answers_may_lead() -> None:
    """An answer from the web leads nowhere but to the web."""
    assert may_lead_to("http://example.org/", from_local=False)
    for host in ("localhost", "127.0.0.1", "[::1]", "10.0.0.1", "169.254.1.1", "printer.local"):
        assert not may_lead_to(f"https://{host}/", from_local=False)
    assert not may_lead_to("file:///etc/passwd", from_local=True)
    assert may_lead_to("http://127.0.0.1:8000/", from_local=True)


def test_cleaning_keeps_what_is_known() -> None:
    """A pasted item keeps its notes; of what a register says, only what a bibliography needs is kept."""
    raw = {
        "type": "book",
        "title": "T",
        "note": "N",
        "abstract": "A",
        "kind": "press",
        "indexed": {},
        "custom": {"a": 1},
    }
    assert cleaned(raw) == {"type": "book", "title": "T"}
    assert cleaned(raw, trusted=True) == {"type": "book", "title": "T", "abstract": "A", "kind": "press", "note": "N"}


@pytest.mark.parametrize(
    "text", ["<a-" * 50_000, "A b " * 50_000, "van " * 50_000, "[[1]  " * 50_000, "&amp;" * 50_000]
)
def test_cleaning_takes_time_by_size(text: str) -> None:
    """Whatever length a stranger's text has, it is cleaned and written without delay."""
    started = time.perf_counter()
    item = cleaned({"type": "book", "title": f"[{text}", "author": [text], "issued": text, "container-title": text})
    name_of(text)
    appended("b.json", b"[]", {**item, "id": "a"})
    assert time.perf_counter() - started < 5
    assert len(item["title"]) <= 1000


def test_dates_in_a_title_stay() -> None:
    """What looks like JSON in a title stays as it is."""
    title = 'A "date-parts": [[1],   [2]] b'
    new, _ = appended("b.json", b"[]", {"id": "a", "type": "book", "title": title})
    assert json.loads(new)[0]["title"] == title


def test_settings_that_fail(desk: Desk) -> None:
    """Settings that are not there, fail or are wrong are one line."""
    conf = desk.root / "pelicanconf.py"
    for text, reason in (
        ("1 / 0\n", "ZeroDivisionError"),
        ("CITATIONS_TIMEOUT = 'x'\n", "CITATIONS_TIMEOUT must be a number, not str"),
    ):
        conf.write_text(text)
        status, _, err = desk.run()
        assert (status, err.count("\n")) == (1, 1)
        assert reason in err
    conf.unlink()
    assert "there are no settings" in desk.run()[2]


def test_no_bibliography(desk: Desk) -> None:
    """A site without a bibliography is told how to begin."""
    (desk.root / "content" / "bibliography.yaml").unlink()
    assert desk.run() == (1, "there is no bibliography yet; inv cite add makes one\n", "")


@pytest.mark.parametrize("words", [["--help"], ["add", "--help"], ["schema", "--help"]])
def test_help(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """--help says what each form does."""
    with pytest.raises(SystemExit):
        main(words)
    assert len(capsys.readouterr().out) > 300


def test_inv() -> None:
    """`inv cite` takes all words that follow it, and an entry through its standard input."""
    assert 'holds "brandeis check"' in inv("brandeis", "check").stdout
    asked = inv("add", "-", "--to", "nowhere.bib", given=BIBTEX)
    assert asked.returncode == 1
    assert asked.stderr.startswith('not added: "nowhere.bib" is no bibliography of this site; it reads ')


def inv(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "invoke", "cite", *words]
    return subprocess.run(command, cwd=ROOT, input=given, capture_output=True, encoding="utf-8", check=False)


def test_schema(desk: Desk) -> None:
    """Editors find the keys as a list of words and of records, all works, and a schema that the bibliography fits."""
    desk.write("works.json", "[]")
    status, out, _ = desk.run("schema")
    folder = desk.root / ".cache" / "editor"
    assert (status, sorted(out.split())) == (0, sorted(f".cache/editor/{path.name}" for path in folder.iterdir()))
    assert (folder / "keys.txt").read_text() == "erdos1959\nnever\nscott1998\n"
    assert json.loads((folder / "keys.json").read_text())[2] == {
        "key": "scott1998",
        "cite": "[@scott1998]",
        "detail": "James C. Scott, Seeing Like a State (1998)",
    }
    assert len(json.loads((folder / "bibliography.json").read_text())) == 3
    schema = json.loads((folder / "bibliography.schema.json").read_text())
    assert schema == bibliography_schema()


def test_bibliographies_fit_the_schema() -> None:
    """The demo's bibliography and an export of Zotero's fit the schema, as lists and under "references"."""
    works = load_yaml((DEMO / "bibliography.yaml").read_text(encoding="utf-8"))
    exported = json.loads((EXPORTS / "zotero.json").read_text(encoding="utf-8"))
    for data in (works, works["references"], exported):
        assert list(unfit(data, bibliography_schema())) == []


@pytest.mark.parametrize(
    ("item", "place"),
    [
        ({"id": "a"}, "type"),
        ({"type": "book"}, "id"),
        ({"id": "a", "type": "bok"}, "type"),
        ({"id": "a", "type": "book", "titel": "T"}, "titel"),
        ({"id": "a", "type": "book", "title": ["T"]}, "title"),
        ({"id": "a", "type": "book", "author": "Roe"}, "author"),
        ({"id": "a", "type": "book", "author": [{"name": "Roe"}]}, "author"),
        ({"id": "a", "type": "book", "issued": [2020]}, "issued"),
        ({"id": "a", "type": "webpage", "URL": "javascript:x"}, "URL"),
    ],
)
def test_what_does_not_fit_the_schema(item: dict[str, object], place: str) -> None:
    """What is wrong with an item does not fit the schema."""
    schema = {**bibliography_schema()["$defs"]["item"], "$defs": bibliography_schema()["$defs"]}
    assert [found for found in unfit(item, schema) if place in found]


def test_fetch(network: str) -> None:
    """An answer comes with its address, media type and charset."""
    answer = fetch(Request(f"{network}/page/plain.html", "text/html"))
    assert (answer.url, answer.kind, answer.charset) == (f"{network}/page/plain.html", "text/html", "utf-8")
