"""Essays in order: those of a series by part or date, all others by date."""

from __future__ import annotations

from datetime import UTC, datetime

from plugins.series import order
from plugins.series.model import Link, Member


def member(slug: str, day: int, series: str = "maps", part: int = 0) -> Member:
    link = Link(f"essays/{slug}/", slug, "en")
    return Member(link, datetime(2020, 1, day, tzinfo=UTC), f"content/essays/{slug}.md", series, series.title(), part)


def slugs(members: list[Member]) -> list[str]:
    return [each.link.title for each in members]


def test_parts_come_before_dates() -> None:
    """A series is in the order of its parts; without them, in that of its dates; what says no part comes last."""
    dated = [member("c", 3), member("a", 1), member("b", 2)]
    numbered = [member("x", 1), member("two", 2, part=2), member("one", 3, part=1)]
    assert slugs(order.by_series(dated)["maps"]) == ["a", "b", "c"]
    assert slugs(order.by_series(numbered)["maps"]) == ["one", "two", "x"]


def test_essays_of_one_moment_are_in_the_order_of_their_sources() -> None:
    """The order depends on no chance."""
    assert slugs(order.by_date([member("b", 1), member("a", 1)])) == ["a", "b"]


def test_a_part_that_is_not_published_leaves_its_number() -> None:
    """Part 3 is part 3 of 3 while part 2 is a draft, and the part before it is part 1."""
    essays = order.by_series([member("one", 1, part=1), member("three", 2, part=3)])["maps"]
    first, last = order.places(order.summary("series/maps/", essays), essays)
    assert (first.number, first.total, first.previous, first.next) == (1, 3, None, essays[1].link)
    assert (last.number, last.total, last.previous, last.next) == (3, 3, essays[0].link, None)


def test_a_series_says_its_years() -> None:
    """A series is named by its first essay, and spans the years of all."""
    late = Member(Link("e/", "e", "en"), datetime(2022, 1, 1, tzinfo=UTC), "e.md", "maps", "MAPS")
    found = order.summary("series/maps/", [member("a", 1), late])
    assert (found.name, found.count, found.first_year, found.last_year) == ("Maps", 2, 2020, 2022)


def test_parts_given_twice_and_to_some() -> None:
    """Two essays cannot be one part, and where one essay is a part by number the others are."""
    essays = order.by_series([member("a", 1, part=1), member("b", 2, part=1), member("c", 3)])["maps"]
    assert [(fault.path, fault.message.split("; ")[0]) for fault in order.faults(essays)] == [
        ("content/essays/b.md", 'part 1 of "Maps" is "content/essays/a.md" as well'),
        ("content/essays/c.md", 'this essay of "Maps" says no part, and others do'),
    ]
    assert list(order.faults(order.by_series([member("a", 1), member("b", 2)])["maps"])) == []
