"""What in a theme cannot be read as a file, so that it is named before anything waits for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from plugins.press import languages, site_fonts
from plugins.press.scan import strange_below
from plugins.shared.files import site_path
from plugins.shared.problems import Problem


def strange_files(settings: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield a problem for each file of the theme, or in the place of one, that is no file or is closed."""
    theme, ignored = Path(settings["THEME"]), settings["IGNORE_FILES"]
    static = (theme / name for name in settings["THEME_STATIC_PATHS"])
    content = Path(settings["PATH"])
    own = theme / languages.FOLDER, languages.folder_of(content), site_fonts.folder_of(content)
    for folder in (theme / "templates", *own, *static, *map(Path, settings["THEME_TEMPLATES_OVERRIDES"])):
        for path, code, message in strange_below(folder, ignored):
            yield Problem(site_path(path, settings["PATH"]), 1, code, message)
