"""The commands that a page of the documentation tells its readers to run."""

from __future__ import annotations

import re

from tests.clones import ROOT


def section(name: str, heading: str) -> str:
    text = (ROOT / name).read_text(encoding="utf-8")
    return text.split(f"\n## {heading}\n")[1].split("\n## ", maxsplit=1)[0]


def blocks(name: str, heading: str) -> list[str]:
    """Return the indented blocks below a heading, as they stand there."""
    found = re.findall(r"(?:^(?: {4}.*)?\n)+", section(name, heading) + "\n", re.M)
    return [re.sub(r"^ {4}", "", block, flags=re.M).strip("\n") for block in found if block.strip()]


def commands(name: str, heading: str) -> list[str]:
    """Return every line of them that is a command, a comment at its end left away."""
    lines = [line.strip() for block in blocks(name, heading) for line in block.splitlines()]
    return [line.split("  #")[0].strip() for line in lines if re.match(r"(git|make|cd|cp) ", line)]
