"""What is made of each work once, however many pages cite it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from plugins.citations.model import Item


Value = TypeVar("Value")


class Once(Generic[Value]):
    """What `make` makes of works; of more than `most` it forgets all and begins anew."""

    def __init__(self, make: Callable[[Item], Value], most: int | None = None) -> None:
        self._make, self._most = make, most
        # By identity, with the item, so that no other can get its number.
        self._known: dict[int, tuple[Item, Value]] = {}

    def __call__(self, item: Item) -> Value:
        if id(item) not in self._known:
            if self._most is not None and len(self._known) >= self._most:
                self._known.clear()
            self._known[id(item)] = item, self._make(item)
        return self._known[id(item)][1]
