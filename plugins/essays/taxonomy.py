"""Tags, authors, categories and series: each needs an address, and one spelling."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.essays.addresses import name_fault
from plugins.shared.problems import Problem


_MAX_BYTES = 200  # file systems take 255 a name
_SHOWN = 40


class Spellings:
    """Keep the names that were read by their slugs, in the order in which they are read."""

    def __init__(self) -> None:
        self._first: dict[tuple[str, str], tuple[str, str]] = {}

    def check(self, noun: str, name: str, slug: str, path: str) -> Iterator[Problem]:
        """Say what is wrong with a name, somewhere in its source; `noun` is tag, author, category or series."""
        if not slug:
            message = f'no address can be made of the {noun} "{name}"; use letters or digits'
            yield Problem(path, 1, f"{noun}-slug", message)
            return
        if len(slug.encode()) > _MAX_BYTES:
            message = f'the {noun} "{name[:_SHOWN]}…" makes an address of more than {_MAX_BYTES} bytes; shorten it'
            yield Problem(path, 1, f"{noun}-slug", message)
            return
        if fault := name_fault(slug):
            yield Problem(path, 1, f"{noun}-slug", f'no address can be made of the {noun} "{name}": {fault}')
            return
        first, first_path = self._first.setdefault((noun, slug), (name, path))
        if first != name:
            message = f'the {noun} "{name}" has the address of "{first}" in "{first_path}"; write both alike'
            yield Problem(path, 1, f"{noun}-spelling", message, "warning")
