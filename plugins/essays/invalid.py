"""What is wrong with a value, told by raising it: of several things in one value, all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar


Item = TypeVar("Item")
Value = TypeVar("Value")


class Invalid(Exception):  # noqa: N818 - it is a message to the author, no error of the program
    """What is wrong with a value, and `others` that are wrong with it as well."""

    def __init__(self, code: str, message: str, others: tuple[Invalid, ...] = ()) -> None:
        super().__init__(message)
        self.code, self.others = code, others


def all_of(items: Iterable[Item], check: Callable[[Item], Value]) -> list[Value]:
    """Return what a check makes of each item, or raise what is wrong with all of them."""
    found: list[Value] = []
    wrong: list[Invalid] = []
    for item in items:
        try:
            found.append(check(item))
        except Invalid as error:
            wrong += [error, *error.others]
    if wrong:
        raise Invalid(wrong[0].code, str(wrong[0]), tuple(wrong[1:]))
    return found
