"""Pull quotes where the other plugins are: front matter, citations, typography, the theme."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any


HEADER = """---
title: Sums
date: 2016-12-20
references:
- {id: plan, type: book, title: The Plan, author: [{family: Li}], issued: 2014}
---
"""
ESSAY = f"""{HEADER}
[A sum has "weights" -- and *rates* [@plan, p. 3]]{{.pull side=end text='A sum has "weights" -- … *rates*'}} here.

> [allow the trustworthy to roam]{{.pull cite=@plan}} [@plan]

A note.[^n]

[^n]: [Noted words]{{.pull}}.
"""
FAULTY = f"""{HEADER}
A sum has
[weights, and
rates]{{.pull text="weights … rate"}} here.

> Words [of a source]{{.pull}}

See [this]{{.pull cite=@plam}} and *that*{{.pull}}.
"""


def test_an_essay_has_sidebars_with_their_credit(build_site: Callable[..., Any]) -> None:
    """Copies are typeset like the essay, hold no note marks, and stand in the page only."""
    site = build_site({"content/essays/a.md": ESSAY})
    page, feed = site.read("essays/a/index.html"), site.read("feeds/atom.xml")
    asides = re.findall(r'<aside class="pull-quote"[^>]*data-side="(\w+)"[^>]*>(.*?)</aside>', page)

    assert site.problems == []
    assert [side for side, _ in asides] == ["end", "start", "start"]
    assert asides[0][1].replace("\u00a0", " ") == "<p>A sum has “weights” — … <em>rates</em></p>"
    assert re.fullmatch(r"<p>allow the trustworthy to roam</p><footer>Li, .*The Plan.*</footer>", asides[1][1])
    assert asides[2][1] == "<p>Noted words</p>"
    assert [page.count(f'id="pull-{number}"') for number in (1, 2, 3)] == [1, 1, 1]
    assert feed.count("roam") == 1
    assert "pull-quote" not in feed
    assert "data-pull=" not in page + feed


def test_faults_of_words_and_credits_name_their_lines(build_site: Callable[..., Any]) -> None:
    """What can only be said of the finished words has the line of the mark, too."""
    site = build_site({"content/essays/a.md": FAULTY.replace(" and *that*{.pull}", "")})

    assert [line.split(": ")[:2] for line in site.problems] == [
        ["content/essays/a.md:9", "pull-text"],
        ["content/essays/a.md:12", "pull-cite-missing"],
        ["content/essays/a.md:14", "pull-cite"],
    ]
    assert 'did you mean "plan"?' in site.problems[2]
    assert site.exit_code == 1


def test_a_fault_of_syntax_keeps_an_essay_back(build_site: Callable[..., Any]) -> None:
    """A mark that cannot be read is an error of the essay, which is not published; its other faults are named too."""
    site = build_site({"content/essays/a.md": FAULTY})

    assert [line.split(": ")[:2] for line in site.problems] == [
        ["content/essays/a.md:9", "pull-text"],
        ["content/essays/a.md:12", "pull-cite-missing"],
        ["content/essays/a.md:14", "pull-cite"],
        ["content/essays/a.md:14", "pull-misplaced"],
    ]
    assert "essays/a/index.html" not in site.files()
