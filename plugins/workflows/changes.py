"""Which files differ between two builds, as their manifests tell."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass


MANIFEST = ".broadside.json"
_MOST = 500  # names in a list: a summary may be no longer than 1 MiB


@dataclass(frozen=True, slots=True)
class Changes:
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def files_of(manifest: str) -> dict[str, str]:
    """Return the digest of each file by name; a manifest that is none has no files."""
    try:
        return {str(item["name"]): str(item["sha256"]) for item in json.loads(manifest)["files"]}
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}


def compare(before: Mapping[str, str], after: Mapping[str, str]) -> Changes:
    return Changes(
        added=tuple(sorted(after.keys() - before.keys())),
        changed=tuple(sorted(name for name in before.keys() & after.keys() if before[name] != after[name])),
        removed=tuple(sorted(before.keys() - after.keys())),
    )


def listing(changes: Changes) -> str:
    """Return Markdown. Names are put where Markdown is not read, with their markup escaped."""
    lists = {"Added": changes.added, "Changed": changes.changed, "Removed": changes.removed}
    if not any(lists.values()):
        return "## Changed pages\n\nNo page differs.\n"
    return "## Changed pages\n" + "".join(_list(title, names) for title, names in lists.items() if names)


def _list(title: str, names: tuple[str, ...]) -> str:
    pages = sum(name.endswith(".html") for name in names)
    others = len(names) - pages
    count = " and ".join(filter(None, (_count(pages, "page"), _count(others, "other file"))))
    return f"\n### {title}: {count}\n\n<pre>\n" + "\n".join(_shown(names)) + "\n</pre>\n"


def _shown(names: tuple[str, ...]) -> Iterator[str]:
    # Pages first. No line is empty, so that the block ends where it should.
    ordered = sorted(names, key=lambda name: (not name.endswith(".html"), name))
    for name in ordered[:_MOST]:
        yield html.escape(name.encode("unicode_escape").decode() if not name.isprintable() else name)
    if len(ordered) > _MOST:
        yield f"… and {len(ordered) - _MOST} more"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}" if number else ""
