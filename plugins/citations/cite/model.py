"""What the parts of the command hand to each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


class Refused(Exception):  # noqa: N818 -- it is a message to whoever gave the command, no error of the program
    """What was asked for cannot be done; the message says why, and what can."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask the network for. `most` is how many bytes an answer may have."""

    url: str
    accept: str
    most: int = 2_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What the network said: the address that answered in the end, the bytes, the media type and the charset."""

    url: str
    data: bytes
    kind: str = ""
    charset: str = ""


class NotFoundError(Exception):
    """The service does not know what it was asked for."""


#: Asks the network. Raises `Refused` if nobody answers, `NotFoundError` if there is no such thing.
Fetch = Callable[[Request], Answer]
