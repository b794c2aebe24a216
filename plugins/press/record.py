"""What the last build of an output made, and of what: pages and texts that still hold are not made again."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields
from functools import cached_property
from pathlib import Path
from typing import Any

from plugins.press.known import Known
from plugins.press.model import Facts, Leaf, Links, Text
from plugins.shared.files import digest
from plugins.shared.problems import Problem
from plugins.shared.store import Store


#: The folder of the cache, beside that of the content.
CACHE = ".cache"


class Record:
    """The record of one output folder. Nothing of it counts until it is told what the build rests on."""

    def __init__(self, output: Path, store: Store) -> None:
        self._output, self._store = output, store
        self.name, self.is_kept = name_of(output), store.keeps
        self.ground = ""
        self.folder = output  # where the build puts what it prints
        self._texts: dict[str, Text | None] = {}

    def rest_on(self, ground: str) -> None:
        """Take the digest of the code and versions; what was made by others no longer counts."""
        self.ground = ground
        if self.facts.ground != ground:
            self.facts, self.leaves = Facts(), {}

    @cached_property
    def facts(self) -> Facts:
        return self._read_facts()

    def is_current(self) -> bool:
        """Tell whether no other build has kept a record of this output since this one was read."""
        return self.facts == self._read_facts()

    def _read_facts(self) -> Facts:
        found = self._store.get("facts", "", "")
        try:
            facts = Facts(**found) if found else Facts()
        except TypeError:  # of another version
            return Facts()
        return facts if isinstance(facts.ground, str) else Facts()

    @cached_property
    def known(self) -> Known:
        return Known(self._store.all("files"))

    def text(self, name: str) -> Text | None:
        """Return a text by its source, named from the content folder."""
        if name not in self._texts:
            found = self._store.get("texts", name, self.ground)
            is_text = isinstance(found, list) and len(found) == len(Text.__slots__)
            self._texts[name] = Text(*found) if is_text else None
        return self._texts[name]

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
        return Leaf(found[0], found[1], found[2], is_new=False)

    def links_of(self, name: str, sha256: str = "") -> Links:
        """Return the links of a file with this digest, or of one that stands."""
        sha256 = sha256 or self.leaves[name][2]
        found = self._store.get("links", name, sha256)
        is_sound = isinstance(found, list) and len(found) == len(fields(Links))
        return Links(*map(frozenset, found)) if is_sound else self._parsed(name, sha256)

    def _parsed(self, name: str, sha256: str) -> Links:
        """Read the links of a file that the record lacks, as it had not kept them or is damaged."""
        from plugins.press.links import links_in  # noqa: PLC0415 - to see that nothing is to be done takes no parser

        for folder in (self.folder, self._output):
            file = folder / name
            if file.is_file() and digest(data := file.read_bytes()) == sha256:
                return links_in(name, data)
        return Links()

    def keep_links(self, name: str, sha256: str, links: Links) -> None:
        self._store.put("links", name, sha256, [sorted(part) for part in links.parts()])

    def faults_of(self, name: str) -> dict[str, list[Any]]:
        """Return what is wrong with the links of a page that stands, by address."""
        return self._store.get("faults", name, "") or {}

    def keep_faults(self, faults: Mapping[str, Mapping[str, list[Any]]], names: Iterable[str] | None = None) -> None:
        """Take down what is wrong with links, of all files or of those with these names."""
        gone = self._store.names("faults") if names is None else set(names)
        self._drop(("faults",), gone - faults.keys())
        for name, found in faults.items():
            self._store.put("faults", name, "", found)

    def problems(self, but: Collection[str] = ()) -> Iterator[Problem]:
        """Yield the problems of the last build, but for those of these sources."""
        for path, found in self._told.items():
            if path not in but:
                yield from (Problem(path, *values) for values in found)

    def count_problems(self, but: Collection[str]) -> Counter[str]:
        """Return how many there are of each severity."""
        return Counter(values[-1] for path, found in self._told.items() if path not in but for values in found)

    @cached_property
    def _told(self) -> dict[str, list[Any]]:
        return self._store.all("problems")

    def keep_problems(self, problems: Iterable[Problem], paths: Collection[str] | None = None) -> None:
        """Take down the problems of a build, or only those of these sources."""
        found: dict[str, list[Any]] = {}
        for each in problems:
            if paths is None or each.path in paths:
                found.setdefault(each.path, []).append([each.line, each.code, each.message, each.severity])
        gone = (self._told.keys() if paths is None else set(paths)) - found.keys()
        self._drop(("problems",), gone)
        for path, values in found.items():
            self._store.put("problems", path, "", values)
        self._told = {path: values for path, values in self._told.items() if path not in gone} | found

    def keep_text(self, name: str, text: Text) -> None:
        self._texts[name] = text
        self._store.put("texts", name, self.ground, [getattr(text, each) for each in Text.__slots__])

    def around(self, name: str) -> Any:
        """Return what the page of a text, by its source, shows of other texts."""
        return self._store.get("around", name, "")

    def keep_around(self, told: Mapping[str, Any]) -> None:
        """Take down what pages show of other texts, by the sources of their own; in most builds little of it is new."""
        known = self._store.all("around")
        self._drop(("around",), known.keys() - told.keys())
        for name, found in told.items():
            if known.get(name) != found:
                self._store.put("around", name, "", found)

    def keep_leaves(self, leaves: Mapping[str, Leaf]) -> None:
        """Take down the files of the output, which is in its place."""
        known = self._store.names("leaves") | self._store.names("links")  # some files are withheld once they are made
        self._drop(("leaves", "links", "faults"), known - leaves.keys())
        for name, leaf in leaves.items():
            if leaf.is_new or name not in self.leaves:
                self.keep_leaf(name, leaf)

    def keep_leaf(self, name: str, leaf: Leaf) -> None:
        left = _left(self._output / name)
        if left is not None:
            self.leaves[name] = [leaf.key, leaf.size, leaf.sha256, *left]
            self._store.put("leaves", name, "", self.leaves[name])

    def keep_facts(self, facts: Facts) -> None:
        self.facts = facts
        self._store.put("facts", "", "", {each.name: getattr(facts, each.name) for each in fields(facts)})

    def forget_texts(self, but: Collection[str]) -> None:
        self._drop(("texts",), self._store.names("texts") - set(but))

    def keep_known(self) -> None:
        """Take down what is known of files."""
        for name, found in self.known.changed().items():
            self._store.put("files", name, "", found)
        self.known.settle()

    def forget_files(self) -> None:
        """Forget the files that a build of the whole site has not asked for."""
        self._drop(("files",), self.known.unasked())

    def close(self, *, keep: bool = True) -> None:
        """Keep what was taken down. A build that has not changed the output must not have changed its record."""
        self._store.close(keep=keep)

    def _drop(self, rooms: Iterable[str], names: Iterable[str]) -> None:
        gone = list(names)
        for room in rooms:
            self._store.forget(room, gone)


def _left(path: str | Path) -> list[int] | None:
    """Return what tells whether a file of the output is as it was left."""
    try:
        found = os.stat(path)  # noqa: PTH116 - of ten thousand files, which need no object each
    except OSError:
        return None
    return [found.st_size, found.st_mtime_ns, found.st_ino]


def name_of(output: Path) -> str:
    """Return the name of the file that keeps the record of an output folder."""
    return f"record-{digest(os.fsencode(output))[:16]}.db"
