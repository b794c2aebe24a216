"""From bytes to text: UTF-8, line feeds, no control characters."""

from __future__ import annotations

import re

from plugins.essays.faults import Faults


# What no XML document may hold, what Python-Markdown uses for its own marks, and what shows words in another order than
# they are in: scripts that run from the right need no such character.
CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e\ufffe\uffff]")
# A byte order mark in the middle of a text is what joining two files leaves; nobody can see it.
_MARK = "\ufeff"
_NEWLINES = re.compile("\r\n?")


def decode(data: bytes, faults: Faults) -> str | None:
    """Return the text of a source with line feeds and without byte order mark, or None if it is none."""
    if _is_wide(data):
        faults.add(1, "text-encoding", "the file is UTF-16 or UTF-32; save it as UTF-8")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = len(re.findall(rb"\r\n?|\n", error.object[: error.start])) + 1
        bad = error.object[error.start]
        faults.add(line, "text-encoding", f"byte 0x{bad:02x} is not UTF-8; save the file as UTF-8")
        return None
    text = _NEWLINES.sub("\n", text)
    if control := (CONTROL.search(text) or re.search(_MARK, text)):
        line = text.count("\n", 0, control.start()) + 1
        what = "byte order mark inside the text:" if control[0] == _MARK else "control character"
        faults.add(line, "text-control", f"{what} U+{ord(control[0]):04X}; delete it")
        return None
    return text


def _is_wide(data: bytes) -> bool:
    """Tell whether letters take more than a byte each: every other byte is then nought."""
    return data.startswith((b"\xff\xfe", b"\xfe\xff")) or data.count(0) > len(data) // 3
