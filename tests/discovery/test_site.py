"""Feeds, sitemap and metadata of a whole site."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import feedparser
import pytest
from lxml import etree, html


SITE = "https://site.example/sub"
ESSAY = """---
title: "Sums & “scores”"
date: 2016-12-20
modified: 2017-02-03
authors: [Ann Author, Bo Both]
tags: [scores]
summary: What *weights* decide, [elsewhere](/sub/essays/a/#end).
image: {src: images/a.svg, alt: Two scores}
---
## End

A sum has [weights]{.pull}. A note.[^n] See [the next]({filename}b.md), [a part](#end), [a folder](../../) and a bell.

![A picture]({static}/images/a.svg)

[^n]: The note.
"""
FILES = {
    "content/essays/a.md": ESSAY,
    "content/essays/b.md": "---\ntitle: 天下\ndate: 2016-12-21\nslug: 天下\nauthors: [Ann Author]\n---\nNo marks.\n",
    "content/essays/c.md": "---\ntitle: Draft\ndate: 2016-12-22\nstatus: draft\n---\nDraft.\n",
    "content/essays/d.md": "---\ntitle: Hidden\ndate: 2016-12-23\nstatus: hidden\n---\nHidden.\n",
    "content/pages/about.md": "---\ntitle: About\n---\nAbout.\n",
    "content/images/a.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
}


@pytest.fixture
def site(build_site: Callable[..., Any]) -> Any:
    return build_site(FILES, siteurl=SITE)


def test_a_site_can_be_found(site: Any) -> None:
    """The feed is whole and says each word once; the maps name what is published; pages describe themselves."""
    assert site.problems == []
    _the_feed_is_sound(site)
    _the_texts_lead_to_the_pages(site)
    _the_maps_name_what_is_published(site)
    _the_pages_describe_themselves(site)


def _the_feed_is_sound(site: Any) -> None:
    feed = feedparser.parse(site.read("feeds/atom.xml"))
    entries = {entry.title.replace("\u00a0", " "): entry for entry in feed.entries}

    assert not feed.bozo
    assert list(entries) == ["天下", "Sums & “scores”"]
    assert feed.feed.updated == "2017-02-03T00:00:00+00:00"
    assert feed.feed.language == "en"
    assert {link["rel"]: link["href"] for link in feed.feed.links} == {
        "alternate": f"{SITE}/",
        "self": f"{SITE}/feeds/atom.xml",
    }
    essay = entries["Sums & “scores”"]
    assert essay.author == "Ann Author, Bo Both"
    assert (essay.published, essay.updated) == ("2016-12-20T00:00:00+00:00", "2017-02-03T00:00:00+00:00")
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)


def _the_texts_lead_to_the_pages(site: Any) -> None:
    feed = etree.fromstring(site.read("feeds/atom.xml").encode())
    texts = feed.xpath("//*[local-name()='content' or local-name()='summary']/text()")
    addresses = re.findall(r'(?:href|src)="([^"]*)"', "".join(texts))
    own = next(text for text in texts if "A sum has" in text)
    ids = re.findall(r'\bid="([^"]*)"', own)

    assert len(addresses) > 5
    assert all(re.match("https://", address) for address in addresses)
    assert f"{SITE}/images/a.svg" in addresses
    assert any(address.endswith("#end") and "/essays/a/" in address for address in addresses)
    assert own.count("weights") == 1
    assert "aside" not in own
    assert len(ids) == len(set(ids))


def test_a_fragment_in_a_standfirst_leads_to_its_essay(build_site: Callable[..., Any]) -> None:
    """A feed makes it absolute, in the summary as in the text; on the site's lists it is a fault of its author's."""
    essay = ESSAY.replace("(/sub/essays/a/#end)", "(#end)")
    site = build_site({**FILES, "content/essays/a.md": essay}, siteurl=SITE)
    feed = etree.fromstring(site.read("feeds/atom.xml").encode())
    (summary,) = feed.xpath("//*[local-name()='summary' and contains(., 'elsewhere')]/text()")
    (content,) = feed.xpath("//*[local-name()='content' and contains(., 'A sum has')]/text()")

    assert f'<a href="{SITE}/essays/a/#end">elsewhere</a>' in summary
    assert f'<a href="{SITE}/essays/a/#end">a part</a>' in content
    assert {line.partition(" leads nowhere from ")[0] for line in site.problems} == {
        'content/essays/a.md:7: fragment-missing: "#end"'
    }


def _the_maps_name_what_is_published(site: Any) -> None:
    sitemap = etree.fromstring(site.read("sitemap.xml").encode())
    entries = {entry[0].text.removeprefix(f"{SITE}/"): [child.text for child in entry[1:]] for entry in sitemap}
    written = {name.removesuffix("index.html") for name in site.files() if name.endswith("index.html")}
    unlisted = {"essays/d/", "drafts/c/"}

    assert {unquote(address) for address in entries} == written - unlisted
    assert unlisted < written
    assert entries["essays/a/"] == ["2017-02-03T00:00:00+00:00"]
    assert entries["authors/ann-author/"] == entries[""] == ["2017-02-03T00:00:00+00:00"]
    assert entries["about/"] == []
    assert "essays/%E5%A4%A9%E4%B8%8B/" in entries
    assert f"Sitemap: {SITE}/sitemap.xml" in site.read("robots.txt")


def _the_pages_describe_themselves(site: Any) -> None:
    name = next(name for name in site.files() if name.startswith("essays/a/") and name.endswith(".html"))
    metadata = html.fromstring(site.read(name)).xpath("//meta[@property or starts-with(@name, 'DC.')]")
    found = {meta.get("property") or meta.get("name"): meta.get("content") for meta in metadata}

    assert found["og:title"] == found["DC.title"] == "Sums & “scores”"
    assert found["og:url"] == f"{SITE}/{name.removesuffix('index.html')}"
    assert found["og:image"] == f"{SITE}/images/a.svg"
    assert found["DC.description"].startswith("What weights decide")


def test_a_site_needs_a_whole_address(build_site: Callable[..., Any]) -> None:
    """Without one, its feed and its sitemap would lead nowhere."""
    site = build_site({"content/pages/about.md": FILES["content/pages/about.md"]}, siteurl="/sub")

    assert site.exit_code == 1
    message = 'SITEURL is "/sub"; feeds and the sitemap need a whole address, such as "https://example.org"'
    assert f"pelicanconf.py:{site.line_of('SITEURL')}: siteurl-relative: {message}" in site.problems
    assert "sitemap.xml" not in site.files()


def test_a_site_without_essays_has_a_feed_without_a_clock(build_site: Callable[..., Any]) -> None:
    """An empty feed says the same whenever it is made. A robots.txt of the site's own stands."""
    site = build_site({"content/extra/robots.txt": "User-agent: *\nDisallow: /\n"}, siteurl=SITE)

    assert feedparser.parse(site.read("feeds/atom.xml")).feed.updated.startswith("1970")
    assert "Disallow: /" in site.read("robots.txt")
