"""Find what stands twice where it may stand once: the text of a note, the id of an element."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from plugins.essays.faults import Faults
from plugins.shared.lines import lines_of, mask_code


_NOTE = re.compile(r"^ {0,3}\[\^([^\]\n]+)\]:", re.M)
_ID = re.compile(r"""<[a-z][^<>]*?\sid="([^"]+)\"""")


def check_notes(source: str, faults: Faults) -> None:
    """Report notes that are written twice: Markdown would print the last and say nothing."""
    names = [name for name, count in Counter(_NOTE.findall(source)).items() if count > 1]
    if not names:
        return
    seen: set[str] = set()
    for found in _NOTE.finditer(mask_code(source)):
        if found[1] in seen:
            line = source.count("\n", 0, found.start(1)) + 1
            faults.add(line, "note-duplicate", f'the note "[^{found[1]}]" is written before this line; keep one')
        seen.add(found[1])


def check_ids(html: str, source: str, faults: Faults) -> None:
    """Report ids that several elements of a text have, of which links find the first."""
    for name in _repeated(html):
        line = max((*lines_of(f"#{name}", source), *lines_of(f'id="{name}"', source)))
        faults.add(line, "id-duplicate", f'the id "{name}" is given twice; give one of the two another', "warning")


def _repeated(html: str) -> Iterator[str]:
    yield from (name for name, count in Counter(_ID.findall(html)).items() if count > 1)
