"""A whole build: what comes out of a small site."""

from __future__ import annotations

from collections.abc import Callable

from tests.conftest import Site


SETTINGS = {"theme": "simple", "plugins": [], "direct_templates": ["archives"]}
ESSAY = "Title: A\nDate: 2024-01-01\n\nSome *words*.\n"


def test_sound_site(build_site: Callable[..., Site]) -> None:
    """A sound site is built without a problem, and says what it wrote."""
    site = build_site({"content/essays/a.md": ESSAY}, **SETTINGS)
    assert (site.exit_code, site.problems) == (0, [])
    assert "<em>words</em>" in site.read("essays/a/index.html")
