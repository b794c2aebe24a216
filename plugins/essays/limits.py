"""Refuse text that Markdown would take minutes over."""

from __future__ import annotations

import re

from plugins.essays.model import Faults
from plugins.shared.lines import mask_code


# Python-Markdown looks for the end of each opening from each opening: the time grows with their square.
MAX_OPEN = 1000
_PARAGRAPH = re.compile(r"\S.*?(?=\n[ \t]*\n|\Z)", re.S)
_PAIRS = {"[": "]", "(": ")", "<": ">", "{": "}"}


def check_openings(source: str, faults: Faults) -> bool:
    """Report each paragraph with too many brackets left open; return whether there is none."""
    if all(source.count(opening) <= MAX_OPEN for opening in _PAIRS):
        return True
    sound = True
    for paragraph in _PARAGRAPH.finditer(mask_code(source)):
        for opening, closing in _PAIRS.items():
            if paragraph[0].count(opening) - paragraph[0].count(closing) > MAX_OPEN:
                line = source.count("\n", 0, paragraph.start()) + 1
                message = (
                    f'more than {MAX_OPEN:,} "{opening}" are left open in one paragraph; close them or put them in code'
                )
                faults.add(line, "text-brackets", message)
                sound = False
    return sound
