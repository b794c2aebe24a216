"""What a theme shows of a text, and how ids are told apart where it may show several texts on a page."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any


#: The key of Pelican's settings that says that ids end in the name of their text.
ENDED = "_ids_end"

_BODY = re.compile(r"\.body\b")
_KNOWN = "_shows_body"  # where the settings of a build hold the answer: many ask, and it is in a folder of files


def shows_body(settings: MutableMapping[str, Any]) -> bool:
    """Tell whether the theme's pages show a text's `body`, so that its `content` is for feeds alone.

    A theme that does not know it may well show the content of several texts on one page.
    """
    if _KNOWN not in settings:
        folders = (Path(settings["THEME"]) / "templates", *map(Path, settings["THEME_TEMPLATES_OVERRIDES"]))
        settings[_KNOWN] = any(_names_it(path) for folder in folders for path in sorted(folder.rglob("*.html")))
    return bool(settings[_KNOWN])


def end_of(content: Any, settings: MutableMapping[str, Any]) -> str:
    """Return what the ids of a text end in: nothing, or `.` and a name that no other text of the site has.

    Somebody has to see to it that they do: who does, says so in the settings, under `ENDED`.
    """
    if not settings.get(ENDED) or shows_body(settings):
        return ""
    if isinstance(known := getattr(content, "id_end", None), str):  # all that is known of a text that is not read
        return known
    is_own = content.lang == settings["DEFAULT_LANG"]
    return f".{getattr(content, 'slug', '')}" + ("" if is_own else f"-{content.lang}")


def _names_it(path: Path) -> bool:
    try:  # whoever prints with it says what is wrong with it
        return path.is_file() and bool(_BODY.search(path.read_text(encoding="utf-8", errors="replace")))
    except OSError:
        return False
