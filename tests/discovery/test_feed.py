from __future__ import annotations

from plugins.discovery.feed import mended


ITEM = {
    "title": "A \x07bell",
    "link": "https://a.example/x/",
    "description": '<a href="#a">a</a>\x0b',
    "content": "<p>\x00\ud800b</p>",
    "author_name": "",
    "categories": ["one\x1f", "two"],
    "pubdate": None,
}


def test_an_entry_is_mended() -> None:
    """Addresses are absolute, all authors are named, and no character is left that XML cannot hold."""
    assert mended(ITEM, "Ann, Bo") == {
        "title": "A bell",
        "link": "https://a.example/x/",
        "description": '<a href="https://a.example/x/#a">a</a>',
        "content": "<p>b</p>",
        "author_name": "Ann, Bo",
        "categories": ["one", "two"],
        "pubdate": None,
    }


def test_an_entry_without_text_is_left_alone() -> None:
    """An entry may have no summary, and no author."""
    mended_item = mended({**ITEM, "description": None}, "")

    assert mended_item["description"] is None
    assert mended_item["author_name"] is None
