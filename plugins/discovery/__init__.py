"""How a site is found: its feeds, its sitemap, and what a page says about itself to machines.

Feeds are Pelican's (`FEED_ALL_ATOM` and its kin). Their entries hold the whole text with absolute addresses;
an address inside the text leads to the page. `sitemap.xml` names every page that readers should find, and
`robots.txt` names the sitemap, unless the site has a `robots.txt` of its own.

Every article and page has `page_metadata`, a tuple of `(attribute, name, content)` for `<meta>` elements:
OpenGraph and Dublin Core. `DC.type` names what Zotero is to make of an essay; of `citation_…` names it would make an
article of a journal.

All of it needs `SITEURL` to be a whole address, such as `https://example.org`.
"""

from __future__ import annotations


BY_TEXT = True  # each text is resolved by itself, and notes what it rests on (docs/design/house.md)


def register() -> None:
    from plugins.discovery import plugin
    from plugins.discovery.search import plugin as search

    plugin.register()
    search.register()
