"""Where a theme holds an address that no author wrote."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from pathlib import Path

from plugins.press.scan import files_below
from plugins.shared.files import is_inside


@dataclass(frozen=True, slots=True)
class Theme:
    """The templates and settings, where what no author wrote is written.

    `root` is the site's folder, `bases` are the beginnings that templates write as an expression.
    """

    templates: tuple[Path, ...]
    settings: Path
    root: Path
    bases: tuple[str, ...]

    def place(self, address: str) -> tuple[str, int] | None:
        """Return the file and line that hold an address, or what of it follows the site's own."""
        begins = next((base for base in self.bases if address.startswith(base)), "")
        below = address.removeprefix(begins)
        if not below:
            return None
        pattern = re.compile(rf"""["'}}/]{re.escape(escape(below))}["'#?{{]""")
        files = [file for folder in self.templates for file in files_below(folder)]
        for file in (*files, self.settings):
            if is_inside(file, self.root) and file.is_file():
                match = pattern.search(text := file.read_text("utf-8", "replace"))
                if match:
                    return file.relative_to(self.root).as_posix(), text.count("\n", 0, match.start()) + 1
        return None
