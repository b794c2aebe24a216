"""Finding citations in Markdown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown import Markdown

from plugins.citations.syntax import CitationSyntax
from plugins.citations.written import citation_of
from plugins.shared.html import parse
from tests.citations.test_parse import written
from tests.fixtures import Case, read_fixture_file


# One that holds no other element; brackets behind a key in the sentence may be a citation of their own.
_MARKER = re.compile(
    r'<span class="citation"( data-apparatus="")? data-citation="[^"]*">((?:(?!</?span[ >]).)*'
    r"(?:<span>(?:(?!</?span[ >]).)*</span>)?)</span>",
    re.S,
)


def convert(text: str) -> str:
    """Return the HTML with each marker as ⟦its items⟧, and a line for each problem.

    A key in the sentence is ⟦its items ‹what it stays if it is a handle›⟧.
    """
    md = Markdown(extensions=["extra", "toc", CitationSyntax()])
    md.problems = []  # type: ignore[attr-defined]
    html = md.convert(text)
    while (shorter := _MARKER.sub(_shown, html)) != html:
        html = shorter
    problems = [f"{code}: {message} ({needle})" for needle, code, message, _ in md.problems]  # type: ignore[attr-defined]
    return "\n".join([html, *problems]) + "\n"


def _shown(match: re.Match[str]) -> str:
    citation = citation_of(parse(match[0])[0])
    assert citation is not None
    items = "; ".join(written(item).strip() for item in citation)
    stays = re.sub("</?span>", "", match[2])
    return f"⟦{items}⟧" if match[1] else f"⟦{items} ‹{stays}›⟧"


@pytest.mark.parametrize("case", read_fixture_file(Path(__file__).parent / "syntax.md"), ids=str)
def test_markdown(case: Case) -> None:
    """A citation is found where Markdown has running text, and nowhere else."""
    assert convert(case.given) == case.expected


def test_headings_keep_their_address() -> None:
    """A citation in a heading is neither in its id nor in the table of contents."""
    md = Markdown(extensions=["toc", CitationSyntax()])
    html = md.convert("[TOC]\n\n## Roads [@a, p. 3]\n")
    assert 'id="roads"' in html
    assert '<a href="#roads">Roads</a>' in html


def test_long_brackets_are_quick() -> None:
    """Many open brackets cost little."""
    assert "[" in Markdown(extensions=[CitationSyntax()]).convert("[@a " * 1_000)
