from __future__ import annotations

from collections.abc import Callable

from tests.conftest import Site


SPOILT = """---
title: Spoilt
date: May 2020
staus: draft
---
An unknown work [@nobody], a link [there]({filename}gone.md), an option [x]{.pull sid=end}.

[Some words here]{.pull text="other words"} and [words]{.pull cite=@noone} and a note.[^9]
"""


def test_every_fault_of_a_spoilt_essay_is_named(build_site: Callable[..., Site]) -> None:
    """An essay that cannot be published for its front matter has the faults of its text named in the same run."""
    site = build_site({"content/essays/spoilt.md": SPOILT})

    assert ["".join(line.split(":")[1:3]) for line in site.problems] == [
        "3 date-invalid",
        "4 key-unknown",
        "6 citation-unknown",
        "6 link-missing",
        "6 pull-option",
        "8 note-unknown",
        "8 pull-cite",
        "8 pull-text",
    ]
    assert "spoilt" not in " ".join(site.files())


def test_a_spoilt_essay_may_cite_its_own_works(build_site: Callable[..., Site]) -> None:
    """Works of the front matter are known, although another key of it is wrong."""
    own = "{id: own, type: book, title: Own, author: [{family: Li}], publisher: P, issued: 2016}"
    essay = f"---\ntitle: A\ndate: no\nreferences:\n- {own}\n---\nIt says so [@own].\n"

    site = build_site({"content/essays/a.md": essay})

    assert [line.split(": ")[1] for line in site.problems] == ["date-invalid"]
