"""How far a long step has come, told to whoever shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


#: The key of Pelican's settings under which the press keeps what counts: a function of the number of all things.
SETTING = "_count"


def counter_of(settings: Mapping[str, Any]) -> Callable[[int], None]:
    """Return what is to be called for each thing that is done, with the number of all."""
    return settings.get(SETTING) or (lambda _: None)
