"""The file of the output that is served at an old address, and what stands in it."""

from __future__ import annotations

from markupsafe import Markup

from plugins.redirects.model import Target


_FILES = (".html", ".htm")
_PAGE = Markup("""<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="robots" content="noindex">
<link rel="canonical" href="{canonical}">
<meta http-equiv="refresh" content="0; url={address}">
</head>
<body>
<p><a href="{address}">{title}</a></p>
</body>
</html>
""")


def file_of(alias: str) -> str:
    """Return the file for an alias, an address from the site's root."""
    return alias if alias.lower().endswith(_FILES) else f"{alias.rstrip('/')}/index.html".lstrip("/")


def page(target: Target) -> str:
    """Return a page that leads to another, for a theme that has none of its own."""
    title = Markup(target.title).striptags()  # noqa: S704 -- as plain text
    return str(_PAGE.format(lang=target.lang, title=title, canonical=target.canonical, address=target.address))
