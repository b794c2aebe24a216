"""Readings of earlier builds: a source that has not changed need not be read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple
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
        if not self._ground or not sha:
            return None
        name = site_path(path, self._content)
        found = self._store.get(_ROOM, name, self._key(name, sha, kind))
        if found is None:
            return None
        metadata, html, source, problems = found
        return Reading(metadata, html, source, tuple(Problem(*values) for values in problems))

    def keep(self, path: str, sha: str, kind: Kind, reading: Reading) -> None:
        if self._ground and sha:
            name = site_path(path, self._content)
            self._store.put(_ROOM, name, self._key(name, sha, kind), astuple(reading))

    def _key(self, name: str, sha: str, kind: Kind) -> str:
        return self._store.key(name, sha, kind, self._ground)
