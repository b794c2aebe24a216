"""A text mentions a file in whatever way its kind of text writes addresses."""

from __future__ import annotations

import pytest

from plugins.press.mentions import Text


MENTIONS = [
    ("essays/a.md", "images/map.png", "![x]({static}/images/map.png)"),
    ("essays/a.md", "images/map.png", "![x](../images/map.png 'A map')"),
    ("essays/a.md", "images/map.png", "image: {src: images/map.png, alt: x}"),
    ("essays/a.md", "images/map.png", "[x]: /images/map.png?v=1#part"),
    ("essays/a.md", "images/map.png", "It stands in images/map.png."),
    ("essays/a.md", "images/a_map.png", "![x]({static}/images/a\\_map.png)"),
    ("essays/a.md", "images/my map.png", "![x](<{static}/images/my map.png>)"),
    ("essays/a.md", "images/my map.png", "![x]({static}/images/my%20map.png)"),
    ("essays/a.md", "images/my%20map.png", "![x]({static}/images/my%20map.png)"),
    ("essays/a.md", "images/my%20map.png", "![x]({static}/images/my%2520map.png)"),
    ("essays/a.md", "essays/a/map.png", "![x]({attach}a/map.png)"),
    ("a/index.html", "images/café.png", '<img src="/images/caf%C3%A9.png">'),
    ("a/index.html", "images/a&b.png", '<img src="/images/a&amp;b.png">'),
    ("a/index.html", "images/map.png", '<img srcset="../images/map.png 2x, x.png">'),
    ("a/index.html", "images/map.png", '<img src="/prefix/images/./x/../map.png">'),
    ("images/of/index.html", "images/map.png", '<img src="../map.png">'),
    ("theme/css/site.css", "images/map.png", "a { background: url(../../images/map.png) }"),
    ("images/map.svg", "images/map.png", '<image xlink:href="map.png"/>'),
    ("theme/gallery.js", "images/map.png", "for (name of ['map.png']) show(FOLDER + name)"),
    ("gallery.json", "images/map.png", '["map.png"]'),
    ("a/index.html", "images/天下.png", '<img src="/images/%E5%A4%A9%E4%B8%8B.png">'),
]
PASSED_BY = [
    ("a/index.html", "images/map.png", '<img src="/images/other/map.png">'),
    ("a/index.html", "images/map.png", '<img src="/images/heat-map.png">'),
    ("a/index.html", "images/map.png", '<img src="/my-images/map.png">'),
    ("a/index.html", "images/map.png", '<img src="/images/map.png.webp">'),
    ("a/index.html", "images/map.png", "The map.png of old."),
    ("images/of/index.html", "images/map.png", '<img src="/map-png">'),
]


@pytest.mark.parametrize(("text", "file", "words"), MENTIONS)
def test_mention(text: str, file: str, words: str) -> None:
    """Whole or from where the text stands, escaped or not, with dots or without."""
    assert Text(text, words.encode()).mentions([file])


@pytest.mark.parametrize(("text", "file", "words"), PASSED_BY)
def test_another(text: str, file: str, words: str) -> None:
    """A file of the same name elsewhere, and a name that holds this one, are others."""
    assert not Text(text, words.encode()).mentions([file])


def test_either_name() -> None:
    """A file is known by its source and by its address."""
    assert Text("a/index.html", b'<a href="/robots.txt">').mentions(["extra/robots.txt", "robots.txt"])


def test_large() -> None:
    """A text too large to be taken apart counts if it holds the file's own words."""
    assert Text("a.csv", b" " * 10_000_001 + b"a,map.png").mentions(["images/map.png"])
    assert not Text("a.csv", b" " * 10_000_001 + b"a,atlas.pdf").mentions(["images/map.png"])
