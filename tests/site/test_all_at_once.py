from __future__ import annotations

from collections.abc import Callable

from tests.conftest import Site


PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")
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


def test_links_of_a_spoilt_essay(build_site: Callable[..., Site]) -> None:
    """They are followed although it has no page: to pages, places, pictures; what it alone would publish is there."""
    links = (
        "[a](/gone/)",
        "[b](../bb/)",
        "[b](/essays/b/#nope) [b]({filename}b.md#part)",
        "![x](/images/gone.png)",
        "![x](/images/map.gif) [p]({static}beside.pdf) [f](/images/only.txt)",
        "[here](#nobody-knows) [me](/essays/spoilt/#nor-this)",
    )
    spoilt = "---\ntitle: A\ndate: 2020-01-01\nstaus: draft\n---\n" + "\n\n".join(links)
    files = {
        "content/essays/spoilt.md": spoilt,
        "content/essays/b.md": "---\ntitle: B\ndate: 2020-01-01\n---\n## Part\n",
        "content/essays/beside.pdf": "words",
        "content/images/only.txt": "words",
        "content/images/map.gif": PIXEL,
    }
    site = build_site(files)

    assert [": ".join(line.split(":", 1)[1].split(": ")[:2]) for line in site.problems] == [
        "4: key-unknown",
        "6: link-broken",
        "8: link-broken",
        "10: fragment-missing",
        "12: image-missing",
    ]
    assert (
        build_site({**files, "content/essays/spoilt.md": spoilt.replace("staus: draft\n", "")})
        .problems[-1]
        .startswith("content/essays/spoilt.md:15: fragment-missing")
    )
