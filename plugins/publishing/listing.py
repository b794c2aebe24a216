"""What a person reads before anything happens: changes with their sizes, and the published commits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from plugins.publishing.git import Git
from plugins.publishing.model import Changes, Past
from plugins.publishing.names import bare, counted, pages_in
from plugins.publishing.trees import Entry, changes_between, files_in, sizes_of


def changes_listed(git: Git, old: Mapping[str, Entry], new: Mapping[str, Entry]) -> tuple[str, ...]:
    """Return a line for each file that differs, by kind and name, with its size in bytes, and the totals."""
    changes = changes_between(old, new)
    sizes = sizes_of(git, {entry.id for entry in (*old.values(), *new.values())})
    before, after = _sizes(old, sizes), _sizes(new, sizes)
    rows = list(_rows(changes, before, after))
    width = max((len(size) for _, size, _ in rows), default=0)
    lines = (f"{kind:7}  {size:>{width}}  {bare(name)}" for kind, size, name in rows)
    return (*lines, f"before: {_total(before)}", f"after: {_total(after)}")


def _rows(changes: Changes, before: Mapping[str, int], after: Mapping[str, int]) -> Iterator[tuple[str, str, str]]:
    yield from (("added", f"{after[name]:,}", name) for name in changes.added)
    yield from (("changed", f"{before[name]:,} → {after[name]:,}", name) for name in changes.changed)
    yield from (("removed", f"{before[name]:,}", name) for name in changes.removed)


def _sizes(files: Mapping[str, Entry], sizes: Mapping[str, int]) -> dict[str, int]:
    return {name: sizes.get(entry.id, 0) for name, entry in files.items()}


def _total(sizes: Mapping[str, int]) -> str:
    return f"{counted(pages_in(sizes), 'page')}, {counted(len(sizes), 'file')}, {counted(sum(sizes.values()), 'byte')}"


def past_listed(git: Git, past: Sequence[Past]) -> str:
    """Return a table of published commits; the number is the N of a rollback."""
    rows = [("N", "date", "source", "pages", "commit", "subject")]
    for number, each in enumerate(past):
        pages = f"{pages_in(files_in(git, each.sha)):,}"
        rows.append((str(number), each.date, each.source[:12] or "unknown", pages, each.sha[:12], bare(each.subject)))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)
