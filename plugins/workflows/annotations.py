"""Problems as workflow commands of GitHub's: `::error file=…,line=…,title=…::message`.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator


_PROBLEM = re.compile(
    r"(?P<path>[^\s:].*?):(?P<line>[0-9]+): (?P<code>[a-z]+(?:-[a-z]+)+): (?P<message>.+?)(?P<warning> \[warning\])?"
)


def commands_of(lines: Iterable[str]) -> Iterator[str]:
    """Yield a command for each line that is a problem."""
    for line in lines:
        if found := _PROBLEM.fullmatch(line.rstrip("\r\n")):
            yield command(
                "warning" if found["warning"] else "error",
                found["message"],
                file=found["path"],
                line=found["line"],
                title=found["code"],
            )


def command(name: str, message: str, **properties: str) -> str:
    given = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {given}::{_data(message)}" if given else f"::{name}::{_data(message)}"


def quoted(lines: Iterable[str], token: str) -> Iterator[str]:
    """Yield lines between commands that keep GitHub from obeying them; `token` is not to be guessed."""
    yield f"::stop-commands::{token}"
    yield from lines
    yield f"::{token}::"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
