"""The engine: what the real pandoc prints through it."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

from plugins.citations import labels, styles
from plugins.citations.adapting import adapted
from plugins.citations.clean import clean
from plugins.citations.engine import Engine, EngineError, JobError
from plugins.citations.items import normalised
from plugins.citations.model import CitationItem, Job, PlacedCitation, Result


DATA = Path(__file__).parent / "data"
CHICAGO = "chicago-notes-bibliography-17th-edition"
Items = dict[str, dict[str, Any]]


def job(
    style: str, citations: list[list[CitationItem]], items: list[Any], locale: str = "en-US", *, inside: bool = False
) -> Job:
    placed = tuple(PlacedCitation(tuple(group), number, inside) for number, group in enumerate(citations, start=1))
    return Job(styles.find(style, Path()), locale, placed, tuple(items))


def cited(id: str, label: str = "", locator: str = "", prefix: str = "", suffix: str = "") -> CitationItem:  # noqa: A002
    """Return an item with its locator in braces, as an author writes it who leaves nothing to guess."""
    place = f"{{{labels.WORDS[label][0]} {locator}}}" if label else ""
    return CitationItem(id, prefix, place + suffix)


def text(markup: str) -> str:
    """Return the words of a citation, italics as <i>."""
    markup = re.sub(r"<(/?)em>", r"<\1i>", clean(markup))
    return html.unescape(re.sub(r"</?(?!i>)[a-z][^>]*>", "", markup))


@pytest.fixture(scope="module")
def golden(engine: Engine, items: Items) -> Result:
    groups = json.loads((DATA / "citations.json").read_text(encoding="utf-8"))
    return engine.format(job(CHICAGO, [[cited(**item) for item in group] for group in groups], list(items.values())))


EXPECTED = json.loads((DATA / "expected-chicago-notes.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("number", range(len(EXPECTED["cites"])))
def test_golden_note(golden: Result, number: int) -> None:
    """Chicago notes come out as pandoc alone prints them."""
    assert text(golden.citations[number].note) == EXPECTED["cites"][number]


def test_golden_bibliography(golden: Result) -> None:
    """The bibliography comes out as pandoc alone prints it."""
    assert [text(entry.html) for entry in golden.entries] == EXPECTED["bib"]


@pytest.mark.parametrize(
    ("style", "locale", "locator", "printed"),
    [
        ("china-national-standard-gb-t-7714-2015-note", "zh-CN", ("page", "20"), "(20)"),
        ("china-national-standard-gb-t-7714-2015-note", "en-US", ("page", "20"), "(20)"),
        ("apa", "de-DE", ("page", "20"), "S. 20"),
        ("apa", "fr-FR", ("page", "20-21"), "p. 20\u201121"),
        (CHICAGO, "en-US", ("chapter", "3"), "chap. 3"),
        (CHICAGO, "en-US", ("timestamp", "1:02:15"), "at 1:02:15"),
        ("apa", "en-US", ("sub-verbo", "commons"), "Sub verbo commons"),
        ("chicago-author-date-17th-edition", "en-US", ("figure", "2"), "fig. 2"),
        ("apa", "en-US", ("act", "2"), "Act 2"),
        # Pandoc itself knows none of these.
        (CHICAGO, "en-US", ("article-locator", "12"), "art. 12"),
        (CHICAGO, "en-US", ("article-locator", "12-13"), "arts. 12–13"),
        (CHICAGO, "en-US", ("appendix", "B"), "app. B"),
        (CHICAGO, "en-US", ("number", "7"), "no. 7"),
        ("apa", "en-US", ("timestamp", "1:02:15"), "2016, 1:02:15"),
        ("apa", "de-DE", ("table", "2"), "Table 2"),
        ("apa", "zh-CN", ("article-locator", "12"), "条 12"),
        ("oscola", "en-GB", ("article-locator", "12"), "art 12"),
    ],
)
def test_locator(engine: Engine, items: Items, style: str, locale: str, locator: tuple[str, str], printed: str) -> None:  # noqa: PLR0917
    """A locator is printed as one whatever the locale calls it, and is never taken for the item's own page."""
    item = cited("economist2016", *locator)
    done = engine.format(job(style, [[item]], [items["economist2016"]], locale)).citations[0]
    assert printed in text(done.note + done.text)


@pytest.mark.parametrize(
    ("locale", "rest", "printed"),
    [
        ("de-DE", ", S. 20–22", "S. 20–22"),
        ("de-DE", ", S. 20 ff.", "S. 20 ff."),
        ("de-DE", "{Kap. 3}", "Kapitel 3"),
        ("de-DE", ", chap. 3", "Kapitel 3"),
        ("fr-FR", ", chapitre 3", "Chapitre 3"),
        ("es-ES", ", cap. 3", "Capítulo 3"),
        ("sv-SE", ", rad 3", "Rad 3"),
        ("zh-CN", "，第20页", "页 20"),
        ("zh-CN", "，第3章", "章 3"),
        ("zh-CN", "{第20—22页}", "页 20"),
        ("ja-JP", "、20頁", "20"),
        ("ru-RU", ", с. 20", "с. 20"),
        ("en-US", ", r. 3", "Rule 3"),
        ("de-DE", ", Sorge 3", ", Sorge 3"),
    ],
)
def test_locator_in_the_language_of_the_page(
    engine: Engine, items: Items, locale: str, rest: str, printed: str
) -> None:
    """A locator may be written with the words of the page's language, or with English ones."""
    done = engine.format(job("apa", [[CitationItem("economist2016", rest=rest)]], [items["economist2016"]], locale))
    assert printed in text(done.citations[0].text).replace("\u2011", "–")


def test_many_labels_on_a_page(engine: Engine, items: Items) -> None:
    """A page may use every label at once; each is printed by its name."""
    groups = [[cited("scott1998", label, "7")] for label in labels.WORDS]
    done = engine.format(job("apa", groups, [items["scott1998"]]))
    printed = [text(one.text) for one in done.citations]
    assert all(one.rstrip(")").endswith("7") for one in printed)
    assert len(set(printed)) >= len(labels.WORDS) - 1  # a timestamp has no name


def test_suffix_that_looks_like_a_locator(engine: Engine, items: Items) -> None:
    """Empty braces keep a number in the words after the key."""
    item = CitationItem("scott1998", rest="{}, 99 years later")
    assert (
        text(engine.format(job("apa", [[item]], [items["scott1998"]])).citations[0].text)
        == "(Scott, 1998, 99 years later)"
    )


def test_markdown_in_prefix(engine: Engine, items: Items) -> None:
    """Words around a key may be emphasised, and are typeset."""
    item = CitationItem("scott1998", '*contra* "all" ', ", p. 4")
    printed = text(engine.format(job("apa", [[item]], [items["scott1998"]])).citations[0].text)
    assert printed == "(<i>contra</i> “all” Scott, 1998, p. 4)"


def test_within_a_note(engine: Engine, items: Items) -> None:
    """In running text of a note a citation stands in parentheses."""
    item = CitationItem("scott1998", rest=", p. 4")
    done = engine.format(job("oscola", [[item]], [items["scott1998"]], "en-GB", inside=True)).citations[0]
    assert text(done.text).startswith("(James C Scott")
    assert not done.note


@pytest.mark.parametrize(
    ("issued", "printed"),
    [
        ({"literal": "forthcoming"}, "<i>Tides</i>, forthcoming."),
        ({"date-parts": [[2019]], "season": 1}, "<i>Tides</i>, Spring 2019."),
        ({"date-parts": [[2019]], "season": "autumn"}, "<i>Tides</i>, Autumn 2019."),
        ({"date-parts": [[2019, 3, 5]], "season": 1}, "<i>Tides</i>, March 5, 2019."),
        ({"date-parts": [[-350]]}, "<i>Tides</i>, 350 BC."),
    ],
)
def test_date(engine: Engine, issued: dict[str, Any], printed: str) -> None:
    """Words for a date, seasons and years before ours are printed."""
    item = {"id": "a", "type": "article-magazine", "title": "Roads", "container-title": "Tides", "issued": issued}
    done = engine.format(job(CHICAGO, [[CitationItem("a")]], [adapted(normalised(item))]))
    assert printed in text(done.citations[0].note)


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ({"family": "费", "given": "孝通"}, "(费孝通, 1948)"),
        ({"family": "村上", "given": "春樹"}, "(村上春樹, 1948)"),
        ({"family": "김", "given": "철수"}, "(김철수, 1948)"),
        ({"family": "スコット", "given": "ジェームズ"}, "(スコット, 1948)"),
        ({"family": "Fei", "given": "Xiaotong"}, "(Fei, 1948)"),
    ],
)
def test_names_in_han_script(engine: Engine, name: dict[str, str], printed: str) -> None:
    """A name in Chinese, Japanese or Korean script stays whole."""
    item = {"id": "a", "type": "book", "title": "T", "author": [name], "issued": {"date-parts": [[1948]]}}
    assert text(engine.format(job("apa", [[CitationItem("a")]], [adapted(item)])).citations[0].text) == printed


@pytest.mark.parametrize(
    ("style", "locale", "second"),
    [
        ("oscola", "en-GB", "ibid 3."),
        ("oscola", "en-US", "ibid 3."),
        ("bluebook-law-review", "en-US", "<i>Id.</i> at 3."),
        (CHICAGO, "en-US", "Scott, 3."),
    ],
)
def test_ibid(engine: Engine, items: Items, style: str, locale: str, second: str) -> None:
    """Ibid has a capital only where the style asks for one."""
    cites = [[CitationItem("scott1998")], [CitationItem("scott1998", rest=", p. 3")]]
    assert text(engine.format(job(style, cites, [items["scott1998"]], locale)).citations[1].note) == second


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({"author": [{"literal": "State Council"}]}, "[Stat14]"),
        ({"title": "<i>Katz</i> v. United States"}, "[Katz14]"),
        ({"author": [{"family": "Roe"}]}, "[Roe14]"),
        ({"author": [{"literal": "State Council"}], "citation-label": "Plan"}, "[Plan]"),
    ],
)
def test_label_of_a_work_without_a_surname(engine: Engine, fields: dict[str, Any], label: str) -> None:
    """A style of labels makes them of an institution's name, or of the title."""
    item = {"id": "a", "type": "book", "title": "T", "issued": {"date-parts": [[2014]]}, **fields}
    done = engine.format(job("din-1505-2-alphanumeric", [[CitationItem("a")]], [adapted(item)]))
    assert text(done.citations[0].text) == label


def report(key: str, title: str, year: int) -> dict[str, Any]:
    author = [{"literal": "Ombudsman"}]
    return {"id": key, "type": "report", "title": title, "author": author, "issued": {"date-parts": [[year]]}}


@pytest.mark.parametrize(
    ("titles", "short"),
    [
        (("Roads", "Rivers"), ["Ombudsman, <i>Roads</i>.", "Ombudsman, <i>Rivers</i>.", "Ombudsman, 3."]),
        (
            ("Annual Report", "Annual Report"),
            ["Ombudsman, <i>Annual Report</i> (1999).", "Ombudsman, <i>Annual Report</i> (2000).", "Ombudsman, 3."],
        ),
    ],
)
def test_short_notes_of_one_author(engine: Engine, titles: tuple[str, str], short: list[str]) -> None:
    """Short notes of one author's works say more than author and title only where two would be the same."""
    items = [report("a", titles[0], 1999), report("b", titles[1], 2000)]
    cites = [[CitationItem("a")], [CitationItem("b")]] * 2 + [[CitationItem("b", rest=", p. 3")]]
    done = engine.format(job(CHICAGO, cites, items))
    assert [text(one.note) for one in done.citations[2:]] == short


HOSTILE = {
    "id": "x",
    "type": "book",
    "title": 'A <script>alert(1)</script> <img src=x onerror=alert(1)> <a href="javascript:alert(1)">b</a>',
    "publisher": '"><svg onload=alert(1)>',
    "URL": "javascript:alert(1)",
    "author": [{"family": "<b onclick=x>Bold</b>", "given": "`code`{=html}"}],
    "note": "</div></section>",
}


@pytest.mark.parametrize("style", [CHICAGO, "apa", "ieee"])
def test_hostile_item(engine: Engine, style: str) -> None:
    """What an item says is text: no element, attribute or address of it becomes the page's."""
    item = CitationItem("x", prefix="<script>p</script> [l](javascript:q) ", rest=" <img src=x onerror=y>")
    done = engine.format(job(style, [[item]], [HOSTILE]))
    for markup in (done.citations[0].note, done.citations[0].text, done.entries[0].html):
        cleaned = clean(markup)
        elements = re.findall(r"<[^>]*>", cleaned)
        assert all(
            re.fullmatch(r"</?(em|i|b|strong|sup|sub|div|span|a)( (class|href)=\"[^\"]*\")?>", tag) for tag in elements
        )
        assert not re.search(r'href="(?!https?://|#)', cleaned)


def test_refused_job(engine: Engine) -> None:
    """A job that pandoc refuses is an error of that job; the worker lives on."""
    with pytest.raises(JobError):
        engine.format(job("apa", [[CitationItem("x")]], ["no item"]))
    assert engine.read_biblatex("@book{a, title={A}}")[0]["id"] == "a"


def test_dead_worker_is_started_again(items: Items) -> None:
    """A worker that dies is replaced once without the caller noticing."""
    engine = Engine()
    try:
        engine.read_biblatex("")
        worker = engine._worker  # noqa: SLF001
        assert worker.process is not None
        worker.process.kill()
        assert engine.read_biblatex("@book{a, title={A}}")[0]["id"] == "a"
    finally:
        engine.close()


def test_slow_job_ends(items: Items) -> None:
    """A job that takes longer than allowed ends with an error."""
    engine = Engine(timeout=0.0)
    with pytest.raises(EngineError):
        engine.format(job(CHICAGO, [[CitationItem("scott1998")]], [items["scott1998"]]))
    engine.close()


def test_unknown_style() -> None:
    """A style that does not exist is named with the nearest ones."""
    with pytest.raises(styles.StyleError, match=r'did you mean .*"apa"'):
        styles.find("appa", Path())


@pytest.mark.parametrize("name", ["../../etc/passwd", "../x.csl", "a/../../x.csl", ""])
def test_style_stays_inside(tmp_path: Path, name: str) -> None:
    """A style is a name, or a file below the site."""
    with pytest.raises(styles.StyleError):
        styles.find(name, tmp_path)


def test_dependent_style() -> None:
    """A style that only names its parent is its parent's."""
    assert styles.find("nature-communications", Path()).path.endswith("nature.csl")
