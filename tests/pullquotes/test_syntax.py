"""The syntax: what Markdown makes of marks, and what it says of those that are wrong."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from markdown import Markdown

from plugins.pullquotes.place import place
from plugins.pullquotes.quotes import collect
from plugins.shared import html, markers
from plugins.shared.lines import lines_of
from tests.fixtures import Case, read_fixture_file


HERE = Path(__file__).parent
EXTENSIONS = ("extra", "sane_lists", "toc", "plugins.pullquotes.syntax", "plugins.citations.syntax")
CREDITS = {"plan2014": "State Council, Planning Outline", "a&b": "<A> & “B”"}


def convert(text: str) -> tuple[str, list[tuple[str, str, str, str]]]:
    md: Any = Markdown(extensions=[], output_format="html")
    md.problems = []
    md.registerExtensions(EXTENSIONS, {})
    return md.convert(text), md.problems


def render(name: str, text: str) -> str:
    """Return what a fixture of this file expects, with a line feed at the end unless it is nothing."""
    shown = {"syntax.md": _markers, "faults.md": _faults, "pages.md": _page}[name](text)
    return f"{shown}\n" if shown else ""


def _markers(text: str) -> str:
    """Show the HTML with markers in the clear, and then the problems."""
    made, problems = convert(text)
    return "\n".join([re.sub('data-(pull|citation)="([^"]*)"', _in_the_clear, made), *_shown(problems, text)])


def _in_the_clear(match: re.Match[str]) -> str:
    if match[1] == "citation":
        return "data-citation"
    data = markers.decode(match[2])
    return "data-pull({})".format(", ".join(f"{k}: {data[k]}" for k in ("side", "text", "cite") if data[k]))


def _faults(text: str) -> str:
    """Show the problems of a whole essay, those of the syntax and those of the words."""
    made, problems = convert(text)
    _, faults = collect(html.parse(made), CREDITS)
    return "\n".join(_shown([*problems, *((f.needle, f.code, f.message, "error") for f in faults)], text))


def _shown(problems: list[tuple[str, str, str, str]], text: str) -> list[str]:
    return [f"{line}: {code}: {message}" for needle, code, message, _ in problems for line in lines_of(needle, text)]


def _page(text: str) -> str:
    """Show the essay's text as the theme gets it."""
    made, problems = convert(text)
    root = html.parse(made)
    collected, faults = collect(root, CREDITS)
    place(root, collected, asides=True)
    assert not problems, problems
    assert not faults, faults
    return html.serialise(root).strip()


def cases(name: str) -> Any:
    return pytest.mark.parametrize("case", read_fixture_file(HERE / name), ids=str)


@cases("syntax.md")
def test_marks_become_markers(case: Case) -> None:
    """A mark becomes a marker that holds its options; its words are still Markdown."""
    assert render("syntax.md", case.given) == case.expected


@cases("faults.md")
def test_each_fault_is_named_with_its_line(case: Case) -> None:
    """A mark that is wrong gives one problem, with its line and what would be right."""
    assert render("faults.md", case.given) == case.expected


@cases("pages.md")
def test_marks_become_sidebars(case: Case) -> None:
    """The words stay and get an anchor; a copy stands before the block that holds them."""
    assert render("pages.md", case.given) == case.expected


def test_a_mark_far_from_any_bracket_costs_little() -> None:
    """Thousands of faults in one paragraph are found without looking through it each time."""
    _, problems = convert("]{.pull} " * 2_000)

    assert {code for _, code, _, _ in problems} == {"pull-unclosed"}
