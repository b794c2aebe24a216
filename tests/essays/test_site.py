"""What can only be said of essays among others: whole builds."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


PLUGINS = ["plugins.essays"]
Build = Callable[..., Any]


def essay(title: str, text: str = "Text", date: str = "2016-12-20", **keys: str) -> str:
    lines = {"title": title, "date": date, **keys}
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in lines.items()) + f"---\n{text}\n"


@pytest.fixture
def build(build_site: Build, tmp_path: Path) -> Build:
    """Return `build(files, **settings) -> Site`, with a theme that prints what it is given."""
    article = "{{ article.title }}|{{ article.plain_title }}|{{ article.standfirst }}|{{ article.summary }}|" + (
        "{{ article.plain_summary }}|{{ article.category }}|{{ article.tags|join(',') }}|{{ article.content|safe }}"
    )
    templates = {
        "themes/t/templates/article.html": article,
        "themes/t/templates/page.html": "{{ page.title }}|{{ page.content|safe }}",
        "themes/t/templates/tag.html": "{{ tag }}",
        "themes/t/templates/author.html": "{{ author }}",
        "themes/t/static/x.css": "",
    }
    theme = {"theme": str(tmp_path / "themes/t"), "direct_templates": [], "plugins": PLUGINS, "feed_all_atom": None}

    def run(files: dict[str, str | bytes], **settings: Any) -> Any:
        return build_site({**templates, **files}, **{**theme, **settings})

    return run


def test_an_essay_reaches_its_template(build: Build) -> None:
    """Templates get typeset titles, a standfirst, and links to sources resolved in text and summary."""
    site = build(
        {
            "content/essays/2016-12-20-a.md": essay(
                '"A" & B',
                "See [b]({filename}b.md).",
                summary="'*Why* [b]({filename}/essays/b.md)'",
                tags="[China, <b>]",
            ),
            "content/essays/b.md": essay("B"),
            "content/pages/about.md": "Title: About\n\n![x]({static}/images/x.png)\n",
            "content/images/x.png": b"x",
        }
    )
    assert site.problems == []
    assert site.read("essays/a/index.html").split("|") == [
        '<span class="dquo">&#8220;</span>A&#8221; <span class="amp">&amp;</span>&nbsp;B',
        "&#34;A&#34; &amp; B",
        '<em>Why</em> <a href="/essays/b/">b</a>',
        '<em>Why</em> <a href="/essays/b/">b</a>',
        "Why b",
        "Essays",
        "China,&lt;b&gt;",
        '<p>See <a href="/essays/b/">b</a>.</p>',
    ]
    assert '<img alt="x" src="/images/x.png">' in site.read("about/index.html")


def test_faults_among_essays(build: Build) -> None:
    """Each is one line at the later source, and costs only the essay that has it."""
    site = build(
        {
            "content/essays/a.md": essay("A", tags="[Privacy]", slug="same"),
            "content/essays/b.md": essay("B", slug="Same"),
            "content/essays/c.md": essay("C", tags="[privacy]"),
            "content/essays/d.md": essay("D", tags="[One, 🙂]"),
            "content/essays/e.md": essay("E", image="{src: images/no.png, alt: F}"),
            "content/essays/f.md": essay("F", slug="same", lang="fr"),
            "content/essays/g.md": essay("G", slug="same", status="draft"),
            "content/essays/h.md": essay("H", save_as="x/y.html"),
            "content/essays/i.md": essay("I", save_as="x/Y.html"),
        }
    )
    assert site.exit_code == 1
    assert site.problems == [
        'content/essays/b.md:4: slug-duplicate: the slug "Same" is taken by "content/essays/a.md"; '
        "give one of them another, or another lang",
        'content/essays/c.md:4: tag-spelling: the tag "privacy" has the address of "Privacy" in '
        '"content/essays/a.md"; write both alike [warning]',
        'content/essays/d.md:4: tag-slug: no address can be made of the tag "🙂"; use letters or digits',
        'content/essays/e.md:4: image-missing: no image "images/no.png"; name a file of content/, '
        'such as "images/map.png"',
        'content/essays/i.md:4: address-duplicate: the address "x/Y.html" is taken by "content/essays/h.md"; '
        "give one of them another, or another lang",
    ]
    pages = {name for name in site.files() if name.endswith(".html") and not name.startswith(("tags", "authors"))}
    assert pages == {
        "essays/same/index.html", "essays/c/index.html", "essays/same/fr/index.html", "drafts/same/index.html",
        "x/y.html",
    }  # fmt: skip


def test_links_that_lead_nowhere(build: Build) -> None:
    """A link by source is checked once, in its line, and its page goes out without it."""
    text = (
        "[a]({filename}bb.md) [b]({filename}b.md#x)\n\n[c]({static}/images/y.png)\n\n[d]({filename}draft.md)\n\n"
        "[e]({filename}bad.md)\n\n[f]({filname}b.md)\n\n`[g]({filename}none.md)` [h]({filename}/images/x%201.png)\n"
    )
    site = build(
        {
            "content/essays/a.md": essay("A", text),
            "content/essays/b.md": essay("B"),
            "content/essays/draft.md": essay("D", status="draft"),
            "content/essays/bad.md": essay("D", status="daft"),
            "content/images/x 1.png": b"x",
        }
    )
    assert site.problems == [
        'content/essays/a.md:5: link-missing: no source "bb.md"; did you mean "/essays/b.md"?',
        'content/essays/a.md:7: link-missing: no source "/images/y.png"; did you mean "/images/x 1.png"?',
        'content/essays/a.md:9: link-draft: "draft.md" is a draft; publish it, or take the link out [warning]',
        'content/essays/a.md:11: link-unpublished: "bad.md" is not published; see its own problem or date',
        'content/essays/a.md:13: link-unknown: no kind of link "{filname}"; did you mean "filename"?',
        'content/essays/bad.md:4: status-unknown: no status "daft"; did you mean "draft"?',
    ]
    html = site.read("essays/a/index.html")
    assert "<a >a</a>" in html or "<a>a</a>" in html
    assert 'href="/essays/b/#x"' in html
    assert 'href="/images/x 1.png"' in html or 'href="/images/x%201.png"' in html


def test_files_that_are_no_essays(build: Build, tmp_path: Path) -> None:
    """A pipe, a link out of the site, an unreadable or a huge file is a problem, not a hang."""
    folder = tmp_path / "content" / "essays"
    folder.mkdir(parents=True)
    os.mkfifo(folder / "pipe.md")
    (tmp_path / "secret.md").write_text(essay("Secret"))
    (folder / "link.md").symlink_to(tmp_path / "secret.md")
    (folder / "gone.md").symlink_to(folder / "nowhere.md")
    site = build(
        {"content/essays/big.md": essay("A", "a" * 3000), "content/essays/b.md": essay("B")}, essay_max_bytes=2000
    )
    assert site.problems == [
        "content/essays/big.md:1: source-size: 3,038 bytes are more than the 2,000 of ESSAY_MAX_BYTES; split the text",
        "content/essays/gone.md:1: source-unreadable: this file cannot be read: no such file or directory; "
        "mend it or take it away",
        'content/essays/link.md:1: source-outside: this is a link out of "content/"; put the file itself here',
        "content/essays/pipe.md:1: source-special: this is no plain file; take it away",
    ]
    assert "essays/b/index.html" in site.files()


def test_an_essay_waits_for_its_day(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """An essay of a later day is in no file of the output, not even as a source; ESSAY_FUTURE shows it."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1482192000")  # 2016-12-20, 00:00 UTC
    files = {
        "content/essays/today.md": essay("Today", date="2016-12-20T18:00:00"),
        "content/essays/later.md": essay("Later", "Embargoed", date="2016-12-21"),
        "content/essays/east.md": essay("East", date="2016-12-21T01:00:00+08:00"),
        "content/essays/bad.md": essay("Bad", "Embargoed", status="daft"),
    }
    site = build(files, static_paths=["essays", "images"])
    assert all(b"Embargoed" not in data for data in site.files().values())
    assert {"essays/today/index.html", "essays/east/index.html"} <= set(site.files())
    assert "essays/later/index.html" in build(files, essay_future=True).files()


def test_settings_are_checked(build: Build) -> None:
    """A misspelt or mistyped setting is a problem; keys of the site's own reach the article."""
    files = {"content/essays/a.md": essay("A", mood="grey"), "themes/t/templates/article.html": "{{ article.mood }}"}
    site = build(files, essay_extra_keys=["mood"], essay_typogrfy=False, essay_max_bytes="1")
    assert site.problems == [
        'pelicanconf.py:1: setting-type: ESSAY_MAX_BYTES must be int, not str ("1")',
        'pelicanconf.py:1: setting-unknown: no setting "ESSAY_TYPOGRFY"; did you mean "ESSAY_TYPOGRIFY"?',
    ]
    assert site.read("essays/a/index.html") == "grey"
