"""Links as settings give them: a list of pairs, each of a name and an address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def items(value: Any) -> Sequence[Any]:
    """Return the items of a list; what is none is looked at as its only item."""
    return value if isinstance(value, list | tuple) else [value]


def is_pair(item: Any) -> bool:
    """Tell whether an item is a name and an address, both texts."""
    return isinstance(item, list | tuple) and [type(part) for part in item] == [str, str]
