"""What a page links to, and where an address leads."""

from __future__ import annotations

import pytest

from plugins.press.links import candidates, links_of, links_of_feed
from plugins.press.targets import Targets


FILES = [
    "index.html",
    "about/index.html",
    "essays/a/index.html",
    "essays/天下/index.html",
    "images/map.png",
    "a b.html",
]


def test_links_of_a_page() -> None:
    """Addresses and ids are those of elements: not of comments, scripts or code that is shown."""
    links = links_of(
        '<h2 id="one">1</h2><a name=two href="/a?x=1&amp;y=2">a</a><!-- <a href="/comment"> -->'
        '<script>\'<a href="/script">\'</script><code>&lt;a href="/code" id="three"></code>'
        '<img src="/i.png" srcset="/i.png, /j.png 2x"><video poster="/p.png" src="/v.mp4"></video>'
        '<picture><source srcset="/w.webp 1x"></picture><link href="/s.css">'
    )
    assert links.addresses == {"/a?x=1&y=2", "/v.mp4", "/s.css"}
    assert links.images == {"/i.png", "/j.png", "/p.png", "/w.webp"}
    assert links.ids == {"one", "two"}


@pytest.mark.parametrize("page", ["", " ", b"", "\ud800", "<a href=", "<" * 50, b"\xff\x00"])
def test_pages_that_are_none(page: str | bytes) -> None:
    """Whatever a file holds, it is looked through without a fault."""
    assert links_of(page).images == set()
    assert links_of_feed(page if isinstance(page, bytes) else page.encode(errors="replace")).ids == set()


def test_links_of_a_feed() -> None:
    """A feed's own addresses count, and those in the HTML of its entries; its names for entries do not."""
    links = links_of_feed(
        b'<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://x.example/f.xml"/><id>tag:x.example,2024:a</id>'
        b'<entry><content type="html">&lt;img src="https://x.example/i.png"&gt;&lt;a href="/b/"&gt;b&lt;/a></content>'
        b"</entry><url><loc>https://x.example/c/</loc></url></feed>"
    )
    assert links.addresses == {"https://x.example/f.xml", "/b/", "https://x.example/c/"}
    assert links.images == {"https://x.example/i.png"}


@pytest.mark.parametrize(
    ("srcset", "expected"),
    [
        ("a.png", ["a.png"]),
        ("a.png 1x, b.png 2x", ["a.png", "b.png"]),
        (" a,b.png 100w ,c.png", ["a,b.png", "c.png"]),
        ("", []),
    ],
)
def test_candidates(srcset: str, expected: list[str]) -> None:
    """A `srcset` is addresses, each with a descriptor or none."""
    assert candidates(srcset) == expected


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/about/", "about/index.html"),
        ("/about", "about/index.html"),
        ("/about/index.html", "about/index.html"),
        ("/about/?a=b#c", "about/index.html"),
        ("/", "index.html"),
        ("", "essays/a/index.html"),
        ("#note", "essays/a/index.html"),
        ("?a", "essays/a/index.html"),
        (".", "essays/a/index.html"),
        ("..", ""),
        ("../..", "index.html"),
        ("../../../../about/", "about/index.html"),
        ("../a/", "essays/a/index.html"),
        ("/essays/./b/../a/", "essays/a/index.html"),
        ("/essays/%E5%A4%A9%E4%B8%8B/", "essays/天下/index.html"),
        ("/essays/天下/", "essays/天下/index.html"),
        ("/a%20b.html", "a b.html"),
        (" /ab\nout/ ", "about/index.html"),
        ("https://x.example/about/", "about/index.html"),
        ("http://X.example:80/about/", "about/index.html"),
        ("//x.example/about/", "about/index.html"),
        ("https://x.example", "index.html"),
        ("/About/", ""),
        ("/gone/", ""),
        ("b.html", ""),
    ],
)
def test_addresses_of_the_site(address: str, name: str) -> None:
    """An address leads to the file that a host would send, or to none."""
    target = Targets("https://x.example", FILES).follow(address, "essays/a/index.html")
    assert target is not None
    assert target.name == name


@pytest.mark.parametrize(
    "address",
    [
        "https://y.example/",
        "//y.example/",
        "https://x.example:8080/",
        "mailto:a@x.example",
        "data:,x",
        "http:about/",
        "https://[x",
        "https://x.example:port/",
        "/wiki/page",
        "https://x.example/wiki/page",
    ],
)
def test_addresses_of_others(address: str) -> None:
    """What is on another host, of another kind, or named in PRESS_ELSEWHERE is not this site's."""
    assert Targets("https://x.example", FILES, ["/wiki/"]).follow(address, "index.html") is None


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/pre/about/", "about/index.html"),
        ("../../about/", "about/index.html"),
        ("https://x.example/pre/about/", "about/index.html"),
        ("https://x.example/pre", "index.html"),
        ("/about/", ""),
        ("/prefix/", ""),
    ],
)
def test_addresses_below_a_prefix(address: str, name: str) -> None:
    """A site below a path of its host has no page outside that path."""
    target = Targets("https://x.example/pre", FILES).follow(address, "essays/a/index.html")
    assert target is not None
    assert target.name == name


def test_beside_the_prefix() -> None:
    """A whole address beside the path of the site is another site's."""
    assert Targets("https://x.example/pre", FILES).follow("https://x.example/about/", "index.html") is None


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [("#a%20b", "a b"), ("#a:~:text=x", "a"), ("#:~:text=x", ""), ("#", ""), ("#天", "天")],
)
def test_fragments(fragment: str, expected: str) -> None:
    """A fragment is decoded, and is without what only browsers read."""
    target = Targets("https://x.example", FILES).follow(fragment, "index.html")
    assert target is not None
    assert target.fragment == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/essays/aa/", '; did you mean "/essays/a/"?'),
        ("/abuot/", '; did you mean "/about/"?'),
        ("/images/mpa.png", '; did you mean "/images/map.png"?'),
        ("/essays/天下.html", ""),
        ("/2014/01/02/about/", '; did you mean "/about/"?'),
        ("/map.png", '; did you mean "/images/map.png"?'),
        ("/about/index.htm", ""),
        ("/essays/", ""),
        ("/essay/a/", '; did you mean "/essays/a/"?'),
        ("//x.example/%", ""),
        ("/nothing/like/it/", ""),
    ],
)
def test_suggestions(address: str, expected: str) -> None:
    """The nearest address below the same folder is named, or the only one that ends alike."""
    targets = Targets("https://x.example", FILES)
    target = targets.follow(address, "index.html")
    assert target is not None
    assert targets.suggest(target) == expected
