"""Read a site's settings so that whatever is wrong with them is a line, whoever would have failed over it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pelican.settings
from pelican.settings import get_settings_from_file, read_settings

from plugins.press import kinds
from plugins.press.catalogue import misspelt
from plugins.press.faults import describe, line_in
from plugins.press.ground import told
from plugins.press.places import run_as_written, written
from plugins.press.records import Recorder, recording
from plugins.press.settings import PATH
from plugins.shared.problems import Problem, Problems
from plugins.shared.values import digest_of


#: The key of the settings that holds the digest of how they are written.
WRITTEN = "_written"
_PRESS = "plugins.Press"
_THEMES = Path(pelican.settings.DEFAULT_THEME).parent


def read(path: str, override: Mapping[str, Any], problems: Problems) -> dict[str, Any] | None:
    """Return Pelican's settings, or None if no site can be built with them; `override` wins over the file.

    What is wrong goes to `problems`, at its place in the files that were read.
    """
    own = _run(path, problems)
    if own is None:
        return None
    settings = {**own, **override}
    content = _from(path, settings.get("PATH"))
    as_written = digest_of(told(written(content, path).values))  # before anybody adds to a value
    found = [*kinds.faults(settings), *_missing(path, settings, override)]
    if isinstance(cls := own.get("PELICAN_CLASS", "pelican.Pelican"), str) and cls != _PRESS:
        found.append(Problem(PATH, 1, "setting-value", f'PELICAN_CLASS is "{cls}"; write PELICAN_CLASS = "{_PRESS}"'))
    if not found:
        loaded = _read(path, override, content, found)
        _add(found, problems, content, path)
        return loaded and {**loaded, WRITTEN: as_written}
    found += misspelt(own, theme=_from(path, settings.get("THEME")))
    _add(found, problems, content, path)
    return None


def _run(path: str, problems: Problems) -> dict[str, Any] | None:
    """Run the settings file, which is a program, and return the settings it makes."""
    name = Path(path).name
    if not Path(path).is_file():
        problems.add(Problem(name, 1, "settings-missing", f'no settings "{path}"; name the file with --settings'))
        return None
    try:
        with run_as_written():
            return dict(get_settings_from_file(path))
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - a program may raise anything
        root = Path(path).resolve().parent
        file, line = line_in(error, root) or (root / name, 1)
        where = Path(os.path.relpath(file, root)).as_posix()
        problems.add(Problem(where, line, "settings-broken", f"{describe(error)}; mend this line"))
        return None


def _read(path: str, override: Mapping[str, Any], content: Path, found: list[Problem]) -> dict[str, Any] | None:
    heard = Problems()
    try:
        with recording(Recorder(heard, {"PATH": str(content)})), run_as_written():
            return dict(read_settings(path, override=dict(override)))
    except Exception as error:  # noqa: BLE001 - Pelican takes settings for what they should be
        found.append(Problem(PATH, 1, "settings-broken", f"Pelican cannot use the settings: {describe(error)}"))
        return None
    finally:
        found.extend(heard.sorted())


def _missing(path: str, settings: Mapping[str, Any], override: Mapping[str, Any]) -> list[Problem]:
    content, theme = settings.get("PATH", "."), settings.get("THEME")
    found = []
    if isinstance(content, str | os.PathLike) and not _from(path, content).is_dir():
        name = "the content folder" if "PATH" in override else "PATH"
        found.append(f'{name} is "{_shown(path, content)}", which is no folder; name the one that holds the sources')
    if isinstance(theme, str | os.PathLike) and not any(map(Path.is_dir, _themes(path, theme))):
        found.append(f'THEME is "{_shown(path, theme)}", which is no folder; name the one that holds templates/')
    elif isinstance(theme, str | os.PathLike) and not any(
        (folder / "templates").is_dir() for folder in _themes(path, theme)
    ):
        found.append(f'THEME is "{_shown(path, theme)}", which has no folder "templates"; name the folder of a theme')
    return [Problem(PATH, 1, "setting-value", message) for message in found]


def _themes(path: str, theme: str | os.PathLike[str]) -> tuple[Path, Path]:
    """Return where a theme may be: in a folder of the site, or among Pelican's own."""
    return _from(path, theme), _THEMES / theme


def _from(path: str, name: Any) -> Path:
    """Return a path of the settings as Pelican takes it: from the folder of the settings file."""
    root = Path(path).resolve().parent
    return root / name if isinstance(name, str | os.PathLike) else root


def _shown(path: str, name: Any) -> str:
    """Return a path as its reader wrote it, or would have."""
    return os.path.relpath(_from(path, name), Path(path).resolve().parent)


def _add(found: list[Problem], problems: Problems, content: Path, path: str) -> None:
    where = written(content, path)
    problems.extend(map(where.locate, found))
