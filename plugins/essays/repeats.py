"""Find notes that are written twice: Markdown would print the last, and say nothing."""

from __future__ import annotations

import re
from collections import Counter

from plugins.essays.faults import Faults
from plugins.shared.lines import mask_code


_NOTE = re.compile(r"^ {0,3}\[\^([^\]\n]+)\]:", re.M)


def check(source: str, faults: Faults) -> None:
    if max(Counter(_NOTE.findall(source)).values(), default=0) <= 1:
        return
    seen: set[str] = set()
    for found in _NOTE.finditer(mask_code(source)):
        if found[1] in seen:
            line = source.count("\n", 0, found.start(1)) + 1
            faults.add(line, "note-duplicate", f'the note "[^{found[1]}]" is written before this line; keep one')
        seen.add(found[1])
