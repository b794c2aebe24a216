"""A page at each old address of an essay or page, which leads to where it is now.

    aliases: [2016/12/heaven.html, old/heaven/]

An alias is an address from the site's root. One that ends in `.html` is that file; any other is a folder with an
`index.html`, which every host serves at the address with and without a slash.

A redirect names the new address as canonical, leads there at once, and shows a link for whoever is not led; search
engines are asked not to list it. It is in no list, feed or sitemap. The theme's `redirect.html` gets `target`, a
`Target`; a theme without it has a plain page.

Name this plugin after all others that write pages: an alias takes no address from a page.
"""

from __future__ import annotations


BY_TEXT = True  # what it does, it does in a generator (docs/design/house.md)


def register() -> None:
    from plugins.redirects import plugin

    plugin.register()
