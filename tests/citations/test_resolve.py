"""From markers to notes: numbering, placement, and the HTML that themes style."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown import Markdown

from plugins.citations import styles
from plugins.citations.concern import concerns
from plugins.citations.engine import Engine
from plugins.citations.locales import locale_for
from plugins.citations.resolve import Resolved, resolve, work_ids
from plugins.citations.settings import CitationSettings
from plugins.citations.syntax import CitationSyntax
from plugins.shared.markers import encode
from tests.fixtures import Case, read_fixture_file


ITEMS = {
    key: {"id": key, "type": "book", "title": title, "author": [{"family": family}], "issued": {"date-parts": [[year]]}}
    for key, title, family, year in (
        ("roe", "Roads", "Roe", 1999),
        ("poe", "Rivers", "Poe", 2001),
        ("odd key", "Odd", "Odd", 2002),
    )
}
CHICAGO = CitationSettings().style


def page(text: str, engine: Engine, style: str = CHICAGO) -> Resolved:
    html = Markdown(extensions=["extra", "smarty", CitationSyntax()]).convert(text)
    found = styles.find(style, Path())
    return resolve(
        html,
        items=ITEMS,
        style=found,
        locale=locale_for("en", found),
        format_job=engine.format,
        settings=CitationSettings(),
    )


def short(html: str) -> str:
    """Return a body with marks as ⟨1⟩, notes as ⟪1 text⟫ and without ids."""
    html = re.sub(r'<sup class="note-mark"[^>]*><a [^>]*>(\d+)</a></sup>', r"⟨\1⟩", html)
    html = re.sub(r'<sup class="note-separator"[^>]*>, </sup>', "⟨,⟩", html)
    html = re.sub(r'<a class="note-number"[^>]*>(\d+)</a> ', r"\1 ", html)
    html = re.sub(r'<a class="note-back" href="([^"]*)"[^>]*>↩</a>', r"↩\1", html)
    html = re.sub(r'<aside class="note"[^>]*>(.*?)\s*</aside>', r"⟪\1⟫", html, flags=re.S)
    return html.strip() + "\n"


@pytest.mark.parametrize("case", read_fixture_file(Path(__file__).parent / "notes.md"), ids=str)
def test_notes(case: Case, engine: Engine) -> None:
    """Notes are numbered in the order of their marks, and stand after the block of their first mark."""
    assert short(page(case.given, engine).body) == case.expected


@pytest.mark.parametrize("case", read_fixture_file(Path(__file__).parent / "in-text.md"), ids=str)
def test_in_text(case: Case, engine: Engine) -> None:
    """A style without notes sets its citations in the text, linked to the entries. The first line names the style."""
    style, _, text = case.given.partition("\n")
    assert page(text, engine, style).body.strip() + "\n" == case.expected


def test_html_of_the_contract(engine: Engine) -> None:
    """Content ends in notes and works cited, body has asides; marks and back-links name their targets."""
    done = page("One [@roe, p. 3]. Two[^a] and again[^a].\n\n[^a]: Text.\n", engine)
    marks = (
        '<p>One.<sup class="note-mark" data-apparatus="" id="ref-1"><a href="#note-1" role="doc-noteref">1</a></sup>'
        " Two"
        '<sup class="note-mark" data-apparatus="" id="ref-2"><a href="#note-2" role="doc-noteref">2</a></sup>'
        " and again"
        '<sup class="note-mark" data-apparatus="" id="ref-2-2"><a href="#note-2" role="doc-noteref">2</a></sup>.</p>\n'
    )
    assert done.content == marks + (
        '<section class="notes" role="doc-endnotes"><h2>Notes</h2><ol>'
        '<li id="note-1"><p>Roe, <em>Roads</em> (1999), 3. <a class="note-back" href="#ref-1" role="doc-backlink"'
        ' aria-label="back to the text, note 1" data-apparatus="">↩</a></p></li>'
        '<li id="note-2"><p>Text. <a class="note-back" href="#ref-2" role="doc-backlink"'
        ' aria-label="back to the text, note 2" data-apparatus="">↩</a> <a class="note-back" href="#ref-2-2"'
        ' role="doc-backlink" aria-label="back to the text, note 2, place 2" data-apparatus="">↩</a></p></li>'
        "</ol></section>"
        '<section class="bibliography" role="doc-bibliography"><h2>Works cited</h2><ol class="csl-bib-body">'
        '<li class="csl-entry" id="work-roe">Roe. <em>Roads</em>. 1999. <a class="work-place" href="#ref-1"'
        ' role="doc-backlink" aria-label="cited in note 1" data-apparatus="">1</a></li></ol></section>'
    )
    assert done.body == marks + (
        '<aside class="note" id="note-1" role="doc-footnote"><p><a class="note-number" href="#ref-1"'
        ' role="doc-backlink" aria-label="back to the text, note 1" data-apparatus="">1</a>'
        " Roe, <em>Roads</em> (1999), 3.</p></aside>\n"
        '<aside class="note" id="note-2" role="doc-footnote"><p><a class="note-number" href="#ref-2"'
        ' role="doc-backlink" aria-label="back to the text, note 2" data-apparatus="">2</a> Text.'
        ' <a class="note-back" href="#ref-2-2" role="doc-backlink"'
        ' aria-label="back to the text, note 2, place 2" data-apparatus="">↩</a></p></aside>\n'
    )
    assert [(work.key, work.places) for work in done.works] == [("roe", ("ref-1",))]


def test_places_of_a_work(engine: Engine) -> None:
    """A work knows every place that cites it, a footnote's text among them."""
    done = page("One [@roe]. Two[^a]. Three [@poe; @roe].\n\n[^a]: As in [@roe].\n", engine)
    assert {work.key: work.places for work in done.works} == {"poe": ("ref-3",), "roe": ("ref-1", "ref-2", "ref-3")}


def test_findings(engine: Engine) -> None:
    """A page tells which keys are unknown, which footnotes unused, which marks without a footnote."""
    done = page("One [@nope; @roe]. Two[^b]. `[^c]` \\[^d]\n\n[^a]: Text.\n", engine)
    assert (done.unknown, done.unused) == (("nope",), ("a",))
    assert "b" in done.undefined
    assert "c" not in done.undefined
    assert '<span class="citation-unknown" data-apparatus="">[@nope; @roe]</span>' in done.content
    assert done.works == ()


@pytest.mark.parametrize(
    "data",
    [
        "x",
        encode("x"),
        encode([]),
        encode([{"id": 3}]),
        encode([{"id": "roe", "x": "y"}]),
        encode([{"id": "roe", "locator": "3"}]),
        encode([{"id": "roe", "locator": "3", "label": "<b>"}]),
        encode([{"id": "roe", "mode": "x"}]),
        encode([{"id": "roe", "prefix": ["x"]}]),
        encode([["roe"]]),
    ],
)
def test_forged_marker(engine: Engine, data: str) -> None:
    """A marker of a wrong shape leaves nothing in the page."""
    done = page(f'Words <span class="citation" data-citation="{data}">forged</span>.', engine)
    assert done.content == done.body == "<p>Words .</p>"


def test_forged_footnotes(engine: Engine) -> None:
    """Raw HTML that looks like a footnote does no harm."""
    done = page(
        'A<sup id="fnref:x"><a href="#fn:x">1</a></sup> <sup id="fnref">b</sup> <div class="footnote">c</div>', engine
    )
    assert "A" in done.body


def test_safe_and_unique_ids() -> None:
    """Ids are made of safe characters and differ."""
    assert work_ids(["a b", "a/b", '"><x', "费"]) == {
        "a b": "work-a-b", "a/b": "work-a-b-2", '"><x': "work--x", "费": "work--"
    }  # fmt: skip


def test_untouched_pages() -> None:
    """A page without citations and footnotes is not read at all."""
    assert not concerns("<p>Words <sup>2</sup> [1]</p>")
