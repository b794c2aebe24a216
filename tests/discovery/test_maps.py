from __future__ import annotations

from datetime import UTC, datetime

from lxml import etree

from plugins.discovery.maps import Place, robots, sitemap


OLD, NEW = datetime(2016, 1, 2, tzinfo=UTC), datetime(2017, 1, 2, 3, 4, tzinfo=UTC)


def test_a_sitemap_names_each_address_once_with_its_last_change() -> None:
    """Addresses are whole, encoded, sorted and unique; the later date of two stands."""
    places = [Place("b/", OLD), Place("信&a/"), Place("", NEW), Place("b/", NEW)]
    root = etree.fromstring(sitemap("https://a.example", places).encode())

    assert [[child.text for child in entry] for entry in root] == [
        ["https://a.example/", "2017-01-02T03:04:00+00:00"],
        ["https://a.example/%E4%BF%A1&a/"],
        ["https://a.example/b/", "2017-01-02T03:04:00+00:00"],
    ]


def test_robots_are_told_where_the_sitemap_is() -> None:
    """Everything may be read, and the sitemap is named by its whole address."""
    assert robots("https://a.example/s") == "User-agent: *\nAllow: /\n\nSitemap: https://a.example/s/sitemap.xml\n"
