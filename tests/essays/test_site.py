"""What can only be said of essays among others: whole builds."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plugins.shared.sources import Unreadable, read_bytes
from tests.conftest import run_pelican


PLUGINS = ["plugins.essays"]
Build = Callable[..., Any]


def essay(title: str, text: str = "Text", date: str = "2016-12-20", **keys: str) -> str:
    lines = {"title": title, "date": date, **keys}
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in lines.items()) + f"---\n{text}\n"


@pytest.fixture
def build(build_site: Build, tmp_path: Path) -> Build:
    """Return `build(files, **settings) -> Site`, with a theme that prints what it is given."""
    values = "title plain_title standfirst summary plain_summary category".split()
    article = "|".join(f"{{{{ article.{name} or '' }}}}" for name in values)
    article += "|{{ article.tags|join(',') }}|{{ article.content|safe }}"
    templates = {
        "themes/t/templates/article.html": article,
        "themes/t/templates/page.html": "{{ page.title }}|{{ page.content|safe }}",
        "themes/t/templates/tag.html": "{{ tag }}",
        "themes/t/templates/author.html": "{{ author }}",
        "themes/t/static/x.css": "",
    }
    no_lists = {"direct_templates": [], "year_archive_save_as": "", "feed_all_atom": None}
    theme = {"theme": str(tmp_path / "themes/t"), "plugins": PLUGINS, **no_lists}

    def run(files: dict[str, str | bytes], **settings: Any) -> Any:
        return build_site({**templates, **files}, **{**theme, **settings})

    return run


def test_an_essay_reaches_its_template(build: Build) -> None:
    """Templates get typeset titles, a standfirst, and links to sources resolved in text and summary."""
    site = build(
        {
            "content/essays/2016-12-20-a.md": essay(
                "'\"A\" & B'",
                "See [b]({filename}b.md).",
                summary="'*Why* [b]({filename}/essays/b.md)'",
                tags="[China, C<D]",
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
        "China,C&lt;D",
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
        (
            'content/essays/b.md:4: slug-duplicate: the slug "Same" is taken by "content/essays/a.md"; '
            "give one of them another, or another lang"
        ),
        (
            'content/essays/c.md:4: tag-spelling: the tag "privacy" has the address of "Privacy" in '
            '"content/essays/a.md"; write both alike [warning]'
        ),
        'content/essays/d.md:4: tag-slug: no address can be made of the tag "🙂"; use letters or digits',
        (
            'content/essays/e.md:4: image-missing: no image "images/no.png"; name a file of content/, '
            'such as "images/map.png"'
        ),
        (
            'content/essays/i.md:4: address-duplicate: the address "x/Y.html" is taken by "content/essays/h.md"; '
            "give one of them another, or another lang"
        ),
    ]
    pages = {name for name in site.files() if name.endswith(".html") and not name.startswith(("tags", "authors"))}
    assert pages == {
        "essays/same/index.html", "essays/c/index.html", "essays/same/fr/index.html", "drafts/same/index.html",
        "x/y.html",
    }  # fmt: skip


def test_links_that_lead_nowhere(build: Build) -> None:
    """A link by source is checked once, in its line, and its page goes out without it."""
    text = (
        "[a]({filename}nonexistent.md) [b]({filename}b.md#x)\n\n[c]({static}/images/y.png)\n\n"
        "[d]({filename}draft.md)\n\n"
        "[e]({filename}bad.md)\n\n[f]({filname}b.md)\n\n`[g]({filename}none.md)` [h]({filename}/images/x%201.png)\n"
    )
    site = build(
        {
            "content/essays/a.md": essay("A", text),
            "content/essays/b.md": essay("B", "## X"),
            "content/essays/draft.md": essay("D", status="draft"),
            "content/essays/bad.md": essay("D", status="daft"),
            "content/images/x 1.png": b"x",
        }
    )
    assert site.problems == [
        (
            'content/essays/a.md:5: link-missing: no source "nonexistent.md"; '
            "name a file of content/, from its root with a leading slash"
        ),
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


def test_files_that_are_no_essays(tmp_path: Path) -> None:
    """A pipe, a link out of the site, a file that cannot be read or is huge is refused before it is opened."""
    content = tmp_path / "content"
    content.mkdir()
    os.mkfifo(content / "pipe.md")
    (tmp_path / "secret.md").write_text("secret")
    (content / "link.md").symlink_to(tmp_path / "secret.md")
    (content / "big.md").write_text("a" * 3000)
    refused = {}
    for name in ("pipe.md", "link.md", "big.md", "none.md"):
        with pytest.raises(Unreadable) as caught:
            read_bytes(content / name, content, 2000, "ESSAY_MAX_BYTES; split the text")
        refused[name] = (caught.value.code, str(caught.value))
    assert refused == {
        "pipe.md": ("source-special", "this is no plain file; take it away"),
        "link.md": ("source-outside", 'this is a link out of "content/"; put the file itself here'),
        "big.md": ("source-size", "3,000 bytes are more than the 2,000 of ESSAY_MAX_BYTES; split the text"),
        "none.md": (
            "source-unreadable",
            "this file cannot be read: no such file or directory; mend it or take it away",
        ),
    }


def test_a_huge_file_spoils_no_other(build: Build) -> None:
    """A fault of reading is a problem of its file."""
    site = build(
        {"content/essays/a.md": essay("A", "a" * 3000), "content/essays/b.md": essay("B")}, essay_max_bytes=2000
    )
    assert [problem.partition(" 3,")[0] for problem in site.problems] == ["content/essays/a.md:1: source-size:"]
    assert "essays/b/index.html" in site.files()


def test_an_essay_waits_for_its_day(build: Build) -> None:
    """An essay of a later day is in no file of the output, not even as a source; ESSAY_FUTURE shows it."""
    files = {
        "content/essays/past.md": essay("Past"),
        "content/essays/later.md": essay("Later", "Embargoed", date="2999-12-21"),
        "content/essays/bad.md": essay("Bad", "Embargoed", status="daft"),
    }
    site = build(files, static_paths=["essays", "images"])
    assert "essays/past/index.html" in site.files()
    assert all(b"Embargoed" not in data for data in site.files().values())
    assert "essays/later/index.html" in build(files, essay_future=True).files()


def test_the_day_is_that_of_the_site(build: Build) -> None:
    """SOURCE_DATE_EPOCH is the moment of the build, and a day begins in the site's time zone."""
    site = build(
        {
            "content/essays/today.md": essay("Today", date="2016-12-20T18:00:00"),
            "content/essays/later.md": essay("Later", date="2016-12-21"),
            "content/essays/east.md": essay("East", date="2016-12-21T01:00:00+08:00"),
        }
    )
    midnight = run_pelican(site.root, environment={"SOURCE_DATE_EPOCH": "1482192000"})
    pages = {name for name in midnight.files() if name.startswith("essays/")}
    assert pages == {"essays/today/index.html", "essays/east/index.html"}


def test_settings_are_checked(build: Build) -> None:
    """A misspelt or mistyped setting is a problem; keys of the site's own reach the article."""
    files = {"content/essays/a.md": essay("A", mood="grey"), "themes/t/templates/article.html": "{{ article.mood }}"}
    site = build(files, essay_extra_keys=["mood"], essay_typogrfy=False, essay_max_bytes="1")
    misspelt, mistyped = site.line_of("ESSAY_TYPOGRFY"), site.line_of("ESSAY_MAX_BYTES")
    suggestion = 'no setting "ESSAY_TYPOGRFY"; did you mean "ESSAY_TYPOGRIFY"?'
    assert site.problems == [
        f"pelicanconf.py:{misspelt}: setting-unknown: {suggestion}",
        f'pelicanconf.py:{mistyped}: setting-type: ESSAY_MAX_BYTES must be a number, not str ("1")',
    ]
    assert site.read("essays/a/index.html") == "grey"


def test_texts_that_are_not_read(build_site: Build) -> None:
    """What looks like an essay and is no Markdown is named, and not a word of it is published, read or run."""
    rst = "T\n=\n:date: 2020-01-01\n\n.. raw:: html\n\n   <script>x</script>\n\n.. include:: ../../secret.txt\n"
    html = (
        "<html><head><title>T</title><meta name=date content=2020-01-01></head><body><script>x</script></body></html>"
    )
    site = build_site(
        {
            "secret.txt": "zqsecret",
            "content/essays/a.md": "---\ntitle: A\ndate: 2020-01-01\n---\nSee [the notes]({static}notes.txt).\n",
            "content/essays/b.rst": rst,
            "content/essays/c.html": html,
            "content/essays/d.MD": "---\ntitle: D\ndate: 2020-01-01\n---\nWords.\n",
            "content/essays/notes.txt": "taken along",
            "content/pages/e.docx": "PK",
        }
    )
    assert [line.split("; ")[0] for line in site.problems] == [
        "content/essays/b.rst:1: source-unread: this is not read, as essays and pages are Markdown",
        "content/essays/c.html:1: source-unread: this is not read, as essays and pages are Markdown",
        'content/essays/d.MD:1: source-unread: this is not read, as it ends in ".MD"',
        "content/pages/e.docx:1: source-unread: this is not read, as essays and pages are Markdown",
    ]
    assert not [name for name, data in site.files().items() if b"zqsecret" in data or b"<script>x" in data]
    assert "essays/notes.txt" in site.files()


def test_trusted_texts_read_no_files(build_site: Build) -> None:
    """A site that trusts HTML may have texts of other kinds; one that takes in a file of the machine is refused."""
    rst = "{}\n=\n:date: 2020-01-01\n\nWords.\n"
    files = {
        "secret.txt": "zqsecret",
        "content/essays/a.rst": rst.format("A"),
        "content/essays/b.rst": rst.format("B") + "\n.. include:: ../../secret.txt\n",
    }
    site = build_site(files, essay_trusted_html=True)
    assert "Words." in site.read("essays/a/index.html")
    assert [line.split(": ")[0] for line in site.problems] == ["content/essays/b.rst:1"]
    assert '"include" directive disabled' in site.problems[0]
    assert not [name for name, data in site.files().items() if b"zqsecret" in data]
