from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plugins.shared.lines import lines_of, lines_of_address, mask_code


@pytest.mark.parametrize(
    ("needle", "source", "lines"),
    [
        ("[@a, p. 2]", "one\ntwo [@a, p. 2]\n", (2,)),
        ("[@a]", "[@a]\n\n> words\n> more [@a]\n", (1, 4)),
        ("[two words]", "x\n> a [two\n> words] b\n", (2,)),
        ("[@a]", "`[@a]`\n\n```\n[@a]\n```\n[@a]\n", (6,)),
        ("[@a]", "~~~~ text\n[@a]\n~~~~\n\n``x ` [@a]`` [@a]", (5,)),
        ("[a \x02klzzwxh:0000\x03 b]", "x\n[a `code` b]\n", (2,)),
        ("\x02klzzwxh:0000\x03 b]", "x\n\ny\n[a `code` b]\n", (4,)),
        ("[a \x02klzzwxh:0000\x03 b \x02klzzwxh:0001\x03]", "x\n[a *and b* b\n> [c](d)]\n", (2,)),
        ("[gone]", "x\n", (1,)),
        ("", "x\n", (1,)),
    ],
)
def test_a_construct_is_found_where_it_stands_outside_code(needle: str, source: str, lines: tuple[int, ...]) -> None:
    """White space, quotation marks of a block and stashed parts do not hide a construct; code does."""
    assert lines_of(needle, source) == lines


TEXTS = st.text(st.sampled_from("aab> \n"), max_size=30)


@given(TEXTS, TEXTS)
@example("a a", "a\na\na")
@example("> a", "b > a\n>> a")
def test_words_are_found_as_by_a_pattern(needle: str, source: str) -> None:
    """Words are found one by one where a regular expression for all of them would find them."""
    pattern = r"[\s>]+".join(re.split(r"[\s>]+", needle.strip()))
    found = re.finditer(pattern, source) if pattern else ()
    lines = sorted({source[: match.start()].count("\n") + 1 for match in found})

    assert lines_of(needle, source) == (tuple(lines) or (1,))


def test_many_stashed_parts_cost_little() -> None:
    """A construct with many links that is nowhere is sought in time that grows with the text, not with their places."""
    needle = "[the " + "\x02klzzwxh:0000\x03 and the " * 12 + "end]"

    assert lines_of(needle, "[the word and the link [x](u) and the other\nthe line and the words\n" * 200) == (1,)


def test_masking_keeps_lines_and_columns() -> None:
    """A masked source has the same shape as the source."""
    source = "a `b`\n```\nc\n```\nd"

    masked = mask_code(source)

    assert [len(line) for line in masked.split("\n")] == [len(line) for line in source.split("\n")]
    assert "b" not in masked
    assert "c" not in masked


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("[a](/x/)", (1,)),
        ('/x/ in words\n\n[a](/x/ "title")', (3,)),
        ("[a](/x/y/) [b](https://h.example/x/)\n\n[c]\n\n[c]: </x/>", (5,)),
        ("`[a](/x/)`\n\n<a href='/x/'>a</a> [b](/x/)", (3,)),
        ("[a](/x/)\n[b](/x/)", (1, 2)),
        ("<img srcset='/y/ 1x,\n/x/ 2x'>", (2,)),
        ("nowhere", (1,)),
    ],
)
def test_lines_of_an_address(source: str, lines: tuple[int, ...]) -> None:
    """An address is found where it is a link, not where it is part of a longer one, or code."""
    assert lines_of_address("/x/", source) == lines
