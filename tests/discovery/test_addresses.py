from __future__ import annotations

import pytest

from plugins.discovery.addresses import absolutise, encoded, is_whole


BASE = "https://a.example/site/essays/x/"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ('<a href="#note-1">1</a>', f'<a href="{BASE}#note-1">1</a>'),
        ('<a href="/site/b/">b</a>', '<a href="https://a.example/site/b/">b</a>'),
        ('<a href="../y/?q=1#z">b</a>', '<a href="https://a.example/site/essays/y/?q=1#z">b</a>'),
        ('<a href="">b</a>', f'<a href="{BASE}">b</a>'),
        ('<img src="i.png" alt="">', f'<img src="{BASE}i.png" alt="">'),
        ('<img src="//cdn.example/i.png">', '<img src="https://cdn.example/i.png">'),
        ('<img srcset="a.png 1x, /b.png 2x">', f'<img srcset="{BASE}a.png 1x, https://a.example/b.png 2x">'),
        ('<video poster="p.jpg"></video>', f'<video poster="{BASE}p.jpg"></video>'),
        ('<q cite="w">a</q>', f'<q cite="{BASE}w">a</q>'),
        ('<a href="http://b.example/x/../y#">b</a>', '<a href="http://b.example/x/../y#">b</a>'),
        ('<a href="mailto:a@b.example">b</a>', '<a href="mailto:a@b.example">b</a>'),
        ('<img src="data:image/png;base64,AA==">', '<img src="data:image/png;base64,AA==">'),
        ('<a href="//[broken">b</a>', '<a href="//[broken">b</a>'),
        ("<p>#a href=b &amp; 字</p>", "<p>#a href=b &amp; 字</p>"),
    ],
)
def test_addresses_become_absolute(given: str, expected: str) -> None:
    """An address is what it would be on the page; one that is whole, or cannot be read, stays."""
    assert absolutise(given, BASE) == expected


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("https://a.example", True),
        ("http://a.example/site", True),
        ("", False),
        ("/site", False),
        ("a.example", False),
        ("//a.example", False),
        ("ftp://a.example", False),
        ("https://", False),
        ("https://[a", False),
    ],
)
def test_a_whole_address_has_a_scheme_and_a_host(address: str, *, whole: bool) -> None:
    """Only an address of the web that needs no other to be read is whole."""
    assert is_whole(address) is whole


def test_an_address_is_encoded_once() -> None:
    """Letters of any script are encoded; what is encoded already stays."""
    assert encoded("https://a.example/信/%20?q=é") == "https://a.example/%E4%BF%A1/%20?q=%C3%A9"
