"""What a commit holds, and how two differ."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from plugins.publishing.git import Git
from plugins.publishing.model import Changes


_FILE_MODES = ("100644", "100755")


@dataclass(frozen=True, slots=True)
class Entry:
    mode: str
    id: str

    @property
    def is_file(self) -> bool:
        return self.mode in _FILE_MODES


def files_in(git: Git, commit: str) -> dict[str, Entry]:
    """Return every file that a commit (or a tree) holds, by name; none if there is no commit."""
    return _entries(git, "-r", commit) if commit else {}


def _entries(git: Git, *words: str) -> dict[str, Entry]:
    rows = git("ls-tree", "-z", "--full-tree", *words).split("\0")
    split = (row.partition("\t") for row in rows if row)
    return {name: Entry(facts.split()[0], facts.split()[2]) for facts, _, name in split}


def with_files(git: Git, tree: str, kept: Mapping[str, Entry]) -> str:
    """Return a tree with these files at its root, in place of those of the same names."""
    if not kept:
        return tree
    entries = {**_entries(git, tree), **kept}
    kinds = {"040000": "tree", "160000": "commit"}
    rows = (f"{each.mode} {kinds.get(each.mode, 'blob')} {each.id}\t{name}\0" for name, each in entries.items())
    return git("mktree", "-z", given="".join(rows)).strip()


def changes_between(old: Mapping[str, Entry], new: Mapping[str, Entry]) -> Changes:
    return Changes(
        added=tuple(sorted(new.keys() - old.keys())),
        changed=tuple(sorted(name for name in old.keys() & new.keys() if old[name] != new[name])),
        removed=tuple(sorted(old.keys() - new.keys())),
    )


def sizes_of(git: Git, ids: Collection[str]) -> dict[str, int]:
    """Return how many bytes each object holds."""
    answer = git("cat-file", "--batch-check=%(objectname) %(objectsize)", given="".join(f"{each}\n" for each in ids))
    return {id_: int(size) for id_, size in (line.split() for line in answer.splitlines()) if size.isdigit()}
