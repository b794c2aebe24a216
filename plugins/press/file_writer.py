"""Write the files of a build: each once, each inside the staging folder, but for those that stand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pelican.writers import Writer as PelicanWriter

from plugins.press.addresses import Addresses, Origin
from plugins.press.links import FEEDS, PAGES, links_in
from plugins.press.model import Leaf
from plugins.press.record import Record
from plugins.press.settings import PATH
from plugins.press.sheets import copied, key_of_copy, put, put_copy
from plugins.shared.files import digest, site_path
from plugins.shared.problems import Problem, problems_of


class FileWriter(PelicanWriter):  # type: ignore[misc]
    """Write the files of an output, which are its `leaves`. With `foreign` plugins at work none stands."""

    def __init__(self, output_path: str, settings: dict[str, Any], record: Record, *, foreign: bool = False) -> None:
        super().__init__(output_path, settings)
        self._folder, self._content = Path(output_path), Path(settings["PATH"])
        self._problems = problems_of(settings)
        self._addresses = Addresses(self._problems)
        self._record, self._foreign = record, foreign
        self.leaves: dict[str, Leaf] = {}

    def write(self, name: str, data: bytes, origin: Origin) -> bool:
        """Write one file of the output; return whether it is there."""
        return self.make(name, digest(b"made " + data), origin, lambda: data)

    def add(self, name: str, key: str, source: str, data: Callable[[], bytes]) -> bool:
        """Write a file that a plugin makes of a source below the content folder, unless that of the key stands."""
        named = site_path(self._content / source, self._content)
        return self.make(name, key, Origin(f'"{named}"', named), data)

    def copy(
        self,
        source: Path,
        name: str,
        origin: Origin,
        *,
        change: Callable[[Path], bytes] | None = None,
        within: Path | None = None,
    ) -> bool:
        """Copy a file into the output, or what `change` makes of it; return whether it is there.

        A source that is no longer `within` a folder is not copied.
        """
        sha = self._record.known.sha(source)
        if change is not None:
            return self.make(name, digest(f"changed {sha}".encode()) if sha else "", origin, lambda: change(source))
        normal, is_there = self._claim(name, key_of_copy(sha), origin)
        if not normal or is_there:
            return is_there
        if reason := put_copy(source, self._folder / normal, within):
            self._tell_unwritable(name, origin, reason)
            return False
        self.leaves[normal] = leaf = copied(self._folder / normal)
        if normal.endswith((*PAGES, *FEEDS)):
            self._record.keep_links(normal, leaf.sha256, links_in(normal, (self._folder / normal).read_bytes()))
        return True

    def make(self, name: str, key: str, origin: Origin, data: Callable[[], bytes]) -> bool:
        """Write one file unless that of the key stands in the output; return whether it is there."""
        normal, is_there = self._claim(name, key, origin)
        if not normal or is_there:
            return is_there
        try:
            made = data()
        except OSError as error:  # its source is another than it was
            self._tell_unwritable(name, origin, str(error.strerror))
            return False
        if reason := put(self._folder / normal, made):
            self._tell_unwritable(name, origin, reason)
            return False
        self.leaves[normal] = leaf = Leaf(key, len(made), digest(made))
        if normal.endswith((*PAGES, *FEEDS)):
            self._record.keep_links(normal, leaf.sha256, links_in(normal, made))
        return True

    def _claim(self, name: str, key: str, origin: Origin) -> tuple[str, bool]:
        """Return the name to write a file by, empty if it must not be written, and whether that of the key stands."""
        normal = self._addresses.claim(name, origin)
        if normal:
            self.leaves.pop(normal, None)
            if not self._foreign and (leaf := self._record.standing(normal, key)):
                self.leaves[normal] = leaf
        return normal, normal in self.leaves

    def _tell_unwritable(self, name: str, origin: Origin, reason: str) -> None:
        message = f'"{name}" cannot be written: {reason}; mend {origin.words} or give it another address'
        self._problems.add(Problem(origin.source or PATH, origin.line, "address-unwritable", message))

    def has_address(self, text: Any) -> bool:
        """Tell whether a text has the address that it asks for, and not another, or none."""
        origin = self._addresses.origin_of(text.save_as)
        return origin is not None and origin.text is text
