"""From markers to notes: numbering, placement, and the HTML that themes style."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from markdown import Markdown

from plugins.citations import styles
from plugins.citations.concern import concerns
from plugins.citations.engine import Engine
from plugins.citations.ids import Ids
from plugins.citations.locales import locale_for
from plugins.citations.model import Name
from plugins.citations.resolve import Resolved, resolve
from plugins.citations.settings import CitationSettings
from plugins.citations.summary import with_names
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
ITEMS["the times"] = {"id": "the times", "type": "article-newspaper", "title": "Tides", "container-title": "The Times"}
CHICAGO = CitationSettings().style


def page(text: str, engine: Engine, style: str = CHICAGO) -> Resolved:
    return resolved(Markdown(extensions=["extra", "smarty", CitationSyntax()]).convert(text), engine, style)


def resolved(html: str, engine: Engine, style: str = CHICAGO, summary: str = "") -> Resolved:
    found = styles.find(style, Path())
    return resolve(
        html,
        items=ITEMS,
        style=found,
        locale=locale_for("en", found),
        format_job=engine.format,
        settings=CitationSettings(),
        summary=summary,
    )


def short(html: str) -> str:
    """Return a body with marks as ⟨1⟩, notes as ⟪1 text⟫ and without ids."""
    html = re.sub(r'<sup class="note-mark"[^>]*><a [^>]*>(\d+)</a></sup>', r"⟨\1⟩", html)
    html = re.sub(r'<sup class="note-separator"[^>]*>, </sup>', "⟨,⟩", html)
    html = re.sub(r'<a class="note-number"[^>]*>(\d+)</a> ', r"\1 ", html)
    html = re.sub(r'<a class="note-back" href="([^"]*)"[^>]*>↑</a>', r"↑\1", html)
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
        ' aria-label="back to the text, note 1" data-apparatus="">↑</a></p></li>'
        '<li id="note-2"><p>Text. <a class="note-back" href="#ref-2" role="doc-backlink"'
        ' aria-label="back to the text, note 2" data-apparatus="">↑</a> <a class="note-back" href="#ref-2-2"'
        ' role="doc-backlink" aria-label="back to the text, note 2, place 2" data-apparatus="">↑</a></p></li>'
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
        ' aria-label="back to the text, note 2, place 2" data-apparatus="">↑</a></p></aside>\n'
    )
    assert [(work.key, work.places) for work in done.works] == [("roe", ("ref-1",))]


@pytest.mark.parametrize("style", [CHICAGO, "apa", "ieee"])
def test_contents_name_the_author(engine: Engine, style: str) -> None:
    """The table of contents says what a heading says, without the apparatus; ids know nothing of keys."""
    md = Markdown(extensions=["toc", CitationSyntax()])
    html = md.convert("[TOC]\n\n## What @roe [p. 3] saw [@poe]\n\n## Rivers\n")
    done = resolved(html, engine, style)
    assert '<a href="#what-saw">What Roe saw</a>' in done.body
    assert '<a href="#rivers">Rivers</a>' in done.body


def test_summary(engine: Engine) -> None:
    """A summary names authors and cites nothing; its keys are checked."""
    text = "As @roe [p. 3] and @jack say [@poe], *words* [@nope]."
    html = Markdown(extensions=["extra", CitationSyntax()]).convert(text).removeprefix("<p>").removesuffix("</p>")
    done = resolved("<p>Words.</p>", engine, "apa", summary=html)
    assert done.summary == "As Roe and @jack say, <em>words</em>."
    assert (done.unknown, done.loose, done.works) == (("nope",), ("@jack",), ())


def test_summary_without_citations(engine: Engine) -> None:
    """A summary that cites nothing is left as it is."""
    html = Markdown(extensions=[CitationSyntax()]).convert("Words [@roe].")
    assert resolved(html, engine, summary="It&#8217;s so").summary == ""


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("As @roe [p. 3] says, and @roe says.", "As Ann Roe says, and Roe says."),
        ("As @roe says, @roes and me@roe.", "As Ann Roe says, @roes and me@roe."),
        ("As @{odd key}{p. 3} and @jack [sic] say.", "As Odd and @jack [sic] say."),
        ("Cut in the brackets of @roe [pp. 3…", "Cut in the brackets of Ann Roe…"),
    ],
)
def test_first_words(written: str, read: str) -> None:
    """The first words of a text name authors, wherever they were cut off."""
    assert with_names(written, [Name("roe", "Ann Roe", "Roe"), Name("odd key", "Odd", "Odd")]) == read


def test_style_without_notes_and_bibliography(engine: Engine, tmp_path: Path) -> None:
    """A work without an entry is not linked."""
    style = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>s</title><id>s</id>'
        "<updated>2020-01-01T00:00:00Z</updated></info><citation><layout>"
        '<text variable="title" prefix="{" suffix="}"/></layout></citation></style>'
    )
    (tmp_path / "own.csl").write_text(style, encoding="utf-8")
    html = Markdown(extensions=[CitationSyntax()]).convert("Words [@roe].")
    options: dict[str, Any] = {"format_job": engine.format, "settings": CitationSettings()}
    done = resolve(html, items=ITEMS, style=styles.find("own.csl", tmp_path), locale="en-US", **options)
    assert '<span class="cited" data-apparatus="" id="cite-1">{Roads}</span>' in done.body


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


EXTRAS = {
    "archive-url": "https://web.archive.org/web/2016/https://a.example/?x=1&y=2",
    "archive-date": "2016-03-01",
    "original": {"title": "Straßen & Wege", "language": "de"},
}


@pytest.mark.parametrize(
    ("fields", "end"),
    [
        (
            EXTRAS,
            (
                'Roe. <em>Roads</em>. 1999. Original title: <span lang="de">Straßen &amp; Wege</span>. '
                '<a href="https://web.archive.org/web/2016/https://a.example/?x=1&amp;y=2">Archived copy</a>, '
                '<time datetime="2016-03-01">2016-03-01</time>.'
            ),
        ),
        ({"original": "道路"}, '1999. Original title: <span lang="zh">道路</span>.'),
        ({"original": "Roads"}, "<em>Roads</em>. 1999."),
        ({"original": "poe"}, 'Original title: <span lang="fr">Rivers</span>.'),
        ({"original": ["x"]}, "<em>Roads</em>. 1999."),
        ({"archive_location": "https://archive.example/1", "archive": "Internet Archive"}, ">Archived copy</a>."),
        ({"archive-url": "javascript:alert(1)", "archive-date": '"><script>'}, "1999."),
        ({"original": {"title": "<b>x</b>", "language": '"><script>'}}, "Original title: x."),
        ({"original": "<script>x</script>"}, "Original title: &lt;script&gt;x&lt;/script&gt;."),
        ({"URL": "https://a.example/", "archive-url": "https://a.example/"}, "https://a.example/</a>."),
    ],
)
def test_extras_of_an_entry(engine: Engine, fields: dict[str, Any], end: str) -> None:
    """An entry names the original of a translation and the archived copy, if it does not do so already."""
    html = Markdown(extensions=[CitationSyntax()]).convert("One [@roe].")
    found = styles.find(CHICAGO, Path())
    options: dict[str, Any] = {"style": found, "locale": "en-US", "format_job": engine.format}
    items = {"roe": {**ITEMS["roe"], **fields}, "poe": {**ITEMS["poe"], "language": "fr"}}
    done = resolve(html, items=items, settings=CitationSettings(), **options)
    assert done.works[0].html.endswith(end)


def test_extras_behind_an_address(engine: Engine) -> None:
    """No full stop is put behind an address, which it would seem to be part of."""
    html = Markdown(extensions=[CitationSyntax()]).convert("One [@roe].")
    item = {**ITEMS["roe"], "DOI": "10.1000/x", **EXTRAS}
    options: dict[str, Any] = {"style": styles.find("apa", Path()), "locale": "en-US", "format_job": engine.format}
    done = resolve(html, items={"roe": item}, settings=CitationSettings(original_title="Titel"), **options)
    assert 'x</a> Titel: <span lang="de">' in done.works[0].html


def test_ids_of_a_named_page(engine: Engine) -> None:
    """On a page with a name every id ends in it, and every link follows."""
    text = "One [@roe]. Two[^a], [^a] @poe.\n\n[^a]: Text [@roe]."
    html = Markdown(extensions=["extra", CitationSyntax()]).convert(text)
    for style in (CHICAGO, "apa"):
        found = styles.find(style, Path())
        options: dict[str, Any] = {"items": ITEMS, "locale": "en-US", "format_job": engine.format}
        done = resolve(html, style=found, settings=CitationSettings(), end=".über-uns", **options)
        for markup in (done.content, done.body + "".join(work.html for work in done.works)):
            ids = re.findall(r'\sid="([^"]*)"', markup)
            assert ids
            assert all(one.endswith(".über-uns") for one in ids)
            targets = set(map(unquote, re.findall(r'href="#([^"]*)"', markup)))
            assert targets <= {*ids, *(work.id for work in done.works)}
        assert {place for work in done.works for place in work.places} <= set(re.findall(r'\sid="([^"]*)"', done.body))


def test_safe_and_unique_ids() -> None:
    """Ids are made of safe characters and differ."""
    assert Ids().works(["a b", "a/b", '"><x', "费"]) == {
        "a b": "work-a-b", "a/b": "work-a-b-2", '"><x': "work--x", "费": "work--"
    }  # fmt: skip


def test_untouched_pages() -> None:
    """A page without citations and footnotes is not read at all."""
    assert not concerns("<p>Words <sup>2</sup> [1]</p>")
