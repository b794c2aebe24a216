"""What every page of a build depends on: the code, the versions of libraries, and settings."""

from __future__ import annotations

import os
import re
import sys
import types
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from plugins.press.known import Known, digest_of_files
from plugins.press.scan import files_below
from plugins.shared.files import digest
from plugins.shared.values import digest_of


_HOUSE = Path(__file__).parents[1]
_INSTALLED = (".dist-info", ".egg-info")
_CODE = frozenset({".py", ".lua", ".txt", ".json"})
# Settings that say how pages are made of texts, and nothing about the texts: each page that asks for one has it in
# its key. What a build is given, or says, is not about pages at all.
_OF_PAGES = re.compile(
    r"(?:.*_)?FEED(?:_.*)?|JINJA_.*|THEME(?:_.*)?|DIRECT_TEMPLATES|PAGINATED_TEMPLATES|PAGINATION_PATTERNS|TEMPLATE_PAGES"
    r"|DEFAULT_PAGINATION|DEFAULT_ORPHANS|NEWEST_FIRST_ARCHIVES|REVERSE_CATEGORY_ORDER|(?:ARTICLE|PAGE)_ORDER_BY"
    r"|(?:INDEX|ARCHIVES|TAGS|AUTHORS|CATEGORIES|NOT_FOUND)_(?:SAVE_AS|URL)|MENUITEMS|NAVIGATION|LINKS.*|SOCIAL.*"
    r"|(?:YEAR|MONTH|DAY)_ARCHIVE_(?:SAVE_AS|URL)|ESSAY_AUTHORS"
    r"|SITESUBTITLE|SEARCH|ACCENT|LICENSE.*|PRESS_.*|DISPLAY_.*|PLUGINS|PLUGIN_PATHS|PELICAN_CLASS|OUTPUT_PATH|CACHE_PATH|PATH|BIND|PORT"
    r"|LOG_FILTER|DEBUG|AUTORELOAD.*|IGNORE_FILES|.*_PATHS|.*_EXCLUDES|ROOT|STATIC_.*|PROBLEMS|STORE|GROUNDS|WORDS|WRITE_SELECTED"
)


def code(known: Known, root: Path) -> str:
    """Return the digest of the house's code, that of the site's own plugins, and the versions of what is installed."""
    house = [path for path in files_below(_HOUSE) if path.suffix in _CODE]
    return digest("\n".join((digest_of_files(known, house, _HOUSE), *_of_site(known, root), *_versions())).encode())


def _of_site(known: Known, root: Path) -> Iterator[str]:
    """Yield the digests of the programs that the site brought along, but for its settings: their values count.

    Those beside them count too, as some are imported only when a plugin is at work.
    """
    inside, house = f"{root}{os.sep}", f"{_HOUSE}{os.sep}"
    programs, settings = set[Path](), set[Path]()
    for module in list(sys.modules.values()):
        file = str(getattr(module, "__file__", None) or "")
        if file.startswith(inside) and not file.startswith(house) and f"{os.sep}site-packages{os.sep}" not in file:
            if "PELICAN_CLASS" in vars(module):
                settings.add(Path(file))
            else:
                programs |= {Path(file), *_beside(Path(file), root)}
    for program in sorted(programs - settings):
        yield f"{os.path.relpath(program, root)} {known.sha(program)}"


def _beside(program: Path, root: Path) -> Iterator[Path]:
    """Yield the programs in the folder of one, and below; in the folder of the site those that stand there alone."""
    found = program.parent.glob("*.py") if program.parent == root else files_below(program.parent)
    return (path for path in found if path.suffix in _CODE)


def _versions() -> Iterator[str]:
    """Yield Python's version, and the names of installed packages, which hold theirs."""
    yield sys.version
    for folder in map(Path, dict.fromkeys(sys.path)):
        if folder.is_dir():
            yield from sorted(entry.name for entry in os.scandir(folder) if entry.name.endswith(_INSTALLED))


def of_texts(settings: Mapping[str, Any]) -> str | None:
    """Return the digest of the settings that the reading of texts may depend on, or None if it cannot be told."""
    named = {name: told(value) for name, value in settings.items() if name.isupper() and not _OF_PAGES.fullmatch(name)}
    return digest_of(named)


def of_environment(settings: Mapping[str, Any]) -> str | None:
    """Return the digest of how templates are read, or None if it cannot be told."""
    return digest_of({name: told(value) for name, value in settings.items() if name.startswith("JINJA_")})


def told(value: Any) -> Any:
    """Return a setting with its classes and functions as their names; their code is in the digest of the code."""
    if isinstance(value, Mapping):
        return {name: told(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [told(part) for part in value]
    if isinstance(value, type) or (isinstance(value, types.FunctionType) and _is_plain(value)):
        return ("code", value.__module__, value.__qualname__)
    return value


def _is_plain(function: types.FunctionType) -> bool:
    """Tell whether a function is what its code says: in the settings file it may hold on to values of its own."""
    own = vars(sys.modules.get(function.__module__, types))
    return not function.__closure__ and not function.__defaults__ and "PELICAN_CLASS" not in own
