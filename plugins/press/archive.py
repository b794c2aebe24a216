"""The cache of a site: the record of an output and the shelf, opened for a build and kept after it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from plugins.press import ground, languages, site_fonts, standing, whole
from plugins.press.model import Facts
from plugins.press.record import CACHE, Record, name_of
from plugins.shared import store


#: The key of Pelican's settings that holds the words of the command.
COMMAND = "_command"
#: The key that holds what was seen of the last build before.
LOOK = "_look"


class Archive:
    """What a press keeps between builds. `damage` says so when some of it could not be read."""

    def __init__(self, press: Any) -> None:
        self._press = press
        self.settings: dict[str, Any] = press.settings
        self.target: Path = press.target
        self.damage: tuple[str, ...] = ()

    @property
    def _cache(self) -> Path:
        return Path(self.settings["PATH"]).parent / CACHE

    def forget(self) -> None:
        """Throw away what turned out to be damaged."""
        self._tell_damage()
        self.settings.pop(LOOK, None)
        for file in self._cache.glob("*.db"):
            file.unlink()

    def look(self) -> standing.Look:
        """Return what there is to do: what was seen before Pelican was imported, if that was of this very output."""
        look = self.settings.get(LOOK)
        if look is not None and look.damaged:
            self._tell_damage()
        if look is not None and look.record.name == name_of(self.target) and look.is_sound and look.record.is_current():
            self._open_store(look.record)
            return look  # type: ignore[no-any-return]
        record, content = self.open_record(), Path(self.settings["PATH"])
        sources = whole.sources(content, self.settings["IGNORE_FILES"])
        return standing.Look(record, sources, whole.changed(record.known, content, sources.names))

    def open_record(self) -> Record:
        """Return the record of the output, and have the shelf stand open."""
        cache = self._cache
        # An output elsewhere is made to be looked at, or taken away: nobody builds there again.
        path = cache / name_of(self.target) if self.target.parent == cache.parent else None
        record = Record(self.target, store.Store(path, damaged=self._tell_damage))
        code = ground.code(record.known, Path(self.settings["PATH"]).parent)
        record.rest_on(code)
        self._open_store(record)
        return record

    def _open_store(self, record: Record) -> None:
        kept = self.settings[store.SETTING] = store.Store(self._cache / "kept.db", record.ground, self._tell_damage)
        kept.is_private = self._press.strictness == "author"

    def keep(self, record: Record, facts: Facts) -> None:
        """Close what a build leaves, with what is true of its site."""
        record.keep_facts(facts)
        record.keep_known()
        if self.settings.get(COMMAND) is not None:
            standing.keep(self.settings[COMMAND], self._command(), self._cache)
        record.close()
        store.store_of(self.settings).close()

    def _command(self) -> standing.Command:
        names = ("PATH", "OUTPUT_PATH", "THEME", "IGNORE_FILES", "TIMEZONE")
        content, target, theme, ignored, zone = (self.settings[name] for name in names)
        return standing.Command(
            str(content), str(target), str(theme), self.overrides(), list(ignored), zone, self._press.strictness
        )

    def overrides(self) -> list[str]:
        """Return the folders of what takes the place of something in the theme: templates, words and fonts."""
        content = Path(self.settings["PATH"])
        own = languages.folder_of(content), site_fonts.folder_of(content)
        return [*map(str, self.settings["THEME_TEMPLATES_OVERRIDES"]), *map(str, own)]

    def _tell_damage(self) -> None:
        self.damage = (f"the cache in {CACHE} was damaged; what it lacks was made anew",)
