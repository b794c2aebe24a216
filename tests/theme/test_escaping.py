"""What an author says stays words: in every template, in whatever theme."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.theme.specimens import THEME


TEMPLATES = sorted((THEME / "templates").rglob("*.html"))
#: The values that the build made HTML of, and that templates print as such.
BUILT = {
    "(text.body if text.body is defined else text.content)",  # sanitised, then resolved by the plugins
    "work.html",  # a formatted entry, held to the allow list of citations
    "quote.html",  # a pull quote, made of the page's sanitised tree
}
EVIL = """<img src=x onerror=alert(1)>"'&"""


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_only_what_the_build_made_is_html(path: Any) -> None:
    """No template turns escaping off, and `|safe` follows nothing but the values listed here."""
    text = path.read_text(encoding="utf-8")
    trusted = re.findall(r"\{\{-?\s*((?:(?!\}\}).)*?)\s*\|\s*safe\b", text)

    assert "autoescape" not in text
    assert "Markup(" not in text
    assert set(trusted) <= BUILT
    assert len(trusted) == len(re.findall(r"\|\s*safe\b", text))


@pytest.mark.parametrize("environment", [{}, {"autoescape": False}], ids=["unset", "off"])
@pytest.mark.parametrize("theme", ["simple", str(THEME)], ids=["simple", "broadside"])
def test_escaping_is_on_in_any_theme(build_site: Callable[..., Any], theme: str, environment: dict[str, Any]) -> None:
    """Whatever the theme, and whatever a site's settings say, names and titles are escaped and the text is HTML."""
    quoted = EVIL.replace("'", "''")
    keys = "".join(f"{key}: 'A {quoted}'\n" for key in ("title", "author", "category", "tags"))
    site = build_site(
        {"content/essays/a.md": f"---\n{keys}date: 2016-12-20\n---\nSome *words*.\n"},
        theme=theme,
        jinja_environment=environment,
        sitename=EVIL,
    )
    pages = {name: data.decode() for name, data in site.files().items() if name.endswith(".html")}

    assert len(pages) > 4, site.problems
    assert {name for name, page in pages.items() if "<img" in page} == set()
    assert "<em>words</em>" in "".join(pages.values())
