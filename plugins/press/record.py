"""What the last build of an output made, and of what: pages and texts that still hold are not made again."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping

from dataclasses import fields
from functools import cached_property
from pathlib import Path
from typing import Any

from plugins.press.known import Known
from plugins.press.model import Facts, Leaf, Links, Text
from plugins.shared.files import digest
from plugins.shared.store import Store


class Record:
    """The record of one output folder. Nothing of it counts until it is told what the build rests on."""

    def __init__(self, output: Path, store: Store) -> None:
        self._output, self._store = output, store
        self.ground = ""

    def rest_on(self, ground: str) -> None:
        """Take the digest of the code and versions; what was made by others no longer counts."""
        self.ground = ground
        if self.facts.ground != ground:
            self.facts, self.texts, self.leaves = Facts(), {}, {}

    @cached_property
    def facts(self) -> Facts:
        found = self._store.get("facts", "", "")
        try:
            return Facts(**found) if found else Facts()
        except TypeError:  # of another version
            return Facts()

    @cached_property
    def known(self) -> Known:
        return Known(self._store.all("files"))

    @cached_property
    def texts(self) -> dict[str, Text]:
        try:
            return {name: Text(*values) for name, values in self._store.all("texts").items()}
        except TypeError:  # of another version
            return {}

    @cached_property
    def leaves(self) -> dict[str, list[Any]]:
        return self._store.all("leaves")

    def is_as_left(self) -> bool:
        """Tell whether every file of the output is as it was left."""
        return all(found[3:] == _left(f"{self._output}/{name}") for name, found in self.leaves.items())

    def standing(self, name: str, key: str) -> Leaf | None:
        """Return a file of the output if it is what this key would make, and is as it was left."""
        found = self.leaves.get(name)
        if not key or found is None or found[0] != key or found[3:] != _left(self._output / name):
            return None
        return Leaf(*found[:3], is_new=False)

    def links_of(self, name: str) -> Links:
        """Return the links of a file that stands."""
        found = self._store.get("links", name, self.leaves[name][2])
        return Links(*map(frozenset, found)) if found else Links()

    def state_of(self, name: str) -> Any:
        """Return the frozen attributes of a text that are not in its front."""
        return self._store.get("states", name, self.texts[name].digests[1])

    def keep_text(self, name: str, text: Text, state: Any) -> None:
        self.texts[name] = text
        self._store.put("texts", name, "", [getattr(text, each) for each in Text.__slots__])
        self._store.put("states", name, text.digests[1], state)

    def keep_leaves(self, leaves: Mapping[str, Leaf]) -> None:
        """Take down the files of the output, which is in its place."""
        self._drop(("leaves", "links"), self._store.all("leaves").keys() - leaves.keys())
        for name, leaf in leaves.items():
            if leaf.is_new or name not in self.leaves:
                self.keep_leaf(name, leaf)

    def keep_leaf(self, name: str, leaf: Leaf) -> None:
        left = _left(self._output / name)
        if left is not None:
            self.leaves[name] = [leaf.key, leaf.size, leaf.sha256, *left]
            self._store.put("leaves", name, "", self.leaves[name])
            if leaf.links is not None:
                self._store.put("links", name, leaf.sha256, [sorted(part) for part in leaf.links.parts()])

    def keep_facts(self, facts: Facts) -> None:
        self.facts = facts
        self._store.put("facts", "", "", {each.name: getattr(facts, each.name) for each in fields(facts)})

    def forget_texts(self, but: Collection[str]) -> None:
        self._drop(("texts", "states"), self._store.all("texts").keys() - set(but))

    def keep_known(self) -> None:
        self._drop(("files",), self.known.unasked())
        for name, found in self.known.changed().items():
            self._store.put("files", name, "", found)

    def close(self) -> None:
        self._store.close()

    def _drop(self, rooms: Iterable[str], names: Iterable[str]) -> None:
        gone = list(names)
        for room in rooms:
            self._store.forget(room, gone)


def _left(path: str | Path) -> list[int] | None:
    """Return what tells whether a file of the output is as it was left."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return [found.st_size, found.st_mtime_ns, found.st_ino]


def name_of(output: Path) -> str:
    """Return the name of the file that keeps the record of an output folder."""
    return f"record-{digest(os.fsencode(output))[:16]}.db"
