"""Pages put together of plates: byte for byte what pandoc prints of each page by itself."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest

from plugins.citations import desk, styles
from plugins.citations.adapting import adapted
from plugins.citations.clerk import Task
from plugins.citations.engine import Engine
from plugins.citations.items import formattable
from plugins.citations.model import MODES, CitationItem, Item, Job, PlacedCitation, Style
from plugins.citations.outlook import Outlook
from plugins.citations.settings import CitationSettings
from plugins.shared.crew import cores
from plugins.shared.markers import encode
from plugins.shared.problems import Problems
from plugins.shared.store import Store
from plugins.shared.words import NO_WORDS
from tests.conftest import Site


STYLES = (
    "apa chicago-notes-bibliography-17th-edition chicago-notes-bibliography-subsequent-ibid chicago-author-date "
    "modern-language-association new-harts-rules-notes-initials-bracket-role-page-range-no-url oscola "
    "harvard-cite-them-right elsevier-harvard ieee vancouver-nlm bluebook-law-review "
    "american-political-science-association"
).split()
FAMILIES = ("Roe", "Poe", "Roe-Poe", "van Roe", "Lee", "李", "O’Poe")
GIVEN = ("Ann", "Anna", "Bea", "A.", "Cy")
BODIES = ("Roe", "Institute of Roads", "Ministry")
TITLES = ("Roads", "Roads: A Study", "Rivers", "<i>Rivers</i> and Roads", "Roads 1999", "Anonymous", "道路")
CONTAINERS = ("Journal of Roads", "The Daily Road", "Roads")
TYPES = "book article-journal chapter webpage report article-newspaper thesis legal_case motion_picture".split()
SUFFIXES = ("", "", "", ", and more", " 3")


@pytest.fixture(scope="module")
def alone() -> Iterator[Engine]:
    engine = Engine()
    yield engine
    engine.close()


def person(chance: Random) -> dict[str, Any]:
    if chance.random() < 0.2:
        return {"literal": chance.choice(BODIES)}
    name = {"family": chance.choice(FAMILIES)}
    return name if chance.random() < 0.1 else {**name, "given": chance.choice(GIVEN)}


def work(chance: Random, key: str, *, is_own: bool) -> Item:
    """Return a work; one that `is_own` has an author and a title of its own, others are easily taken for each other."""
    item: dict[str, Any] = {"id": key, "type": chance.choice(TYPES), "title": chance.choice(TITLES)}
    if chance.random() < 0.8:
        item["author"] = [person(chance) for _ in range(chance.choice((1, 1, 2, 4)))]
    if chance.random() < 0.2:
        item["editor"] = [person(chance)]
    if chance.random() < 0.8:
        item["issued"] = {"date-parts": [[chance.choice((1999, 2001, 2001, 2020))]]}
    if chance.random() < 0.5:
        item |= {"container-title": chance.choice(CONTAINERS), "page": "3-9"}
    if chance.random() < 0.3:
        item["URL"] = f"https://example.org/{key}"
    if is_own:
        item |= {"title": f"Work {key} of Its Own", "author": [{"family": f"Writer{key}", "given": "Di"}]}
    return adapted(formattable(item))


def library(chance: Random) -> list[Item]:
    share = chance.choice((0, 0.5, 0.8, 1))
    return [work(chance, f"k{number}", is_own=chance.random() < share) for number in range(24)]


def cited(chance: Random, key: str) -> CitationItem:
    rest = chance.choice(("", "", ", p. 4", ", p. 4", f", p. {chance.randrange(1, 400)}", ", chap. 2", ", pp. 3–8"))
    prefix = "see " if chance.random() < 0.1 else ""
    mode = chance.choice(MODES) if chance.random() < 0.2 else "normal"
    return CitationItem(key, prefix, rest + chance.choice(SUFFIXES), mode)


def page(chance: Random, works: list[Item], style: Style, locale: str) -> Job:
    """Return a page that cites some works, often one right after itself."""
    some = chance.sample(works, chance.choice((1, 2, 3, 6)))
    placed, note = list[PlacedCitation](), 0
    for _ in range(chance.choice((2, 4, 8))):
        note += chance.choice((1, 1, 1, 2))
        keys = [str(chance.choice(some)["id"])]
        if chance.random() < 0.05:
            keys.append(str(chance.choice(some)["id"]))
        if placed and chance.random() < 0.3:
            keys = [placed[-1].items[-1].id]
        items = tuple(cited(chance, key) for key in keys)
        placed.append(PlacedCitation(items, note if style.in_notes else 0, chance.random() < 0.02))
    used = dict.fromkeys(item.id for one in placed for item in one.items)
    by_key = {item["id"]: item for item in works}
    return Job(style, locale, tuple(placed), tuple(by_key[key] for key in used))


def outcome(engine: Engine, job: Job) -> tuple[Any, ...]:
    """Return what comes of a page but for warnings, which nobody reads, and of which leaner styles cause fewer."""
    result = engine.format(job)
    return result.citations, result.entries


@pytest.mark.parametrize("name", STYLES)
@pytest.mark.parametrize("seed", range(2))
def test_same_as_alone(name: str, seed: int, alone: Engine) -> None:
    """Whatever pages cite, and however alike their works are, each comes out as it does by itself."""
    compare(name, seed, alone, 12)


@pytest.mark.slow
@pytest.mark.parametrize("name", STYLES)
def test_same_as_with_the_whole_style(name: str) -> None:
    """So do many more, and as they do if nothing is left out of their style."""
    whole = Engine(fits=False)
    for seed in range(100, 110):
        compare(name, seed, whole, 12)
    whole.close()


def compare(name: str, seed: int, alone: Engine, pages: int) -> None:
    chance, style = Random(f"{name} {seed}"), styles.find(name, Path())
    locale, works, engine = chance.choice(("en-US", "en-GB", "de-DE")), library(chance), Engine()
    engine.expect(style, locale, works)
    for _ in range(pages):
        job = page(chance, works, style, locale)
        assert outcome(engine, job) == outcome(alone, job), (name, seed, job)
    engine.close()


@dataclass
class Asked:
    """What pandoc is asked, counted."""

    ask: Callable[[Mapping[str, Any]], dict[str, Any]]
    times: int = 0

    def __call__(self, job: Mapping[str, Any]) -> dict[str, Any]:
        self.times += job["task"] == "format"
        return self.ask(job)


def counted(engine: Engine) -> Asked:
    asked = Asked(engine._worker.ask)  # noqa: SLF001 - what it costs is what this is about
    engine._worker.ask = asked  # type: ignore[method-assign]  # noqa: SLF001
    return asked


def plain_page(style: Style, works: Sequence[Item], number: int) -> Job:
    """Return a page that cites works once each, and the first of them again, on pages that no other page names."""
    chosen = [works[(number * 5 + place) % len(works)] for place in range(6)]
    cited = [*chosen, chosen[0]]
    placed = tuple(
        PlacedCitation((CitationItem(str(item["id"]), rest=f", p. {number * 10 + place}"),), style.in_notes * place)
        for place, item in enumerate(cited, start=1)
    )
    return Job(style, "en-US", placed, tuple(chosen))


@pytest.mark.parametrize("name", ["apa", "chicago-notes-bibliography-17th-edition", "modern-language-association"])
def test_pandoc_is_asked_no_more(name: str, alone: Engine) -> None:
    """Once all works were cited, pages that cite other pages of them need no pandoc, and say what they would."""
    style, chance, engine = styles.find(name, Path()), Random(1), Engine()
    works = [work(chance, f"k{number}", is_own=True) for number in range(12)]
    engine.expect(style, "en-US", works)
    asked = counted(engine)
    for number in range(12):
        engine.format(plain_page(style, works, number))
    before = asked.times
    for number in range(12, 24):
        job = plain_page(style, works, number)
        assert outcome(engine, job) == outcome(alone, job)
    assert before > 0
    assert asked.times == before
    engine.close()


def test_another_work_of_the_name(alone: Engine) -> None:
    """A page whose own work has the key of one that many cite says what its own is."""
    style, chance, engine = styles.find("apa", Path()), Random(1), Engine()
    works = [work(chance, f"k{number}", is_own=True) for number in range(12)]
    engine.expect(style, "en-US", works)
    engine.format(plain_page(style, works, 0))
    own = [{**works[0], "title": "Its Own"}, *works[1:]]
    assert outcome(engine, plain_page(style, own, 0)) == outcome(alone, plain_page(style, own, 0))
    engine.close()


def task(html: str, items: Mapping[str, Item], style: str = "apa") -> Task:
    found = styles.find(style, Path())
    return Task(
        html,
        "",
        "",
        numbers=False,
        items=items,
        style=found,
        style_sign="",
        locale="en-US",
        words=NO_WORDS,
        is_kept=True,
    )


def marker(*keys: str) -> str:
    return f'<p><span data-citation="{encode([{"id": key, "prefix": "", "rest": ""} for key in keys])}"></span></p>'


def test_what_is_foreseen() -> None:
    """Works that many texts cite are foreseen, once for each style: not those of few texts, nor one of two meanings."""
    items = {key: {"id": key, "title": key} for key in ("a b", "c", "d")}
    own = {**items, "d": {"id": "d", "title": "another"}}
    tasks = [task(marker("a b", "c", "d", "none"), own if number % 2 else items) for number in range(12 * cores() + 40)]
    outlook = Outlook(tasks)
    address = styles.find("apa", Path()).path
    assert outlook.take(address, "de-DE") == []
    assert outlook.take(address, "en-US") == [items["a b"], items["c"]]
    assert outlook.take(address, "en-US") == []
    assert Outlook(tasks[:39]).take(address, "en-US") == []
    many = {f"k{number}": {"id": f"k{number}"} for number in range(60)}
    rare = [task(marker(key), many) for key in many]
    assert Outlook(rare).take(address, "en-US") == []


WORKS = [
    {
        "id": f"k{number}",
        "type": "book",
        "publisher": "P",
        "title": f"Work {number}",
        "author": [{"family": f"Writer{number}"}],
        "issued": "1999",
    }
    for number in range(5)
]


def essay(number: int, text: str = "") -> str:
    cited = " ".join(f"Said [@k{(number + place) % 5}, p. {number + place + 1}]." for place in range(3))
    return f"---\ntitle: Essay {number}\nslug: e{number}\ndate: 2024-01-01\n---\n\n{cited} {text}\n"


def test_an_edit_among_many(build_site: Callable[..., Site]) -> None:
    """An edit of a citation is resolved by itself, and comes out as when all are built together."""
    files = {f"content/essays/e{number}.md": essay(number) for number in range(48)}
    files["content/bibliography.json"] = json.dumps(WORKS)
    first = build_site(files)
    assert not first.problems
    edit = {"content/essays/e7.md": essay(7, "Again [@k3, p. 3; see @k4]. And [@k3].")}
    edited = published(build_site({**files, **edit}))
    for folder in (".cache", "output"):
        shutil.rmtree(first.root / folder)
    assert edited == published(build_site({**files, **edit}))
    assert "Writer4" in edited["essays/e7/index.html"].decode()


def published(site: Site) -> dict[str, bytes]:
    assert not site.problems
    return {name: data for name, data in site.files().items() if not name.startswith(".")}


def test_workers_can_read_what_is_kept(tmp_path: Path) -> None:
    """However much was put before, workers find the store open when they begin."""
    store = Store(tmp_path / "kept.db")
    for number in range(400):
        store.put("readings", str(number), "key", "x" * 20_000)
    texts = desk.Desk(CitationSettings(), tmp_path, Problems(), store, Engine())
    assert list(texts.orders([], ())) == []
    with contextlib.closing(sqlite3.connect(tmp_path / "kept.db", timeout=0)) as file:
        assert file.execute("SELECT count(*) FROM kept").fetchall() == [(400,)]
    store.close()
