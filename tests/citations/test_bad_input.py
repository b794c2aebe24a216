"""Citations that are wrong, and far too many of them: a line each, and soon."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from markdown import Markdown

from plugins.citations.engine import Engine
from plugins.citations.syntax import MOST, CitationSyntax
from tests.citations.test_resolve import CHICAGO, resolved
from tests.citations.test_site import BIBLIOGRAPHY, HEAD, SETTINGS
from tests.conftest import Site


MALFORMED = [
    ("[@roe; 2020]", '"2020" names no item; each part between semicolons needs its "@key"'),
    ("[@roe;]", 'nothing stands between two semicolons, or after the last; write "[@one; @two]"'),
    ("[@roe; ; @roe]", 'nothing stands between two semicolons, or after the last; write "[@one; @two]"'),
    ("[@roe and @roe]", '"@roe" is the second key between two semicolons; put ";" before it'),
    ("[@roe, p. 3", 'no "]" closes "[@roe,"'),
    ("[see also @roe, p. 3", 'no "]" closes "[see also @roe"'),
    ("[@roe; [@roe]", 'no "]" closes "[@roe;"'),
    ("[@{roe]", 'no "}" closes "@{"; write "@{key}"'),
    ("[@{}]", '"@{}" names no item; write its key between the braces'),
    ("[@roe{p. 3]", 'no "}" closes the locator; write "{p. 3}"'),
    ("[@roe{p. 3; @roe]", 'no "}" closes the locator; write "{p. 3}"'),
    ("[@@roe]", '"@@roe" has an @ too many; write "[@roe]"'),
    ("As @{roe says.", 'no "}" closes "@{"; write "@{key}"'),
    ("As @{} says.", '"@{}" names no item; write its key between the braces'),
    ("As @roe [p. 3 says.", 'no "]" closes "[p. 3 says."'),
    ("As @roe [p. 3; Smith] says.", '"Smith" names no item; each part between semicolons needs its "@key"'),
    ("[see @roe[^n]]", "a note cannot stand inside a citation; put it behind the bracket"),
]


def test_malformed(build_site: Callable[..., Site]) -> None:
    """What is wrong with a citation is one line, with the line it stands in and what would be right."""
    essays = {
        f"content/essays/{number:02}.md": f"Slug: e{number}\n{HEAD}One.\n\n{written}\n\nA note[^n].\n\n[^n]: N.\n"
        for number, (written, _) in enumerate(MALFORMED)
    }
    site = build_site({"content/bibliography.json": BIBLIOGRAPHY, **essays}, **SETTINGS)
    expected = [f"{path}:8: citation-syntax: {message}" for path, (_, message) in zip(essays, MALFORMED, strict=True)]
    assert site.problems == expected


@pytest.mark.parametrize(("written", "message"), MALFORMED, ids=[written for written, _ in MALFORMED])
def test_stays_as_written(engine: Engine, written: str, message: str) -> None:
    """A page with a malformed citation can be shown, and loses no words."""
    html = Markdown(extensions=["extra", CitationSyntax()]).convert(f"One {written} two.\n\n[^n]: N.")
    assert "two." in resolved(html, engine).body


MANY: dict[str, Callable[[int], str]] = {
    "in brackets": lambda n: "Words [see @roe, p. 3; @poe]. " * n,
    "in the sentence": lambda n: "As @roe [p. 3] says. " * n,
    "in one pair of brackets": lambda n: "Words [@roe" + "; @poe" * n + "].",
    "handles": lambda n: "Words @nobody [p. 3]. " * n,
    "open brackets": lambda n: "[@roe, p. 3 " * (n // 2),
    "brackets in each other": lambda n: "[" * n + "@roe" + "]" * n,
    "open braces": lambda n: "[@roe{" * n,
    "open keys": lambda n: "As @{" * n,
    "places": lambda n: "[@roe, " + "p. 3, " * (5 * n) + "]",
    "a long key": lambda n: "[@" + "a" * (50 * n) + "]",
    "open quotation marks": lambda n: '[@roe "' + '"x' * n + "]",
    "open emphasis": lambda n: "[@roe " + "*x" * (5 * n) + "]",
    "dollars": lambda n: "$x " * n + "[@roe] " * (n // 5),
    "open tags": lambda n: "<a " * n + "[@roe] " * (n // 5),
}


@pytest.mark.parametrize("name", MANY)
def test_many(engine: Engine, name: str) -> None:
    """A thousand citations in a paragraph, and what only looks like them, take some ten times as long as a hundred.

    Twenty-five times is allowed, and what Markdown itself takes. On an idle machine each is done in two seconds.
    """
    few, many = (cost(engine, MANY[name](number)) for number in (100, 1_000))
    assert many < 25 * max(few, 0.02)


@pytest.mark.parametrize("one", ["[@roe] ", "@roe "])
def test_far_too_many(one: str) -> None:
    """Of more citations than can be resolved in a few seconds the text is told once; the next text begins anew."""
    md = Markdown(extensions=["extra", CitationSyntax()])
    md.problems = problems = []  # type: ignore[attr-defined]

    for count in (MOST, MOST + 2):
        md.reset().convert(one * count)
        assert len(problems) == (count > MOST)
    assert problems[0][1:3] == ("citation-syntax", "more than 5,000 citations are in one text; divide it")


def cost(engine: Engine, text: str) -> float:
    """Return the seconds that citations add to a text."""
    html = Markdown(extensions=["extra", CitationSyntax()]).convert(text)
    plain = seconds(lambda: Markdown(extensions=["extra"]).convert(text))
    ours = seconds(lambda: Markdown(extensions=["extra", CitationSyntax()]).convert(text))
    return ours - plain + seconds(lambda: resolved(html, engine, CHICAGO))


def seconds(make: Callable[[], object]) -> float:
    """Return the seconds that something takes, at best."""
    times = []
    for _ in range(2):
        start = time.perf_counter()
        make()
        times.append(time.perf_counter() - start)
    return min(times)
