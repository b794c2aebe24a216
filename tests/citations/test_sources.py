"""Real sources in four styles, from Markdown to the page. The items are those of data/sources.yaml."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from markdown import Markdown

from plugins.citations import styles
from plugins.citations.engine import Engine
from plugins.citations.library import load
from plugins.citations.model import Item
from plugins.citations.resolve import resolve
from plugins.citations.settings import CitationSettings
from plugins.citations.syntax import CitationSyntax
from tests.fixtures import Case, read_fixture_file


HERE = Path(__file__).parent
FILES = sorted((HERE / "sources").glob("*.md"))
CASES = [pytest.param(path.stem, case, id=f"{path.stem}: {case}") for path in FILES for case in read_fixture_file(path)]


@cache
def sources() -> Mapping[str, Item]:
    library = load([("sources.yaml", (HERE / "data" / "sources.yaml").read_bytes())], lambda text: [])
    assert library.problems == []
    return library.items


@pytest.mark.parametrize(("style", "case"), CASES)
def test_source(engine: Engine, style: str, case: Case) -> None:
    """A source is cited and listed as the manual of the style has it."""
    assert printed(engine, style, case.given) == case.expected


def printed(engine: Engine, style: str, text: str) -> str:
    """Return the text, the notes with their numbers, and the entries after a "=", with italics as <i>."""
    done = resolve(
        Markdown(extensions=[CitationSyntax()]).convert(text),
        items=sources(),
        style=styles.find(style, Path()),
        locale="en-US",
        format_job=engine.format,
        settings=CitationSettings(),
    )
    body = re.sub(r'<sup class="note-mark".*?</sup>', lambda mark: f"[{words(mark[0])}]", done.body)
    parts = re.split(r"</?(?:p|aside)\b[^>]*>", body)
    return "".join(f"{line}\n" for part in parts if (line := words(part))) + "".join(
        f"= {words(work.html)}\n" for work in done.works
    )


def words(markup: str) -> str:
    kept = re.sub(r"<(/?)em>", r"<\1i>", markup)
    return " ".join(html.unescape(re.sub(r"</?(?!i>)[a-z][^>]*>", "", kept)).split())
