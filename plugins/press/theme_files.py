"""What in a theme cannot be read as a file, so that it is named before anything waits for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from plugins.press.scan import strange_below
from plugins.shared.files import site_path
from plugins.shared.problems import Problem


def strange_files(settings: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield a problem for each file of the theme and of the site's own templates that is none, or is closed."""
    theme, ignored = Path(settings["THEME"]), settings["IGNORE_FILES"]
    static = (theme / name for name in settings["THEME_STATIC_PATHS"])
    for folder in (theme / "templates", *static, *map(Path, settings["THEME_TEMPLATES_OVERRIDES"])):
        for path, code, message in strange_below(folder, ignored):
            yield Problem(site_path(path, settings["PATH"]), 1, code, message)
