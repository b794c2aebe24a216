"""Readings of earlier builds: a source that has not changed need not be read again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import astuple
from functools import cached_property
from typing import Any

from plugins.essays.model import Kind, Reading
from plugins.essays.settings import Settings
from plugins.shared.files import site_path
from plugins.shared.problems import Problem
from plugins.shared.store import Store
from plugins.shared.values import digest_of


_ROOM = "readings"
#: Settings that a reading depends on, besides the plugin's own.
_THEIRS = ("MARKDOWN", "TYPOGRIFY_DASHES", "TYPOGRIFY_IGNORE_TAGS", "TYPOGRIFY_OMIT_FILTERS", "DEFAULT_LANG")


class Kept:
    """Readings by path; each is found by the digest of its source, its kind, and the settings it was read with."""

    def __init__(self, store: Store, own: Settings, settings: Mapping[str, Any]) -> None:
        self._store, self._content = store, settings["PATH"]
        read_with = {name: settings.get(name) for name in _THEIRS}
        # Extensions that are objects may do anything: nothing is kept of what they read.
        self._ground = digest_of([read_with, own.extra_keys, own.typogrify, own.trusted_html])

    def reading(self, path: str, sha: str, kind: Kind) -> Reading | None:
        name = site_path(path, self._content)
        if not self._ground or not sha or name not in self._names:
            return None
        found = self._store.get(_ROOM, name, self._key(name, sha, kind))
        if found is None:
            return None
        try:
            metadata, html, source, problems = found
            return Reading(dict(metadata), str(html), str(source), tuple(Problem(*values) for values in problems))
        except (TypeError, ValueError):
            self._store.is_damaged()
            return None

    def holds(self, path: str, sha_of: Callable[[str], str], kind: Kind) -> bool:
        """Tell whether there is a reading of a source as it is now; `sha_of` is asked only if there is one at all."""
        return site_path(path, self._content) in self._names and self.reading(path, sha_of(path), kind) is not None

    @cached_property
    def _names(self) -> set[str]:
        return self._store.names(_ROOM)

    def keep(self, path: str, sha: str, kind: Kind, reading: Reading) -> None:
        if self._ground and sha:
            name = site_path(path, self._content)
            problems = [astuple(problem) for problem in reading.problems]
            value = [reading.metadata, reading.html, reading.source, problems]
            self._store.put(_ROOM, name, self._key(name, sha, kind), value)
            self._names.add(name)

    def _key(self, name: str, sha: str, kind: Kind) -> str:
        return self._store.key(name, sha, kind, self._ground)
