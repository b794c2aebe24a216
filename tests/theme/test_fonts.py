from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from plugins.press.glyphs import Coverage, read
from tests.theme.specimens import THEME, write_site
from themes.broadside.glyphs import COVERAGE, LOCAL, coverage, shipped


FONTS = THEME / "static" / "fonts"
LATIN = ["serif.woff2", "serif-italic.woff2", "sans.woff2"]


@pytest.fixture(scope="module")
def characters() -> frozenset[str]:
    return shipped(FONTS)


def test_fonts_are_within_the_budget() -> None:
    """What an English page fetches is at most 60 kB, and the Chinese beside it at most 12 kB."""
    assert sum((FONTS / name).stat().st_size for name in LATIN) <= 60_000
    assert (FONTS / "han.woff2").stat().st_size <= 12_288


def test_typography_is_drawn(characters: frozenset[str]) -> None:
    """The fonts draw what typogrify, pandoc and citation styles print, pinyin and Chinese punctuation."""
    wanted = "“”‘’–—…\u00a0\u2009\u202f§¶·×−½¼¾†‡•′″€āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜŁłŠšŽžŐőÆœ，。、；：「」《》〔〕—"

    assert set(wanted) <= characters


def test_letters_are_in_the_font_that_is_looked_for() -> None:
    """A letter of the first files is not in the second, and the second's are within the range that the styles say."""
    for name in ("serif", "serif-italic", "sans"):
        first, more = (frozenset(TTFont(FONTS / f"{name}{part}.woff2").getBestCmap()) for part in ("", "-more"))
        letters = {code for code in more if code > 0xFF}
        assert not first & letters, name
        assert all(0x100 <= code <= 0x24F or 0x1E00 <= code <= 0x1EFF for code in letters), name


def test_small_capitals_are_drawn() -> None:
    """The serif has real small capitals for letters that stand as capitals and as small ones."""
    features = TTFont(FONTS / "serif.woff2")["GSUB"].table.FeatureList.FeatureRecord
    assert {"smcp", "c2sc", "onum", "pnum"} <= {record.FeatureTag for record in features}


def test_every_character_of_a_page_is_drawn(tmp_path: Path) -> None:
    """No page of the specimens has a character without a glyph."""
    for page in sorted(write_site(tmp_path).rglob("*.html")):
        assert read((THEME / COVERAGE).read_text("utf-8")).undrawn(page.read_bytes()) == frozenset(), page


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>plain</p>", ""),
        ("<p lang=zh>他，说</p>", "，"),
        ("<p>a 🎉 b</p>", "🎉"),
        ("<p lang=ar>سلام</p>", ""),
        ("<p>سلام</p>", "اسلم"),
        ("<p lang=ar>سلام <span lang=zh>他，</span></p>", "，"),
        ("<pre>🎉</pre><p>x<br>y&#8203;</p>", ""),
        ("<title>🎉</title>", ""),
    ],
)
def test_what_is_not_drawn_is_found(page: str, expected: str) -> None:
    """A missing comma, an emoji and a script without its language are found; a stated fallback is let pass."""
    drawn = Coverage(frozenset("abcdefghijklmnopqrstuvwxyz 他说"), frozenset(LOCAL))

    assert "".join(sorted(drawn.undrawn(page.encode()))) == expected


def test_the_coverage_is_that_of_the_fonts(characters: frozenset[str]) -> None:
    """What the theme says of its fonts is what they draw."""
    assert (THEME / COVERAGE).read_text("utf-8") == coverage(characters, LOCAL)
    assert read(coverage(characters, LOCAL)) == Coverage(characters, frozenset(LOCAL))


def test_the_quick_way_is_the_right_one(characters: frozenset[str]) -> None:
    """To leave a page without a look at its elements finds as much as to look at each."""
    drawn = Coverage(characters, frozenset(LOCAL))
    assert drawn.undrawn("<p>“Ab” — ł <i>社会</i></p>".encode()) == frozenset()
    assert drawn.undrawn(f"<p>a{'<b>' * 200}囧{'</b>' * 200}</p>".encode()) == {"囧"}
    assert Coverage().undrawn("<p>囧</p>".encode()) == frozenset()


ESSAY = "---\ntitle: {}\ndate: 2017-03-14\n---\n{}\n"
FAULTS = {
    "han": ("A", "Words\n\nof 囧 and 囧 and 冏.", 7, '"囧" (U+56E7), "冏" (U+518F); run `make fonts`, which adds'),
    "title": ("A 囧", "Words", 2, '"囧" (U+56E7); run `make fonts`'),
    "emoji": ("A", "A 🎉.", 5, '"🎉" (U+1F389); each machine draws it in its own way, or not at all: say it in words'),
    "script": ("A", "سلام", 5, 'name the language of the words, as in "[س]{lang=ar}"'),
    "sign": ("A", "∰ is a sign.", 5, '"∰" (U+2230); run `make fonts`, which adds what its fonts have, or write'),
}


@pytest.mark.parametrize("name", FAULTS)
def test_faults(name: str, build_site: Callable[..., Any]) -> None:
    """A character that no font draws is a warning at its line, once for all pages, with what to do about its kind."""
    title, text, line, expected = FAULTS[name]
    site = build_site({"content/essays/a.md": ESSAY.format(title, text)})

    assert len(site.problems) == 1, site.problems
    assert site.problems[0].startswith(f"content/essays/a.md:{line}: glyph-missing: no font of the site draws ")
    assert expected in site.problems[0]
    assert site.problems[0].endswith("[warning]")
    assert site.exit_code == 0
    assert build_site({}, "--fatal", "warnings").exit_code == 1


SOUND = [
    "[سلام]{lang=ar}",
    "[🎉]{lang=zxx}",
    "[слово]{lang=und-Cyrl}",
    "First.\n\n`囧`",
    "First.\n\n    囧",
    "社会信用，",
    "a­b️",
    "Łódź",
]


@pytest.mark.parametrize("text", SOUND)
def test_what_is_drawn(text: str, build_site: Callable[..., Any]) -> None:
    """What has a stated fallback, stands in code, or is drawn, is no fault."""
    assert build_site({"content/essays/a.md": ESSAY.format("A", text)}).problems == []


def test_titles_and_names(build_site: Callable[..., Any]) -> None:
    """Where no language can be named, words in a script that readers have fonts for are no fault."""
    essay = "---\ntitle: A слово\ndate: 2017-03-14\ntags: [سلام]\nauthor: Ελένη\n---\n[слово]{lang=ru}, سلام\n"
    site = build_site({"content/essays/a.md": essay})

    letters = '"س" (U+0633), "ل" (U+0644), "ا" (U+0627), "م" (U+0645)'

    assert len(site.problems) == 1
    assert site.problems[0].startswith(
        f"content/essays/a.md:4: glyph-missing: no font of the site draws {letters}; name"
    )
    assert '<span lang="ru" dir="ltr">слово</span>' in site.read("index.html")


def test_faults_of_other_files(build_site: Callable[..., Any]) -> None:
    """A character that a page has from a bibliography, a setting or a word is named where it stands."""
    item = "- {id: roe, type: book, title: A ∰ book, author: [{family: Roe}], issued: 1999, publisher: P}\n"
    files = {"content/essays/a.md": ESSAY.format("A", "Words [@roe]."), "content/bibliography.yaml": item}
    site = build_site(files, sitename="Site 囧")

    assert [line.split(": no font")[0] for line in site.problems] == [
        "content/bibliography.yaml:1: glyph-missing",
        f"pelicanconf.py:{site.line_of('SITENAME')}: glyph-missing",
    ]


def test_edits(build_site: Callable[..., Any]) -> None:
    """Whatever is edited, the faults are those of a clean build; what stands is not looked at again, and is told."""
    site = build_site(
        {
            "content/essays/a.md": ESSAY.format("A\nsummary: S.", "One 囧."),
            "content/essays/b.md": ESSAY.format("B\nsummary: S.", "Two."),
        }
    )
    first = site.problems
    for text in ("One more 囧.", "And\n\n囧 again", "None", "Now ∰.", "Now ∰ and 囧."):
        edited = build_site({"content/essays/a.md": ESSAY.format("A\nsummary: S.", text)})
        assert ("brought up to date" in edited.stdout) == (text in {"One more 囧.", "And\n\n囧 again"}), text
        again = build_site({"content/essays/b.md": ESSAY.format("B\nsummary: S.", f"Two, and {text.count('o')}.")})
        shutil.rmtree(edited.root / ".cache")
        shutil.rmtree(edited.output)
        clean = build_site({})
        assert edited.problems == again.problems == clean.problems, text
    assert len(first) == 1


def test_other_fonts(build_site: Callable[..., Any]) -> None:
    """What a site's own fonts draw is none; where there are others, pages are looked at anew."""
    essay = {"content/essays/a.md": ESSAY.format("A", "One ∰.")}
    assert len(build_site(essay).problems) == 1
    own = {"fonts/coverage.txt": coverage("∰"), "fonts/sans.woff2": (FONTS / "sans.woff2").read_bytes()}
    site = build_site(own)
    assert site.problems == []
    assert not (site.output / "theme/fonts/site/coverage.txt").exists()
    shutil.rmtree(site.root / "fonts")
    assert len(build_site({}).problems) == 1


def test_other_themes(build_site: Callable[..., Any]) -> None:
    """A theme that does not say what its fonts draw is not checked."""
    site = build_site({"content/essays/a.md": ESSAY.format("A", "One 囧.")}, theme="simple", direct_templates=[])
    assert "囧" in site.read("essays/a/index.html")
    assert "glyph-missing" not in site.stderr
