"""Pull quotes in a site that plain Pelican builds with its own theme."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from pathlib import Path

import feedparser
import pytest


ROOT = Path(__file__).resolve().parents[2]
CONFIGURATION = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from plugins.shared.problems import Problems
PROBLEMS = Problems()
PLUGINS = ["plugins.pullquotes"]
SITENAME, SITEURL, TIMEZONE, DEFAULT_LANG = "Plain", "https://plain.example", "UTC", "en"
PATH, OUTPUT_PATH, THEME, THEME_TEMPLATES_OVERRIDES = "content", "output", "simple", ["templates"]
FEED_ALL_ATOM, TYPOGRIFY = "feeds/atom.xml", True
ARTICLE_PATHS = ["essays"]
"""
TEMPLATE = """{% extends "!simple/article.html" %}{% block content %}{{ super() }}
{% for quote in article.pull_quotes %}<q>{{ quote }}</q>{% endfor %}{% endblock %}
"""
ESSAY = """Title: Sums
Date: 2016-12-20
Summary: Weights [decide]{.pull}.

A sum has
[weights, "and" *who* [sets](https://a.example) them or <b>others</b>]{.pull text="weights, \\"and\\" … others"}.

See [the next]({filename}b.md) of [them]{.pull side=end}.
"""
OTHER = "Title: None\nDate: 2016-12-21\n\nNothing is marked.\n"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("plain")
    files = {
        "pelicanconf.py": CONFIGURATION,
        "templates/article.html": TEMPLATE,
        "content/essays/a.md": ESSAY,
        "content/essays/b.md": OTHER,
        "content/essays/c.md": "Title: Draft\nDate: 2016-12-22\nStatus: draft\n\n[Draft words]{.pull}\n",
        "content/pages/p.md": "Title: Page\n\n[Page words]{.pull}\n",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pelican", "-s", "pelicanconf.py", "--fatal", "errors"]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    return root / "output"


def test_any_theme_prints_pull_quotes(output: Path) -> None:
    """One line in a template prints each pull quote of an essay, escaped and set like the essay."""
    page = (output / "sums.html").read_text(encoding="utf-8")

    assert re.findall("<q>(.*?)</q>", page) == ["weights, “and” … <b>others</b>", "them"]


def test_any_theme_has_the_text_once(output: Path) -> None:
    """The text that every theme prints has anchors, no markers and no copies."""
    page = (output / "sums.html").read_text(encoding="utf-8")

    assert 'of <span class="pulled" id="pull-2">them</span>' in html.unescape(page).replace("\u00a0", " ")
    assert page.count("sets") == 1
    assert "data-pull" not in page
    assert "<aside" not in page


def test_links_of_pelican_are_resolved_beside_a_mark(output: Path) -> None:
    """A link by file name is resolved in a text that holds marks."""
    assert 'href="https://plain.example/none.html"' in (output / "sums.html").read_text(encoding="utf-8")


def test_an_essay_without_marks_has_none(output: Path) -> None:
    """Every essay has `pull_quotes`, even where there are none."""
    assert "<q>" not in (output / "none.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["drafts/draft.html", "pages/page.html"])
def test_drafts_and_pages_have_their_marks_resolved(output: Path, name: str) -> None:
    """Marks work in every kind of text."""
    assert 'class="pulled" id="pull-1"' in (output / name).read_text(encoding="utf-8")


def test_the_feed_says_each_word_once(output: Path) -> None:
    """No copy, no marker and no mark's options reach the feed."""
    entry = next(entry for entry in feedparser.parse(output / "feeds/atom.xml").entries if entry.title == "Sums")
    content = entry.content[0].value

    assert content.count("sets") == 1
    assert content.count("others") == 1
    assert "aside" not in content
    assert "data-pull" not in (output / "feeds/atom.xml").read_text(encoding="utf-8")


def test_a_summary_has_the_words_and_nothing_of_the_mark(output: Path) -> None:
    """A mark in a summary is its words."""
    index = (output / "index.html").read_text(encoding="utf-8")

    assert "Weights decide." in html.unescape(re.sub("<[^>]*>", "", index)).replace("\u00a0", " ")
    assert "data-pull" not in index
