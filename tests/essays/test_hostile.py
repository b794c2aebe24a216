"""Texts that cost their reader time, or leave something behind, cost nobody else anything."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable

import pytest

from plugins.essays.budget import at_most
from plugins.essays.limits import TooSlow
from plugins.essays.model import Reading
from plugins.essays.unclosed import unclosed
from tests.conftest import Site


HEAD = "---\ntitle: {}\ndate: 2016-12-20\n---\n"
SOUND = ["- a\n\n    b\n- c\n", "a\n:   b\n\n    c\n", "> q\n>\n> - x\n", "a[^1]\n\n[^1]: x\n\n    y\n"]
TOO_DEEP = ["\n".join(f"{'    ' * depth}- x" for depth in range(300)), "a\n: b\n" * 10_000, "- " * 2000 + "a"]
Read = Callable[..., Reading]
Build = Callable[..., Site]


@pytest.mark.parametrize("text", TOO_DEEP, ids=range(3))
def test_a_text_that_cannot_be_read_leaves_nothing_behind(read_text: Read, text: str) -> None:
    """What is read after it comes out as it would without it."""
    before = [read_text(HEAD.format("A") + sound).html for sound in SOUND]
    assert [problem.code for problem in read_text(HEAD.format("B") + text).problems] == ["essay-unreadable"]
    assert [read_text(HEAD.format("A") + sound).html for sound in SOUND] == before


def test_a_text_that_takes_too_long(build_site: Build) -> None:
    """It is named and passed over, and the others are built as ever."""
    sound = {f"content/essays/{number}.md": HEAD.format(number) + text for number, text in enumerate(SOUND)}
    before = build_site(sound).files()
    hostile = HEAD.format("A") + "*a" * 400_000
    site = build_site({"content/essays/!slow.md": hostile}, essay_timeout=1)
    message = "to read it takes more than 1 s (ESSAY_TIMEOUT); divide the text, or raise the limit"
    assert site.problems == [f"content/essays/!slow.md:1: essay-unreadable: {message}"]
    names = [name for name in before if name.startswith("essays/")]
    assert {name: site.files()[name] for name in names} == {name: before[name] for name in names}


def test_a_limit_ends() -> None:
    """It ends what takes longer, even if that catches the exception the first time, and nothing that comes later."""
    with pytest.raises(TooSlow), at_most(0.05):
        spend_stubbornly()
    with at_most(0.05):
        pass
    spend(0.2)


def spend_stubbornly() -> None:
    with contextlib.suppress(TooSlow):
        spend(10)
    spend(10)


def spend(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_many_brackets_that_are_closed(read_text: Read) -> None:
    """A book of ten thousand paragraphs with a link each is no bomb."""
    reading = read_text(HEAD.format("A") + "[a](/b) (c) <b>d</b> {e}\n\n" * 10_000)
    assert reading.problems == ()


@pytest.mark.parametrize("part", ["<a b='", "<!--", "<title>", '<a b="<"c', "</a '", "<a ="])
def test_looking_for_what_is_unclosed_takes_no_time(part: str) -> None:
    """The time grows with the text, and not with its square."""
    began = time.process_time()
    list(unclosed(part * 200_000))
    assert time.process_time() - began < 5
