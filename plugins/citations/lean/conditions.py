"""Decide what a branch of a style asks, where what is known of a page decides it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from plugins.citations.lean.facts import Facts, Types
from plugins.citations.lean.sheet import Node


_OF_VARIABLES = ("variable", "is-numeric", "is-uncertain-date")  # all false of a variable that is not there
_ASKED = frozenset((*_OF_VARIABLES, "disambiguate", "locator", "match", "position", "type"))
_POSITIONS = frozenset("first ibid ibid-with-locator near-note subsequent".split())


@dataclass(frozen=True, slots=True)
class Decided:
    """A branch for works of some types.

    `is_taken` is None where it depends, `asked` what is left of its conditions; `inside` and `behind` are the types
    of the works that take it, and of those that go on to the next.
    """

    is_taken: bool | None
    asked: Mapping[str, str]
    inside: Types
    behind: Types


def decide(branch: Node, facts: Facts, types: Types) -> Decided:
    """Decide a branch for works of some types."""
    asked = branch.attributes
    if not _is_plain(asked):
        return Decided(None, asked, types, types)
    match = asked.get("match", "all")
    verdicts = [(name, word, _verdict(name, word, facts, types)) for name, word in _conditions(asked)]
    is_taken = _together(match, [verdict for _, _, verdict in verdicts])
    left = [(name, word) for name, word, verdict in verdicts if verdict is None]
    if is_taken is not None:
        return Decided(is_taken, {}, types, types)
    return Decided(None, _asked(asked, left, types), *_narrowed(match, left, types))


def _is_plain(asked: Mapping[str, str]) -> bool:
    """Tell whether it is clear what a branch asks: attributes and values that pandoc does not know it passes over."""
    return (
        _ASKED.issuperset(asked)
        and asked.get("disambiguate", "true") == "true"
        and _POSITIONS.issuperset(asked.get("position", "").split())
        and asked.get("match", "all") in ("all", "any", "none")
    )


def _conditions(asked: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield name and value of each condition: the types that a branch names are one, of other names each word is."""
    for name, value in asked.items():
        if name in ("type", "disambiguate"):
            yield name, value
        elif name != "match":
            yield from ((name, word) for word in value.split())


def _verdict(name: str, word: str, facts: Facts, types: Types) -> bool | None:
    if name == "type":
        named = frozenset(word.split())
        return True if types <= named else False if types.isdisjoint(named) else None
    if name == "locator":
        return None if facts.has_locators else False
    if name in _OF_VARIABLES and facts.lacks(word, types):
        return False
    return True if name == "variable" and facts.has(word, types) else None


def _together(match: str, verdicts: Iterable[bool | None]) -> bool | None:
    found = set(verdicts)
    if match == "all":
        return False if False in found else None if None in found else True
    any_is = True if True in found else None if None in found else False
    return any_is if match == "any" or any_is is None else not any_is


def _asked(asked: Mapping[str, str], left: Iterable[tuple[str, str]], types: Types) -> dict[str, str]:
    found = {"match": asked["match"]} if "match" in asked else {}
    for name, value in left:
        word = " ".join(kind for kind in value.split() if kind in types) if name == "type" else value
        found[name] = f"{found[name]} {word}" if name in found else word
    return found


def _narrowed(match: str, left: list[tuple[str, str]], types: Types) -> tuple[Types, Types]:
    """Return the types of works that take a branch, and of those that do not. What is left is not decided."""
    named = next((frozenset(value.split()) for name, value in left if name == "type"), None)
    if named is None:
        return types, types
    is_alone = len(left) == 1
    these, others = types & named, types - named
    if match == "all":
        return these, others if is_alone else types
    if match == "any":
        return these if is_alone else types, others
    return others, these if is_alone else types
