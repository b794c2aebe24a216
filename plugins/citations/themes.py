"""What a theme shows of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path


_BODY = re.compile(r"\.body\b")


def shows_body(folders: Iterable[Path]) -> bool:
    """Tell whether a theme's pages show a text's `body`, so that its `content` is for feeds alone.

    A theme that does not know it may well show the content of several texts on one page.
    """
    files = (path for folder in folders for path in sorted(folder.rglob("*.html")))
    return any(_BODY.search(path.read_text(encoding="utf-8", errors="replace")) for path in files)
