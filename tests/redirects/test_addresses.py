"""The file of an old address, and the page of a theme that has none of its own."""

from __future__ import annotations

import pytest
from lxml import html

from plugins.redirects.addresses import file_of, page
from plugins.redirects.model import Target


@pytest.mark.parametrize(
    ("alias", "file"),
    [
        ("old/page/", "old/page/index.html"),
        ("old/page", "old/page/index.html"),
        ("2016/page.html", "2016/page.html"),
        ("page.HTM", "page.HTM"),
        ("page.php", "page.php/index.html"),
        ("", "index.html"),
    ],
)
def test_file_of(alias: str, file: str) -> None:
    """What ends in .html is a file, and all else a folder, which hosts serve with and without a slash."""
    assert file_of(alias) == file


def test_a_page_escapes_what_it_leads_to() -> None:
    """A title and an address never become markup."""
    target = Target('/"><script>', 'https://a.example/"><script>', "<em>A</em> &lt;b&gt; <script>", "en")
    root = html.document_fromstring(page(target))
    assert root.find(".//script") is None
    assert root.findtext(".//title") == "A <b>"
    assert root.find(".//a").get("href") == '/"><script>'
    assert root.find(".//meta[@http-equiv]").get("content") == '0; url=/"><script>'
