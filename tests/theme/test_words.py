"""The words of the interface: one file for each language, and none in a template."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jinja2 import nodes
from lxml import html

from plugins.press.languages import read
from plugins.shared.scripts import RIGHT_TO_LEFT, SCRIPTS_RIGHT_TO_LEFT, direction
from plugins.shared.words import Languages, Words
from tests.theme.specimens import LANGUAGES, THEME, environment, full, minimal, render


TEMPLATES = sorted(path.relative_to(THEME / "templates").as_posix() for path in (THEME / "templates").rglob("*.html"))
#: Names of words, as the templates have them.
CONTEXT = {"words", "site_words"}
DAY = dt.date(2017, 3, 14)


def asked(template: str) -> set[str]:
    """Return the names that a template looks up in words."""
    tree = environment().parse((THEME / "templates" / template).read_text(encoding="utf-8"))
    return {
        node.attr
        for node in tree.find_all(nodes.Getattr)
        if isinstance(node.node, nodes.Name) and node.node.name in CONTEXT
    }


def test_languages_say_the_same() -> None:
    """English and German are there, whole and without a fault, and have the same words."""
    languages, problems = read(THEME, THEME / "content")

    assert problems == []
    assert languages.words.keys() >= {"en", "de"}
    assert {frozenset(words.entries) for words in languages.words.values()} == {
        frozenset(languages.words["en"].entries)
    }


def test_templates_ask_for_words_that_there_are() -> None:
    """Each word that a template says is in the files, and each of the files' is said, by a template or a plugin."""
    said = {name for template in TEMPLATES for name in asked(template)}
    own = {name for name in dir(Words) if not name.startswith("_")}
    known = set(LANGUAGES.words["en"].entries)
    plugins = "".join(path.read_text(encoding="utf-8") for path in Path("plugins").rglob("*.py"))

    assert said - own - known == set()
    assert {name for name in known - said if f'"{name}"' not in plugins} == set()
    assert known & own == set()


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_template_has_words_of_its_own(template: str) -> None:
    """What a template prints as it is are tags, signs and numbers; so it is with attributes that are read out."""
    text = re.sub(r"\{#.*?#\}", "", (THEME / "templates" / template).read_text(encoding="utf-8"), flags=re.S)
    text = re.sub(r"\{% block page_class %\}.*?\{% endblock page_class %\}", "", text)
    outside = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\b(?:lang|dir)=", "", text, flags=re.S)
    read_out = re.findall(r'(?:aria-label|title|alt|placeholder)="([^"]*)"', outside)

    assert re.findall(r"[^\W\d_]{2,}", re.sub(r"<[^>]*>", "", outside)) == []
    assert [value for value in read_out if value.strip()] == []
    for printed in re.findall(r"\{\{(.*?)\}\}", text, re.S):
        shown = re.sub(r"\w+\([^()]*\)|default\([^()]*\)|(?:==|!=|in)\s*(?:\"[^\"]*\"|\([^)]*\))", "", printed)
        assert [word for word in re.findall(r'"([^"]*)"', shown) if re.search(r"[a-z]{2}", word)] in (
            [],
            ["rtl", "ltr"],
        ), printed


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("en", "14 March 2017"), ("de", "14. März 2017"), ("de-AT", "14. März 2017"), ("fr", "14 March 2017")],
)
def test_dates_are_in_the_language_of_the_page(lang: str, expected: str) -> None:
    """A date has the months and the order of its language, whatever the locale of the machine."""
    assert str(LANGUAGES.of(lang).day(DAY)) == expected
    assert expected in render("article.html", "x/index.html", article=minimal(date=DAY, lang=lang))


def test_periods() -> None:
    """A year, a month and a day are said as a language has them."""
    words = LANGUAGES.of("de")
    assert [str(words.period(numbers)) for numbers in ((2017,), (2017, 3), (2017, 3, 14))] == [
        "2017",
        "März 2017",
        "14. März 2017",
    ]


def test_a_german_page() -> None:
    """A German essay on an English site has German words in it, and English ones round it."""
    page = html.document_fromstring(render("article.html", "x/index.html", article=full(lang="de", modified=DAY)))
    byline = " ".join(page.find_class("byline")[0].text_content().split())

    assert byline == "Von Łucja Nowák und A. Writer 20. Dezember 2016 überarbeitet am 14. März 2017 9 Minuten"
    assert (page.find_class("byline")[0].get("lang"), page.find(".//header").get("lang")) == (None, "en")
    assert "Subjects" in page.find_class("site-footer")[0].text_content()
    assert page.find_class("skip")[0].text_content() == "Zum Text springen"


@pytest.mark.parametrize(("lang", "side"), [("fr", "ltr"), ("ar", "rtl")])
def test_a_language_without_words(lang: str, side: str) -> None:
    """A page in a language without a file is in its language; what is said in English on it says so."""
    page = html.document_fromstring(render("article.html", "x/index.html", article=full(lang=lang)))
    english = {element.get("class") or element.get("id") for element in page.xpath("//*[@lang='en' and @dir='ltr']")}

    assert (page.get("lang"), page.get("dir")) == (lang, side)
    assert english >= {"skip", "byline", "colophon", "works-cited", "site-header", "site-footer"}
    assert page.find_class("prose")[0].get("lang") is None


def test_words_are_escaped() -> None:
    """Markup in a file of words, or in what is put into a sentence, is shown as it is."""
    words = Words("en", "en", {"by": LANGUAGES.words["en"].entries["by"]})
    assert words["by"].format(authors="<b>") == "By &lt;b&gt;"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "lang", sorted({*RIGHT_TO_LEFT, "en", "zh-Hant", "az-Arab", "ar-Latn", "ks_Deva", "uz-arab-AF", "he-IL"})
)
def test_directions(lang: str) -> None:
    """Templates and plugins agree on the direction of a language."""
    module = environment().get_template("macros/language.html").module
    assert str(module.direction(lang)).strip() == direction(lang)  # type: ignore[attr-defined]


def test_scripts_of_templates() -> None:
    """The macro has the lists of the plugins."""
    text = (THEME / "templates" / "macros" / "language.html").read_text(encoding="utf-8")
    assert {*RIGHT_TO_LEFT, *SCRIPTS_RIGHT_TO_LEFT} == set(re.findall(r'"([a-z]{2,4})"', text)) - {"rtl", "ltr"}


FAULTS = {
    "fr.yaml": ("notes: [", "fr.yaml:1: language-broken"),
    "french.yaml": ("by: Par {authors}", 'french.yaml:1: language-broken: "french.yaml" is not named after a language'),
    "de.yaml": (
        'by: "Von {author}"',
        'de.yaml:1: language-value: "by" has a place "{author}"; did you mean "authors"?',
    ),
    "es.yaml": ("by: Por", 'es.yaml:1: language-value: "by" lacks the place "{authors}"'),
    "it.yaml": ("- a", "it.yaml:1: language-broken: a file of words holds lines"),
    "nl.yaml": ("months: [a]", 'nl.yaml:1: language-value: "months" has 1 names; write twelve'),
    "pl.yaml": ("\nminutes: {one: a}", 'pl.yaml:2: language-value: "minutes" has texts for one'),
    "pt.yaml": ("byy: Por", 'pt.yaml:1: language-word: no template says "byy"'),
    "ru.yaml": ("skip: {a: [b]}", 'ru.yaml:1: language-value: "skip" holds more than'),
    "sv.yaml": ('by: "Av {authors"', 'sv.yaml:1: language-value: "by": '),
    "uk.yaml": ("author: Автор", "uk.yaml:1: language-incomplete: "),
    "tr.yaml": ("by: {authors}", 'tr.yaml:1: language-value: "by" must be a text'),
}


@pytest.mark.parametrize("name", FAULTS)
def test_faults_of_a_file(name: str, tmp_path: Path) -> None:
    """What is wrong with a file of words is named with its line, and the other languages are whole."""
    text, expected = FAULTS[name]
    (tmp_path / "languages").mkdir()
    (tmp_path / "languages" / name).write_text(text, encoding="utf-8")
    languages, problems = read(THEME, tmp_path / "content")

    assert any(str(problem).startswith(f"languages/{expected}") for problem in problems), problems
    assert languages.of("en").entries == LANGUAGES.of("en").entries


def test_a_theme_without_words(tmp_path: Path) -> None:
    """A theme that has none is left alone."""
    assert read(tmp_path, tmp_path / "content") == (Languages(), [])


@pytest.mark.parametrize("number", [0, 1, 2, 21])
def test_plurals(number: int) -> None:
    """A sentence about a number has the form of its language."""
    expected = "1 minute" if number == 1 else f"{number} minutes"
    assert str(LANGUAGES.of("en")["minutes"].of(number)) == expected  # type: ignore[union-attr]


def test_words_of_a_site(build_site: Callable[..., Any]) -> None:
    """A site's words take the place of the theme's; an edit, and one that is taken back, is as a clean build is."""
    essays = {
        "content/essays/a.md": "---\ntitle: A\ndate: 2017-03-14\nauthor: Roe\n---\nWords.\n",
        "content/essays/b.md": "---\ntitle: B\ndate: 2017-03-14\nauthor: Roe\nlang: de\n---\nWörter.\n",
    }
    first = build_site(essays)
    assert first.problems == []
    plain = first.files()
    own = build_site({"languages/de.yaml": 'by: "Geschrieben von {authors}"\n'})
    assert own.problems == []
    changed = {name for name, data in own.files().items() if plain.get(name) != data}
    assert {name for name in changed if name.endswith(".html")} == {"essays/b/de/index.html"}
    assert "Geschrieben von <a" in own.read("essays/b/de/index.html")
    assert "1 printed" in own.stdout or "2 printed" in own.stdout
    (own.root / "languages" / "de.yaml").unlink()
    assert build_site({}).files().keys() == plain.keys()
    assert build_site({}).read("essays/b/de/index.html").encode() == plain["essays/b/de/index.html"]
