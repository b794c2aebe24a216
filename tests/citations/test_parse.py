"""Reading the inside of a group in brackets."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.citations import labels
from plugins.citations.locators import locate
from plugins.citations.model import CitationItem, Fault, Located
from plugins.citations.parse import parse_group
from tests.fixtures import Case, read_fixture_file


CASES = read_fixture_file(Path(__file__).parent / "parse.md")


def written(item: CitationItem) -> str:
    """Return an item on a line: key, then what is not the default."""
    parts, located = [item.id], locate(item.rest)
    if located.locator is not None:
        parts.append(f"{located.label} {located.locator}".rstrip())
    if item.prefix:
        parts.append(f"before “{item.prefix}”")
    if located.suffix:
        parts.append(f"after “{located.suffix}”")
    if item.mode != "normal":
        parts.append(item.mode)
    return " | ".join(parts) + "\n"


def read(text: str) -> str:
    group = parse_group(text)
    if group is None:
        return "no citation\n"
    return f"fault: {group.message}\n" if isinstance(group, Fault) else "".join(map(written, group))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_group(case: Case) -> None:
    """A group is read as the Pandoc manual has it."""
    assert read(case.given.removesuffix("\n")) == case.expected


@pytest.mark.parametrize(("label", "word"), [(label, word) for label, words in labels.WORDS.items() for word in words])
def test_every_label(label: str, word: str) -> None:
    """Every English word and abbreviation for a locator is known, with a value as digits."""
    expected = Located("7 there", label) if label == "sub-verbo" else Located("7", label, " there")
    assert locate(f", {word} 7 there") == expected
