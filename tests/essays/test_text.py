"""What becomes of the body: safety, typography, summary, limits."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
import smartypants
from typogrify.filters import typogrify

from plugins.essays import read as reading
from plugins.essays.model import Reading
from plugins.essays.standfirst import minutes
from plugins.essays.syntax import Converter
from plugins.essays.typography import Typography


HEAD = "---\ntitle: A\ndate: 2016-12-20\n---\n"
Read = Callable[..., Reading]

VECTORS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><circle/></svg>",
    "<svg><script>alert(1)</script></svg>",
    '<math><mtext><table><mglyph><style><img src=x onerror="alert(1)">',
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='jav&#x09;ascript:alert(1)'>a</a>",
    "<a href='&#106;avascript:alert(1)'>a</a>",
    "[a](javascript:alert(1))",
    "[a][b]\n\n[b]: JaVaScRiPt:alert(1)",
    "![a](data:text/html;base64,PHNjcmlwdD4=)",
    "# A {onclick=alert(1)}",
    '<p style="background:url(javascript:alert(1))">a</p>',
    '<form action="javascript:alert(1)"><button>a</button></form>',
    "<object data='data:text/html,x'></object><embed src=x>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'><base href='//evil.example'>",
    "<details open ontoggle=alert(1)>a</details>",
    "<img src='x' srcset='https://evil.example/x 1x'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<a href='vbscript:x'>a</a> <a href='file:///etc/passwd'>b</a>",
]
LIVE = re.compile(
    r"<(?:script|svg|math|iframe|form|object|embed|meta|base|style)|<[^>]*\s(?:on\w+|style|srcset)\s*=|(?:href|src)=\"(?!https?:|x\"|#)",
    re.I,
)


@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_runs(vector: str, read_text: Read) -> None:
    """Whatever an author writes, in the text or the summary, no script, style or odd address comes out."""
    reading = read_text(HEAD + vector)
    assert not LIVE.search(reading.html), reading.html
    assert "html-removed" in {problem.code for problem in reading.problems}
    quoted = vector.replace("\n\n", " ").replace("'", "''")
    summary = read_text(f"---\ntitle: A\ndate: 2016-12-20\nsummary: '{quoted}'\n---\n").metadata["summary_html"]
    assert not LIVE.search(summary), summary


@pytest.mark.parametrize("vector", VECTORS)
def test_titles_are_text(vector: str, read_text: Read) -> None:
    """A title is words: its markup is shown, not obeyed."""
    quoted = vector.replace("\n\n", " ").replace("'", "''")
    title = read_text(f"---\ntitle: '{quoted}'\ndate: 2016-12-20\n---\n").metadata["title_html"]
    assert re.sub(r'</?span(?: class="(?:caps|amp|quo|dquo)")?>', "", title).count("<") == 0


def test_markers_survive(read_text: Read) -> None:
    """Sanitising leaves ids, classes, languages, data attributes and Pelican's links alone, and drops comments."""
    html = read_text(
        HEAD + '<p id="a" class="b" lang="fr" data-x="%5B%22"><a href="{filename}b.md">c</a> <!-- d --></p>'
    ).html
    assert html == '<p id="a" class="b" lang="fr" data-x="%5B%22"><a href="{filename}b.md">c</a> </p>'


def test_alignment_is_a_class(read_text: Read) -> None:
    """Columns keep their alignment without a style attribute."""
    reading = read_text(HEAD + "|a|b|\n|-:|---|\n|1|2|\n")
    assert '<td class="align-right">1</td>' in reading.html
    assert reading.problems == ()


LATIN = (
    '<p>"Quotes" & the FBI\'s <em>"own"</em> words -- and so on...</p>\n<h2>A head for widows</h2>'
    '<pre><code>"as" -- is</code></pre><ul><li>\'Twas one item</li></ul>'
)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Who owns the ledger", "Who owns the&nbsp;ledger"),
        ("Analysis of traffic on analytics.usa.gov", "Analysis of traffic on analytics.usa.gov"),
        ("Names of 15 signs of it", "Names of 15 signs of&nbsp;it"),
        ("On a whole unaccountability", "On a whole unaccountability"),
        ("Ledgers", "Ledgers"),
    ],
)
def test_short_last_words_of_a_title_are_tied(title: str, expected: str, read_text: Read) -> None:
    """The last two words of a title stay together where they are short; longer ones would be broken amid a word."""
    assert read_text(f"---\ntitle: {title}\ndate: 2016-12-20\n---\n").metadata["title_html"] == expected


@pytest.mark.parametrize("dashes", ["default", "oldschool", "oldschool_inverted"])
def test_typography_is_typogrify(dashes: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The output is typogrify's with Pelican's choice of dashes."""
    attributes = {"oldschool": smartypants.Attr.set2, "oldschool_inverted": smartypants.Attr.set3}
    default = attributes.get(dashes, smartypants.Attr.set1) | smartypants.Attr.w
    monkeypatch.setattr(smartypants, "default_smartypants_attr", default)
    assert Typography(dashes=dashes).typeset(LATIN, "en") == typogrify(LATIN)
    typography = Typography(dashes=dashes, ignore_tags=("h2",), omit_filters=("widont", "caps"))
    assert typography.typeset(LATIN, "en") == typogrify(LATIN, ["h2"], widont=False, caps=False)


def test_other_scripts_are_left_alone() -> None:
    """Neither an essay nor an element in another script is set as if it were Latin."""
    hebrew = '<p>שלום "עולם" ABC -- סוף</p>'
    assert Typography().typeset(hebrew, "he") == hebrew
    assert Typography().typeset(hebrew, "zh-Hant") == hebrew
    quoted = '<span lang="zh-Hans">"天 下" <span>ABC</span> 了</span>'
    html = Typography().typeset(f'<p>The word "{quoted}" it is</p>', "en")
    assert html == f"<p>The word &#8220;{quoted}&#8221; it&nbsp;is</p>"
    assert "caps" in Typography().typeset('<p lang="zh-Latn">ABC de fg</p>', "en")


DIRECTIONS = {
    '<i lang="ar">سلام</i>, <i lang="de">x</i>': '<i lang="ar" dir="rtl">سلام</i>, <i lang="de" dir="ltr">x</i>',
    '<i lang="zh-Hans">天下</i>': '<i lang="zh-Hans">天下</i>',
    '<i lang="ar-Latn">salam</i>': '<i lang="ar-Latn">salam</i>',
    '<i lang="he" dir="auto">א</i>': '<i lang="he" dir="auto">א</i>',
}


@pytest.mark.parametrize("written", DIRECTIONS)
def test_directions(written: str, read_text: Read) -> None:
    """Words in a language of another direction than the text's say so, and so do others among them."""
    assert DIRECTIONS[written] in read_text(f"{HEAD}Words {written}.").html


def test_first_words_name_languages(read_text: Read) -> None:
    """Words in another script keep their language where the first words of a text stand for it."""
    found = read_text(f'{HEAD}Words <i lang="ar">سلام</i> & <i lang="fr">mots</i>.').metadata

    assert '<span lang="ar" dir="rtl">سلام</span>' in found["summary_html"]
    assert found["plain_summary"] == "Words سلام & mots."
    assert "fr" not in found["summary_html"]


def test_summary(read_text: Read) -> None:
    """A summary is inline Markdown; without one the first words of the text stand in."""
    given = read_text("---\ntitle: A\ndate: 2016-12-20\nsummary: The *first* [word](x)\n---\nText").metadata
    assert given["standfirst_html"] == 'The <em>first</em> <a href="x">word</a>'
    assert given["plain_summary"] == "The first word"
    made = read_text(HEAD + "## Heading\n\n" + "word & " * 40 + "\n\nSecond").metadata
    assert "standfirst_html" not in made
    assert made["plain_summary"] == ("word & " * 25).strip() + "…"
    assert made["summary_html"].startswith('word <span class="amp">&amp;</span> word')


def test_reading_minutes() -> None:
    """230 words or 400 Han characters take a minute; nothing takes less than one."""
    assert minutes("<p></p>") == 1
    assert minutes("<p>" + "word " * 460 + "</p>") == 2
    assert minutes("<p>" + "word " * 461 + "</p>") == 3
    assert minutes("<p>" + "天" * 801 + "</p>") == 3


@pytest.mark.parametrize(
    "body", ["[" * 50_000, "<a " * 20_000, "![](" * 20_000, "[" * 9000 + "]" * 9000, ("[" * 990 + "\n\n") * 50]
)
def test_brackets_cannot_stall_a_build(body: str, read_text: Read) -> None:
    """Text that would take minutes is refused at once."""
    start = time.process_time()
    assert {problem.code for problem in read_text(HEAD + body).problems} == {"text-brackets"}
    assert time.process_time() - start < 5


def test_marks_of_one_note_have_a_limit(read_text: Read) -> None:
    """A note that is marked very often is refused at once."""
    problems = read_text(HEAD + "a[^1]" * 5000 + "\n\n[^1]: b").problems
    assert [str(problem) for problem in problems] == [
        'a.md:5: text-notes: the note "1" is marked 5,000 times; at most 1,000'
    ]


def test_deep_nesting_is_a_problem(read_text: Read) -> None:
    """What Markdown gives up on spoils that text alone, and is one line."""
    body = "".join("    " * depth + "- a\n" for depth in range(300))
    assert [str(problem) for problem in read_text(HEAD + body).problems] == [
        "a.md:1: essay-unreadable: the text is nested too deep; flatten its lists, quotations and brackets"
    ]


def test_a_converter_forgets() -> None:
    """One converter for many texts gives what a new one would."""
    texts = ["# A\n\nb[^1] [c][d] X\n\n[^1]: e\n\n[d]: /f\n\n*[X]: Y", "# A\n\nb[^1] [c][d] X", "# A\n\n# A\n\n[^1]: g"]
    converter = Converter()
    assert [converter.convert(text) for text in texts] == [Converter().convert(text) for text in texts]


@pytest.mark.parametrize(
    "words",
    [
        "Plain words, and a few more.",
        'He said "no" — it\'s 5% (or $3)...',
        "Café de l’avenir",
        "One  two ",
        "A - b",
        "x",
    ],
)
def test_a_summary_of_words_is_what_markdown_makes_of_it(
    read_text: Read, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A summary without signs of Markdown comes out as if Markdown had read it."""
    escaped = words.replace('"', '\\"')
    source = f'---\ntitle: A\ndate: 2020-01-01\nsummary: "{escaped}"\n---\nX.\n'
    short = read_text(source).metadata
    monkeypatch.setattr(reading, "_WORDS", re.compile(r"(?!)"))
    assert short == read_text(source).metadata
