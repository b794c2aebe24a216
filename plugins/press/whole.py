"""What a site is made from as a whole: if any of it has changed, an edit is not of its texts alone."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from plugins.press.ground import told
from plugins.press.known import Known, digest_of_files
from plugins.press.model import Facts
from plugins.press.scan import Scan, files_below
from plugins.shared.files import digest
from plugins.shared.values import digest_of


#: Of the build, and not of what it makes.
_OF_BUILD = frozenset({"PROBLEMS", "STORE", "GROUNDS", "WORDS", "OUTPUT_PATH", "DEBUG"})


class Wider(Exception):  # noqa: N818 - no error: the whole site is built instead
    """An edit that may change more than the pages of its texts."""


@dataclass(frozen=True, slots=True)
class Sources:
    """All files below the content folder, and the digest of their names and of what is wrong with any."""

    names: tuple[str, ...]
    listing: str


def sources(content: Path, ignored: Iterable[str]) -> Sources:
    scan = Scan(content, tuple(ignored))
    scan.take(".")
    told_of = [*scan.files, *map(str, scan.problems)]
    return Sources(tuple(scan.files), digest("\n".join(told_of).encode(errors="surrogateescape")))


def changed(known: Known, content: Path, names: Iterable[str]) -> list[str]:
    """Return the sources that are not as they were; each is looked at before it is read."""
    return [name for name in names if known.has_changed(f"{content}/{name}")]


def theme(known: Known, root: Path, templates: Iterable[str]) -> str:
    """Return the digest of the files of a theme, and of the templates and words that take the place of some."""
    folders = (root, *map(Path, templates))
    return digest_of_files(known, (path for folder in folders for path in files_below(folder)), root)


def all_settings(settings: Mapping[str, Any]) -> str | None:
    """Return the digest of all settings, or None if one of them may be anything."""
    named = {name: value for name, value in settings.items() if name.isupper() and name not in _OF_BUILD}
    return digest_of(told(named))


def today(zone: str) -> str:
    """Return the day of the build in a site's zone, as ISO 8601 has it."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    here = ZoneInfo(zone)
    now = dt.datetime.fromtimestamp(int(epoch), here) if epoch.isdecimal() else dt.datetime.now(here)
    return now.date().isoformat()


def is_like(then: Facts, now: Facts, day: str) -> bool:
    """Tell whether a site is made from the same as before, but for the words in its sources, and on a day like then."""
    same = all(getattr(then, name) == getattr(now, name) for name in ("ground", "settings", "theme", "listing"))
    return bool(same and now.settings and is_due(then, day))


def is_due(then: Facts, day: str) -> bool:
    """Tell whether on a day the same texts are published as in an earlier build."""
    return then.knows_days and then.last_day <= day and (not then.next_day or day < then.next_day)
