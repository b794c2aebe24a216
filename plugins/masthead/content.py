"""What a site's content is made of: the demo, files of the owner's own, and what a new site starts with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from string import Template

from plugins.masthead.model import Refused


HERE = Path(__file__).resolve().parent
CONTENT, EXAMPLES = "content", "examples"


@dataclass(frozen=True, slots=True)
class Moves:
    """What `init` does to files, by names below the site's root: `moved` from -> to, `written` name -> text."""

    moved: Mapping[str, str]
    written: Mapping[str, str]


def demo() -> frozenset[str]:
    return frozenset((HERE / "demo.txt").read_text(encoding="utf-8").splitlines())


def starter(date: str) -> dict[str, str]:
    """Return the files of a new site. Their names are none of the demo's, so that updates never meet them."""
    folder = HERE / "starter"
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        f"{CONTENT}/{path.relative_to(folder).as_posix()}": Template(path.read_text(encoding="utf-8")).substitute(
            date=date
        )
        for path in files
    }


def moves(found: Iterable[str], changed: Iterable[str], date: str, *, again: bool) -> Moves:
    """Decide what is moved and written.

    `found` are the names in `content/` and `examples/`, `changed` those of them that git calls changed.
    """
    present = frozenset(found)
    if not again:
        _refuse_foreign(present, frozenset(changed))
    moved = {name: _example_of(name) for name in sorted(present & demo())}
    for name, example in moved.items():
        if example in present:
            raise Refused(f'"{example}" is there already, and "{name}" would be moved onto it; rename one of them')
    written = {name: text for name, text in starter(date).items() if name not in present}
    return Moves(moved, written)


def _refuse_foreign(present: frozenset[str], changed: frozenset[str]) -> None:
    remedy = "this site has an owner; --again leaves such files where they are"
    for name in sorted(present - demo()):
        raise Refused(f'"{name}" is not part of the demo: {remedy}')
    for name in sorted(changed):
        raise Refused(f'"{name}" differs from the demo as it is committed: {remedy}')


def _example_of(name: str) -> str:
    return str(PurePosixPath(EXAMPLES, PurePosixPath(name).relative_to(CONTENT)))
