"""What is known against the pins of a lock file, as pip-audit reports it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """`found` are lines that name a vulnerability; `audited` counts the pins that the service knows."""

    audited: int
    found: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()


def pins_of(locks: Iterable[str]) -> str:
    """Return the pins of all locks, each once; without markers, so other platforms' pins are looked up too."""
    text = "\n".join(locks).replace("\\\n", " ")
    pins = {re.sub(r"\s*;.*?(?=\s+--hash=)", "", line).strip() for line in text.splitlines()}
    return "\n".join(sorted(pin for pin in pins if pin and not pin.startswith("#"))) + "\n"


def verdict_of(report: str) -> Verdict | None:
    """Read pip-audit's JSON; nothing if it is none, so that a failure never looks like a pass."""
    try:
        pins = json.loads(report)["dependencies"]
        known = [pin for pin in pins if "vulns" in pin]
        return Verdict(
            audited=len(known),
            found=tuple(_line(pin, vulnerability) for pin in known for vulnerability in pin["vulns"]),
            skipped=tuple(str(pin["name"]) for pin in pins if "vulns" not in pin),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _line(pin: dict[str, object], vulnerability: dict[str, object]) -> str:
    fixed = vulnerability.get("fix_versions")
    mended = (
        f"mended in {', '.join(map(str, fixed))}" if isinstance(fixed, list) and fixed else "no version mends it yet"
    )
    return f"{pin['name']} {pin['version']}: {vulnerability['id']}; {mended}"
