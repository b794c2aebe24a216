"""Decide what a branch of a style asks, where what is known of a page decides it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from plugins.citations.lean.facts import Facts, Scope
from plugins.citations.lean.sheet import Node


_OF_VARIABLES = ("variable", "is-numeric", "is-uncertain-date")  # all false of a variable that is not there
_ASKED = frozenset((*_OF_VARIABLES, "disambiguate", "locator", "match", "position", "type"))
_ORDER = ("if", "else-if", "else")  # in which pandoc takes branches, wherever they stand
_POSITIONS = frozenset("first ibid ibid-with-locator near-note subsequent".split())


@dataclass(frozen=True, slots=True)
class Decided:
    """A branch for some works.

    `is_taken` is None where it depends, `asked` what is left of its conditions; `inside` and `behind` are scopes: of
    the works that take it, and of those that go on to the next.
    """

    is_taken: bool | None
    asked: Mapping[str, str]
    inside: Scope
    behind: Scope


def branches(choice: Node, facts: Facts, scope: Scope) -> Iterator[tuple[Node, Decided]]:
    """Yield the branches of a choice that may be taken, in their order, and how they are decided."""
    for branch in sorted(choice.children, key=_rank):
        decided = decide(branch, facts, scope)
        if decided.is_taken is not False:
            yield branch, decided
        scope = decided.behind
        if decided.is_taken or not scope.types:
            return


def _rank(branch: Node) -> int:
    return _ORDER.index(branch.tag)


def decide(branch: Node, facts: Facts, scope: Scope) -> Decided:
    """Decide a branch where it is read."""
    asked = branch.attributes
    if not _is_plain(asked):
        return Decided(None, asked, scope, scope)
    match = asked.get("match", "all")
    verdicts = [(name, word, _verdict(name, word, facts, scope)) for name, word in _conditions(asked)]
    is_taken = _together(match, [verdict for _, _, verdict in verdicts])
    left = [(name, word) for name, word, verdict in verdicts if verdict is None]
    if is_taken is not None:
        return Decided(is_taken, {}, scope, scope)
    inside, behind = (Scope(types, scope.is_cited) for types in _narrowed(match, left, scope.types))
    return Decided(None, _asked(asked, left, scope.types), inside, behind)


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


def _verdict(name: str, word: str, facts: Facts, scope: Scope) -> bool | None:
    if name == "type":
        named = frozenset(word.split())
        return True if scope.types <= named else False if scope.types.isdisjoint(named) else None
    if name == "locator":
        return None if facts.may_locate(scope) else False
    if name == "position":
        return None if scope.is_cited else False
    if name in _OF_VARIABLES and facts.lacks(word, scope):
        return False
    return True if name == "variable" and facts.has(word, scope) else None


def _together(match: str, verdicts: Iterable[bool | None]) -> bool | None:
    found = set(verdicts)
    if match == "all":
        return False if False in found else None if None in found else True
    any_is = True if True in found else None if None in found else False
    return any_is if match == "any" or any_is is None else not any_is


def _asked(asked: Mapping[str, str], left: Iterable[tuple[str, str]], types: frozenset[str]) -> dict[str, str]:
    left = list(left)
    is_plain = len(left) == 1 and asked.get("match") != "none"  # any one of one is all
    found = {"match": asked["match"]} if "match" in asked and not is_plain else {}
    for name, value in left:
        word = " ".join(kind for kind in value.split() if kind in types) if name == "type" else value
        found[name] = f"{found[name]} {word}" if name in found else word
    return found


def _narrowed(match: str, left: list[tuple[str, str]], types: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
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
