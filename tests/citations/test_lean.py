"""Styles made leaner for a page: it comes out as with the whole style."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from plugins.citations import styles
from plugins.citations.engine import Engine
from plugins.citations.lean.fitter import Fitter
from plugins.citations.model import CitationItem, Job, PlacedCitation, Result, Style
from plugins.citations.terms import data_address, source_of
from tests.citations.chance import page
from tests.fixtures import Case, read_fixture_file


DOCUMENTED = re.findall(r"^`([a-z0-9-]+)`$", Path("docs/citation-styles.md").read_text(encoding="utf-8"), re.M)
OTHERS = (
    "acta-philosophica advanced-materials american-chemical-society american-medical-association "
    "american-sociological-association ancilla-iuris annual-reviews associacao-brasileira-de-normas-tecnicas "
    "australian-guide-to-legal-citation bibtex bluebook-law-review bmj cell chicago-author-date "
    "china-national-standard-gb-t-7714-2015-note deutsche-sprache elsevier-harvard gallia-prehistoire "
    "gost-r-7-0-5-2008 harvard-cite-them-right infoclio-de iso690-author-date-fr iso690-note-cs "
    "new-harts-rules-notes pontifical-gregorian-university science "
    "society-of-biblical-literature-fullnote-bibliography springer-basic-author-date the-lancet "
    "the-university-of-winchester-harvard university-of-york-mla"
).split()


@pytest.fixture(scope="module")
def whole() -> Iterator[Engine]:
    engine = Engine(fits=False)
    yield engine
    engine.close()


def said(result: Result) -> Result:
    return replace(result, warnings=())


def style_of(parts: str, *, class_: str = "in-text", attributes: str = "") -> Style:
    source = (
        f'<style xmlns="http://purl.org/net/xbiblio/csl" class="{class_}" version="1.0" {attributes}>{parts}</style>'
    )
    return Style("own", data_address(source.encode()), class_ == "note", None, "")


def layout(content: str) -> str:
    return f'<citation><layout delimiter="; ">{content}</layout></citation>'


def job(style: Style, *items: dict[str, Any], rest: str = "") -> Job:
    works = tuple({"id": f"k{number}", **item} for number, item in enumerate(items))
    placed = tuple(PlacedCitation((CitationItem(str(work["id"]), rest=rest),), 0) for work in works)
    return Job(style, "en-US", placed, works)


def leaner(job: Job, *, has_locators: bool = False) -> str:
    address = Fitter().fit(job.style.path, job.items, job.locale, has_locators=has_locators)
    return source_of(address).decode()


@pytest.mark.parametrize("name", [*DOCUMENTED, *OTHERS])
def test_same_citations(name: str, engine: Engine, whole: Engine) -> None:
    """Pages of works of every type, cited in any way, come out byte for byte as with the whole style."""
    style = styles.find(name, Path())
    for seed in range(3):
        made = page(seed, style)
        assert said(engine.format(made)) == said(whole.format(made)), seed


@pytest.mark.slow
def test_same_citations_in_every_style(engine: Engine, whole: Engine) -> None:
    """No style of the package is made so lean that a page would come out otherwise."""
    different = []
    for seed, path in enumerate(sorted(Path(styles.find("apa", Path()).path).parent.glob("*.csl"))):
        made = page(seed, styles.find(path.stem, Path()))
        if said(engine.format(made)) != said(whole.format(made)):
            different.append((path.stem, seed))
    assert different == []


def test_most_of_a_large_style_is_left_out() -> None:
    """What pandoc reads for a page of books is less than a tenth of Chicago's notes."""
    style = styles.find("chicago-notes-bibliography-17th-edition", Path())
    book = {"type": "book", "title": "Roads", "author": [{"family": "Roe"}], "issued": {"date-parts": [[1999]]}}
    assert len(leaner(job(style, book), has_locators=True)) * 10 < len(source_of(style.path))


@pytest.mark.parametrize("case", read_fixture_file(Path(__file__).with_name("lean.md")), ids=str)
def test_what_is_left(case: Case, engine: Engine, whole: Engine) -> None:
    """What no work of a page needs is left out, and what leaves a trace is not: the citations stay as they are."""
    items, _, parts = case.given.partition("\n")
    made = job(style_of(re.sub(r"\n\s*", "", parts)), *json.loads(items))
    found = re.sub("^<style[^>]*>|</style>$|(?<=>)(?=<macro|<citation)", "\n", leaner(made)).lstrip("\n")
    assert found == case.expected
    assert said(engine.format(made)) == said(whole.format(made))


def test_letters_of_years(engine: Engine, whole: Engine) -> None:
    """The letters that tell works of a year apart stay where the style has them, be it where nothing is printed."""
    date = '<date variable="issued"><date-part name="year"/></date>'
    suffix = '<choose><if type="map"><text variable="year-suffix"/></if></choose>'
    rule = '<citation disambiguate-add-year-suffix="true"><layout>'
    author = {"type": "book", "author": [{"family": "Roe"}], "issued": {"date-parts": [[1999]]}}
    for content in (date, date + suffix):
        made = job(style_of(f'{rule}<names variable="author"/> {content}</layout></citation>'), author, author)
        assert said(engine.format(made)) == said(whole.format(made))
    assert "1999a" not in str(engine.format(made))


BOOK = {"type": "book", "title": "Roads", "publisher": "Press"}
TITLE = '<text variable="title"/>'
STRANGE = {
    "a macro that is not there": layout('<choose><if type="map"><text macro="none"/></if></choose>'),
    "a macro that calls itself": f'<macro name="a"><text macro="a"/></macro>{layout(TITLE)}',
    "an element that is not of CSL": layout(f"{TITLE}<blink/>"),
    "an element of another namespace": layout('<x:text xmlns:x="urn:x" variable="title"/>'),
    "two layouts": f"<citation>{f'<layout>{TITLE}</layout>' * 2}</citation>",
    "nothing to print": layout("<text/>"),
    "very deep groups": layout(f"{'<group>' * 90}{'</group>' * 90}"),
}


@pytest.mark.parametrize("case", STRANGE)
def test_strange_styles_stay(case: str) -> None:
    """A style that is not understood is handed on as it is, for pandoc to say what is wrong with it."""
    made = job(style_of(STRANGE[case]), BOOK)
    assert leaner(made) == source_of(made.style.path).decode()


class TooLean(Fitter):
    """Whoever makes a style so lean that nothing is left of it."""

    def fit(self, address: str, items: Any, locale: str, *, has_locators: bool) -> str:
        del address, items, locale, has_locators
        return data_address(b"<style/>")


def test_refused_style(engine: Engine) -> None:
    """If pandoc refuses the leaner style, it gets the whole one."""
    made, other = job(style_of(layout('<text variable="title"/>')), BOOK), Engine()
    other._fitter = TooLean()  # noqa: SLF001 - there is no style known that this happens with
    try:
        assert said(other.format(made)) == said(engine.format(made))
    finally:
        other.close()
