"""What a site may change of the theme without a copy of it: accent, fonts, links to elsewhere, templates."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from typing import Any

import pytest

from plugins.press.colour import Colour, contrast, nearest
from plugins.press.site_fonts import is_variable
from tests.theme.specimens import THEME


ESSAY = "---\ntitle: A\ndate: 2017-03-14\nauthor: Roe\n---\nWords.\n"
SITE = {"content/essays/a.md": ESSAY}
SHEET = "theme/css/site.css"
FONTS = THEME / "static" / "fonts"
PAPERS = re.findall(r"--paper: light-dark\((#\w+), (#\w+)\)", (THEME / "static/css/site.css").read_text("utf-8"))[0]


def tokens(site: Any) -> str:
    """Return what stands behind the theme's own stylesheet."""
    return str(site.read(SHEET).removeprefix((THEME / "static/css/site.css").read_text("utf-8")))


def test_the_theme_as_it_is(build_site: Callable[..., Any]) -> None:
    """A site that wishes for nothing has the theme's stylesheet, to the byte."""
    assert tokens(build_site(SITE)) == ""


@pytest.mark.parametrize(
    ("accent", "expected"),
    [
        ("#0b5cad", "--red:light-dark(#0b5cad,#5aa2f9);--red-line:light-dark("),
        (("#0b5cad", "#8cf"), "--red:light-dark(#0b5cad,#88ccff);"),
    ],
)
def test_accent(build_site: Callable[..., Any], accent: Any, expected: str) -> None:
    """An accent is a token of the published stylesheet; that for the dark is made of it, or given."""
    site = build_site(SITE, accent=accent)

    assert site.problems == []
    assert tokens(site).startswith("\n@layer tokens{:root{" + expected)
    assert "style=" not in site.read("index.html")


@pytest.mark.parametrize(
    ("accent", "expected"),
    [
        ("#f99", r'accent-contrast: ACCENT has "#f99", whose contrast with the paper .* is 2\.\d\d:1, and words need '),
        (("#0b5cad", "#234"), r'accent-contrast: ACCENT has "#234".*; the nearest colour that has it is "#\w{6}"$'),
        ("red", 'setting-value: ACCENT is "red"; write a colour such as'),
        (["#000", "#fff", "#000"], "setting-value: ACCENT is "),
        (7, "setting-value: ACCENT is "),
    ],
)
def test_accents_that_cannot_be(build_site: Callable[..., Any], accent: Any, expected: str) -> None:
    """A colour that is none, or too faint to read, is named at its line, and the theme's own stays."""
    site = build_site(SITE, accent=accent)

    assert len(site.problems) == 1
    assert re.match(rf"pelicanconf\.py:{site.line_of('ACCENT')}: {expected}", site.problems[0]), site.problems
    assert tokens(site) == ""


@pytest.mark.parametrize("colour", ["#f99", "#0b5cad", "#000", "#fff", "#ff0", "#808080", "#0f0"])
@pytest.mark.parametrize("paper", PAPERS)
def test_the_nearest_colour_passes(colour: str, paper: str) -> None:
    """What is suggested has the contrast that was missing, and one that has it is kept."""
    one, ground = Colour.read(colour), Colour.read(paper)
    assert one is not None
    assert ground is not None
    found = nearest(one, ground, 4.5)

    assert contrast(found, ground) >= 4.5
    assert (found == one) == (contrast(one, ground) >= 4.5)


def test_contrast() -> None:
    """Contrast is that of WCAG."""
    black, white, grey = Colour(0, 0, 0), Colour(255, 255, 255), Colour(0x76, 0x76, 0x76)

    assert contrast(black, white) == pytest.approx(21)
    assert contrast(grey, white) == pytest.approx(4.54, abs=0.005)


def test_colours_of_the_theme() -> None:
    """The theme's own accent has the contrast that it asks of others."""
    sheet = (THEME / "static/css/site.css").read_text("utf-8")
    reds = re.findall(r"--red: light-dark\((#\w+), (#\w+)\)", sheet)[0]
    for red, paper in zip(reds, PAPERS, strict=True):
        assert contrast(Colour.read(red), Colour.read(paper)) >= 4.5  # type: ignore[arg-type]


def test_edits_of_the_accent(build_site: Callable[..., Any]) -> None:
    """Another accent changes the stylesheet alone, and the output is that of a clean build."""
    before = build_site(SITE, accent="#0b5cad").files()
    after = build_site({}, accent="#a3195b")
    changed = {name for name, data in after.files().items() if before.get(name) != data}
    kept = after.files()
    shutil.rmtree(after.output)
    shutil.rmtree(after.root / ".cache")

    assert changed - {".broadside.json"} == {SHEET}
    assert kept == build_site({}, accent="#a3195b").files()
    assert tokens(build_site({})) == ""


def test_fonts_of_a_site(build_site: Callable[..., Any]) -> None:
    """Fonts in the site's folder are published, come before the theme's, and are fetched first."""
    fonts = {
        "fonts/serif.woff2": (FONTS / "serif.woff2").read_bytes(),
        "fonts/sans.woff2": (FONTS / "sans.woff2").read_bytes(),
        "fonts/OFL.txt": "Licence",
    }
    site = build_site({**SITE, **fonts})
    rules = tokens(site)

    assert site.problems == []
    assert {name for name in site.files() if "/site/" in name} == {
        "theme/fonts/site/serif.woff2", "theme/fonts/site/sans.woff2", "theme/fonts/site/OFL.txt"
    }  # fmt: skip
    assert '--serif:"Site serif", "Broadside Serif", ' in rules
    assert 'font-family:"Site serif";font-weight:100 900;font-display:swap;src:url(../fonts/site/serif.woff2)' in rules
    assert 'font-family:"Site sans";font-display:swap' in rules
    assert 'href="/theme/fonts/site/serif.woff2" as="font"' in site.read("index.html")
    shutil.rmtree(site.root / "fonts")
    again = build_site({})
    assert (tokens(again), "site/serif" in again.read("index.html")) == ("", False)
    assert not (again.output / "theme/fonts/site").exists()


def test_fonts_that_cannot_be(build_site: Callable[..., Any]) -> None:
    """A file that is no font, or of no role, is named and stays out."""
    names = '"serif.woff2", "serif-bold.woff2", "serif-italic.woff2", "sans.woff2", "sans-bold.woff2"'
    near = '"serif-bold.woff2" or "sans-bold.woff2" or "serif.woff2"'
    site = build_site({**SITE, "fonts/serif.woff2": b"wOFF", "fonts/serfi-bold.woff2": b"wOF2", "fonts/a.ttf": b""})

    assert [line.split(": ", 1)[1] for line in site.problems] == [
        f'font-invalid: "a.ttf" is no font of a role; call it one of {names}',
        f'font-invalid: "serfi-bold.woff2" is no font of a role; did you mean {near}?',
        'font-invalid: "serif.woff2" is no font in WOFF2; convert it',
    ]
    assert tokens(site) == ""


@pytest.mark.parametrize("name", ["serif", "serif-italic", "sans"])
def test_variable_fonts(name: str) -> None:
    """Whether a font is variable is read off its directory of tables; one that ends too soon is not."""
    data = (FONTS / f"{name}.woff2").read_bytes()

    assert is_variable(data) is (name == "serif")
    assert all(not is_variable(data[:size]) for size in range(0, 64, 7))


def test_links_to_elsewhere(build_site: Callable[..., Any]) -> None:
    """SOCIAL names where else a site is; what is no address of the web or of mail is refused."""
    social = [("Masto & don", "https://social.example/@a?b&c"), ("E-mail", "mailto:a@b.example")]
    site = build_site(SITE, social=social)

    assert site.problems == []
    assert '<a href="https://social.example/@a?b&amp;c" rel="me">Masto &amp; don</a>' in site.read("index.html")
    for wrong in ([("X", "javascript:alert(1)")], [("X", "data:text/html,x")], ["https://a.example"], [("X", "a")]):
        assert "setting-value: SOCIAL " in build_site({}, social=wrong).stderr


def test_addresses_of_licences(build_site: Callable[..., Any]) -> None:
    """The licence's address is one of the web."""
    assert "setting-value: LICENSE_URL is" in build_site(SITE, license_url="javascript:alert(1)").stderr


def test_a_theme_without_tokens(build_site: Callable[..., Any]) -> None:
    """In a theme that has no such tokens, a wish says that it comes to nothing."""
    assert "ACCENT changes nothing" in build_site(SITE, theme="simple", accent="#0b5cad").stderr
