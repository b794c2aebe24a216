"""Old addresses of a whole site."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from tests.cache.sites import build, like_clean
from tests.conftest import write_site
from tests.nursery import Nursery


SITE = "https://a.example/p"
FILES = {
    "content/essays/a.md": "---\ntitle: A\ndate: 2020-01-01\naliases: [/old/a/, 2019/a.html, caf%C3%A9]\n---\nHi.\n",
    "content/essays/b.md": "---\ntitle: B\ndate: 2020-01-02\n---\n[An old link](/p/old/a/) leads on.\n",
    "content/essays/c.md": "---\ntitle: C\ndate: 2020-01-03\nstatus: draft\naliases: secret/\n---\nDraft.\n",
    "content/pages/about.md": "---\ntitle: About\naliases: contact.html\n---\nUs.\n",
}


@pytest.mark.parametrize("theme", [None, "simple"])
def test_old_addresses_lead_to_new_ones(build_site: Callable[..., Any], theme: str | None) -> None:
    """Each alias of what is published has a page that leads on, is in no sitemap, and asks not to be indexed."""
    more = {"theme": theme, "direct_templates": ["index"]} if theme else {}
    site = build_site(FILES, siteurl=SITE, **more)
    for name in ("old/a/index.html", "2019/a.html", "café/index.html"):
        page = html.document_fromstring(site.read(name))
        assert page.find(".//meta[@http-equiv='refresh']").get("content") == "0; url=/p/essays/a/"
        assert page.find(".//link[@rel='canonical']").get("href") == f"{SITE}/essays/a/"
        assert page.find(".//meta[@name='robots']").get("content") == "noindex"
        assert page.find(".//body//a").get("href") == "/p/essays/a/"

    assert "/p/about/" in site.read("contact.html")
    assert not any(name.startswith("secret") for name in site.files())
    assert "old/a" not in site.read("sitemap.xml")
    assert [line for line in site.problems if "alias" in line or "old/a" in line] == []


def test_an_alias_takes_no_address(build_site: Callable[..., Any]) -> None:
    """One that is another page's, or another's alias, or the home page's, is named by its line, and the page stands."""
    files = {
        **FILES,
        "content/essays/d.md": "---\ntitle: D\ndate: 2020-01-04\naliases:\n  - essays/b/\n  - old/a\n  - /\n---\nD.\n",
    }
    site = build_site(files, siteurl=SITE)

    assert [line.split("; ")[0].partition(": address-duplicate: ")[::2] for line in site.problems] == [
        ("content/essays/a.md:4", '"old/a/index.html" is also the address of "aliases" in "content/essays/d.md"'),
        ("content/essays/d.md:4", '"essays/b/index.html" is also the address of "content/essays/b.md"'),
        ("content/essays/d.md:4", '"index.html" is also the address of the template "index.html"'),
    ]
    assert "leads on" in site.read("essays/b/index.html")
    assert "/p/essays/d/" in site.read("old/a/index.html")


@pytest.mark.parametrize(
    ("alias", "said"),
    [
        ("../../etc/passwd", "may lead out of the output"),
        ("%2e%2e/x/", "may lead out of the output"),
        ("https://old.example/a", "does not start at the root"),
        ("//old.example/a", "does not start at the root"),
        (".git/config", "begins with a dot"),
        ("old/?p=12", 'holds "?"'),
    ],
)
def test_an_alias_is_contained(build_site: Callable[..., Any], alias: str, said: str) -> None:
    """An alias is an address inside the output."""
    site = build_site({**FILES, "content/essays/a.md": FILES["content/essays/a.md"].replace("/old/a/", f'"{alias}"')})

    assert site.problems[0].startswith("content/essays/a.md:4: address-outside: aliases:")
    assert said in site.problems[0]


def test_edits_come_to_the_same_as_a_clean_build(tmp_path: Path, nursery: Nursery) -> None:
    """Words leave redirects alone; a title, a slug and an alias reach them; an alias that goes takes its page."""
    root = tmp_path / "site"
    root.mkdir()
    write_site(root, FILES, {"SITEURL": SITE})
    build(nursery, root)
    source = root / "content/essays/a.md"
    for old, new in (("Hi.", "More."), ("title: A", "title: AA"), ("/old/a/, ", ""), ("date: ", "slug: z\ndate: ")):
        source.write_text(source.read_text().replace(old, new))
        before = (root / "output/2019/a.html").stat().st_mtime_ns
        site = like_clean(nursery, root)
        assert (before == (root / "output/2019/a.html").stat().st_mtime_ns) is (new in {"More.", ""})
    assert "old/a/index.html" not in site.files()
