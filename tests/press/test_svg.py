"""Drawings are cleaned when they are copied: what draws stays, what runs or loads goes."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plugins.press.svg import InvalidDrawing, TooMuch, clean
from plugins.press.svg_style import is_harmless


ROOT = Path(__file__).resolve().parents[2]
OPEN = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:h="http://www.w3.org/1999/xhtml">'
)
GONE = [
    "<script>alert(1)</script>",
    '<script xlink:href="//elsewhere.example/x.js"/>',
    "<foreignObject><h:img src='x' onerror='alert(1)'/></foreignObject>",
    "<h:script>alert(1)</h:script>",
    '<set attributeName="xlink:href" to="javascript:alert(1)"/>',
    '<animate attributeName="href" values="javascript:alert(1)"/>',
    '<set attributeName="onclick" to="alert(1)"/>',
    "<style>@import '//elsewhere.example/x.css';</style>",
    "<style>.a { fill: url(https://elsewhere.example/x) }</style>",
    r"<style>.a { fill: \75 rl(//elsewhere.example/x) }</style>",
    "<style>.a { fill: u/**/rl(#a) } /* */ .b { background: image-set('//elsewhere.example/x' 1x) }</style>",
    "<style><![CDATA[@import url(//elsewhere.example/x);]]></style>",
    "<handler>alert(1)</handler>",
    "<iframe src='//elsewhere.example/'/>",
    "<?xml-stylesheet href='//elsewhere.example/x.css'?>",
]
ATTRIBUTES = [
    'onload="alert(1)"',
    'ONLOAD="alert(1)"',
    'fill="url(//elsewhere.example/x)"',
    r'fill="u\72l(//elsewhere.example/x)"',
    'style="background: url(https://elsewhere.example/x)"',
    'xml:base="https://elsewhere.example/"',
    'h:onload="alert(1)"',
]
KEPT = [
    "<title>A</title><desc>B</desc>",
    "<style>.a { fill: url(#b) } @media (prefers-color-scheme: dark) { .a { fill: var(--ink) } }</style>",
    '<a href="https://elsewhere.example/"><text>C</text></a>',
    '<use xlink:href="#b"/><image href="data:image/png;base64,AA"/><image href="photo.png"/>',
    '<rect fill="url(#b)" style="mask: url(\'#c\')" aria-label="an image (1)"/>',
    '<animate attributeName="fill" to="red"/><!-- words -->',
]
LINKS = [
    '<a href="java&#9;script:alert(1)"/>',
    '<a xlink:href=" data:text/html,x"/>',
    '<image href="//elsewhere.example/x.png"/>',
    '<image href="data:image/svg+xml,x"/>',
    '<use href="https://elsewhere.example/#a"/>',
    '<feImage href="/x.png"/>',
]


def drawing(inner: str) -> bytes:
    return f"{OPEN}{inner}</svg>".encode()


@pytest.mark.parametrize("inner", GONE)
def test_what_runs_or_loads_is_removed(inner: str) -> None:
    """Scripts, foreign objects, handlers, styles that load, in whatever way they are written, are gone and named."""
    data, removed = clean(drawing(f"<g>before{inner}after</g>"))

    assert removed
    assert b"beforeafter" in data
    assert clean(data) == (data, ())


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_attributes_that_run_or_load_are_removed(attribute: str) -> None:
    """The element stays without them."""
    data, removed = clean(drawing(f"<rect {attribute}/>"))
    assert (b"<rect/>" in data, len(removed)) == (True, 1)


@pytest.mark.parametrize("link", LINKS)
def test_links_to_elsewhere_are_removed(link: str) -> None:
    """A link may lead to the web; a picture or a part is taken from the drawing or the site."""
    data, removed = clean(drawing(link))
    assert (b"href=" in data.partition(b">")[2], len(removed)) == (False, 1)


@pytest.mark.parametrize("inner", KEPT)
def test_what_draws_is_kept_byte_for_byte(inner: str) -> None:
    """A drawing with nothing to remove is copied as it is."""
    data = b'<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">\n' + drawing(inner)
    assert clean(data) == (data, ())


@pytest.mark.parametrize("path", sorted(ROOT.glob("content/**/*.svg")), ids=lambda path: path.name)
def test_the_demos_drawings_are_clean(path: Path) -> None:
    """The site's own drawings need no cleaning."""
    assert clean(path.read_bytes()) == (path.read_bytes(), ())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg",
        b"<svg/>",
        b"\x1f\x8b\x08",
        drawing("").decode().encode("utf-16"),
        b'<?xml version="1.0" encoding="UTF-7"?>' + drawing(""),
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + drawing("&a;"),
        b'<!DOCTYPE svg [<!ATTLIST svg onload CDATA "alert(1)">]>' + drawing(""),
        b'<!DOCTYPE svg [<!ENTITY a "'
        + b"x" * 9999
        + b'"><!ENTITY b "'
        + b"&a;" * 9999
        + b'">]>'
        + drawing("&b;" * 9999),
        drawing("<g>" * 10_000 + "</g>" * 10_000),
    ],
    ids=range(10),
)
def test_what_is_no_drawing_is_refused_at_once(data: bytes) -> None:
    """Broken XML, other encodings, grammars with entities and endless nesting are refused, and cost no time."""
    began = time.process_time()
    with pytest.raises(InvalidDrawing):
        clean(data)
    assert time.process_time() - began < 2


def doubling(level: str, leaf: str = '<rect id="a30"/>') -> str:
    """Return thirty levels that each draw the next one twice, a line each."""
    return "".join("\n" + level.format(i, i + 1) for i in range(30)) + leaf


TOO_MUCH = {
    "use": doubling('<g id="a{0}"><use href="#a{1}"/><use xlink:href="#a{1}"/></g>'),
    "pattern": doubling('<pattern id="a{0}"><g fill="url(#a{1})"/><g fill="url(#a{1})"/></pattern>'),
    "style": doubling(
        r'<mask id="a{0}"><g class="c{1}"/><g class="c{1}"/></mask><style>a:b g.c{0}:c {{mask: u\72l(#%61{0})}}</style>'
    ),
    "variable": doubling(
        '<style>* {{--a{0}: url("#a{1}")}}</style><mask id="a{0}"><g style="mask: var(--a{0})"/></mask>'
    ),
    "string": doubling(
        '<marker id="a{0}"><path/><path/></marker><style>#a{0} path{{a:"/*{{"; marker: url(#a{1})}}</style>'
    ),
    "many uses": '<g id="a">' + "<g/>" * 500 + "</g><g>" + '<use href="#a"/>' * 500 + "</g>",
    "elements": "<g/>" * 200_000,
    "depth": "<g>" * 100 + "</g>" * 100,
    "great depth": "<g>" * 1000 + "</g>" * 1000,
    "depth by reference": "".join(f'<g id="a{i}"><use href="#a{i + 1}"/></g>' for i in range(200)),
    "all of each other": doubling('<style>*{{fill: url(#a{0})}}</style><g id="a{0}"/>') * 160,
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_what_would_take_a_browser_minutes_is_refused_at_once(name: str) -> None:
    """Drawings that double what they draw at each level, or are too deep or too large, cost a build no time."""
    began = time.process_time()
    with pytest.raises(TooMuch):
        clean(drawing(TOO_MUCH[name]))
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "inner",
    [
        '<g id="a"><use href="#a"/></g>',
        '<style>path {marker-end: url(#m)}</style><marker id="m"><path/></marker>' + "<path/>" * 5000,
        '<linearGradient id="a"><stop/><stop/></linearGradient>' + '<rect fill="url(#a)"/>' * 100_000,
        '<symbol id="a"><path/></symbol>' + '<use href="#a"/>' * 50_000,
        "<g>" * 99 + "</g>" * 99,
    ],
    ids=["itself", "marker", "colours", "letters", "deep"],
)
def test_what_browsers_draw_at_leisure_is_kept(inner: str) -> None:
    """Many uses of a symbol or a colour, markers on what they are made of, and loops, which draw nothing, stay."""
    assert clean(drawing(inner)) == (drawing(inner), ())


def test_words_in_comments_and_strings_hide_nothing() -> None:
    """A comment is no comment within a string."""
    assert not is_harmless('a { content: "/*"; fill: url(//elsewhere.example/) } /* "*/')
    assert is_harmless("a { fill: red } /* an image (1) */") is False  # rather too careful
    assert is_harmless("a { fill: url(#a) }")


def test_a_build_cleans_what_it_copies(build_site: Callable[..., Any]) -> None:
    """What was removed is a warning with its line; what is no SVG is an error and is not copied; others are copied."""
    sound = drawing("<title>A</title>")
    site = build_site(
        {
            "content/images/sound.svg": sound,
            "content/images/live.SVG": drawing("\n<rect onload='alert(1)'/>\n<script>alert(1)</script>"),
            "content/images/none.svg": b"<svg>\n<g>\n</svg>",
            "content/images/bomb.svg": drawing(TOO_MUCH["use"]),
            "content/images/large.svg": drawing(" " * 10_000_000),
            "content/images/other.txt": b"<script>",
            "content/essays/a.md": "---\ntitle: A\ndate: 2016-12-20\n---\nA\n",
        }
    )

    end = "has no place in a drawing; it was left out of the copy, take it out of the file [warning]"
    fix = "mend it or save it anew as SVG; it was not copied"
    mismatch = "Opening and ending tag mismatch: g line 2 and svg"
    over = "the drawing draws parts of it over again, more than 200,000 in all; simplify it; it was not copied"
    assert site.problems == [
        f"content/images/bomb.svg:16: svg-size: {over}",
        f"content/images/large.svg:1: svg-size: the drawing is larger than 10,000,000 bytes; {over.partition('; ')[2]}",
        f'content/images/live.SVG:2: svg-cleaned: onload of <rect>, "alert(1)" {end}',
        f"content/images/live.SVG:3: svg-cleaned: <script> {end}",
        f"content/images/none.svg:3: svg-invalid: the drawing is not XML: {mismatch}; {fix}",
    ]
    files = site.files()
    assert files["images/sound.svg"] == sound
    assert b"alert" not in files["images/live.SVG"]
    assert {"images/none.svg", "images/bomb.svg", "images/large.svg"}.isdisjoint(files)
    assert files["images/other.txt"] == b"<script>"
