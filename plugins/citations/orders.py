"""Orders that all cores share: what any process can do, and what becomes of it in the process of the build."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from plugins.shared.crew import in_order


@dataclass(frozen=True, slots=True)
class Order:
    """What is done anywhere, changing nothing but what it returns, and who takes that here."""

    do: Callable[[], Any]
    take: Callable[[Any], None]


def carry_out(orders: Sequence[Order]) -> None:
    """Have orders carried out; what comes of them is taken one after another."""
    for order, result in zip(orders, in_order(lambda order: order.do(), orders), strict=True):
        order.take(result)
