"""A site's own fonts: the woff2 files in its folder `fonts/`, each called after what it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from plugins.press.scan import files_below
from plugins.shared.files import site_path
from plugins.shared.problems import Problem
from plugins.shared.suggest import did_you_mean


#: The folder, beside that of the content.
FOLDER = "fonts"
#: What `inv fonts` writes down there of the characters that they draw.
COVERAGE = "coverage.txt"
#: Where they are in the output, below the theme's files.
TARGET = "fonts/site"
#: What a file may be for, and how CSS says so: the family, and the style or weight of a font that is not variable.
ROLES = {
    "serif": ("serif", ""),
    "serif-bold": ("serif", "font-weight:600;"),
    "serif-italic": ("serif", "font-style:italic;"),
    "sans": ("sans", ""),
    "sans-bold": ("sans", "font-weight:600;"),
}
_SIGNATURE = b"wOF2"
_HEADER = 48
_KNOWN_TAG = 0x3F  # a number of WOFF2's list of tags below this, and the tag itself behind it
_FVAR = 47
_TRANSFORMED = {10: 0, 11: 0}  # glyf and loca: the version that says so is 0; of others, any but 0
_STACK = r"--{}:\s*([^;]+);"


@dataclass(frozen=True, slots=True)
class SiteFonts:
    """The sound fonts of a site by role, whether each is variable, and the texts beside them, such as licences."""

    files: dict[str, Path]
    variable: frozenset[str]
    beside: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def faces(self) -> str:
        """The rules that name the fonts, in CSS."""
        return "".join(self._face(role) for role in ROLES if role in self.files)

    def _face(self, role: str) -> str:
        family, style = ROLES[role]
        weights = "font-weight:100 900;" if role in self.variable and "weight" not in style else ""
        source = f'src:url(../{TARGET}/{role}.woff2) format("woff2")'
        return f'@font-face{{font-family:"Site {family}";{style}{weights}font-display:swap;{source}}}'

    def stacks(self, stylesheet: str) -> dict[str, str]:
        """Return the stacks of the families that a site has, each before that of the theme."""
        families = dict.fromkeys(ROLES[role][0] for role in self.files)
        found = ((family, re.search(_STACK.format(family), stylesheet)) for family in families)
        return {f"--{family}": f'"Site {family}", {stack[1]}' for family, stack in found if stack}

    def copies(self) -> Iterator[tuple[Path, str]]:
        """Yield each file, and its name below the theme's files."""
        yield from ((path, f"{TARGET}/{role}.woff2") for role, path in self.files.items())
        yield from ((path, f"{TARGET}/{path.name}") for path in self.beside)


def folder_of(content: Path) -> Path:
    return content.parent / FOLDER


def preloaded(content: Path) -> tuple[str, ...]:
    """Return the font that is asked for with the page, below the theme's files: the serif, a site's or the theme's.

    What else a page is set in is asked for when its styles are there: it would take of the time of the words to read.
    """
    return (f"{TARGET if 'serif' in read(content).files else 'fonts'}/serif.woff2",)


def read(content: Path) -> SiteFonts:
    """Return the fonts of a site, and what is wrong with any: those are left out."""
    files: dict[str, Path] = {}
    problems, beside, variable = [], [], set()
    for path in files_below(folder_of(content)):
        if path.name == COVERAGE:
            continue
        if path.suffix == ".txt":
            beside.append(path)
        elif fault := _fault(path):
            problems.append(Problem(site_path(path, content), 1, "font-invalid", fault))
        else:
            files[path.stem] = path
            variable |= {path.stem} if is_variable(path.read_bytes()) else set()
    return SiteFonts(files, frozenset(variable), tuple(beside), tuple(problems))


def _fault(path: Path) -> str:
    if path.suffix != ".woff2" or path.stem not in ROLES:
        hint = did_you_mean(path.name, [f"{role}.woff2" for role in ROLES])
        return f'"{path.name}" is no font of a role{hint or f"; call it one of {_names()}"}'
    with path.open("rb") as file:
        if file.read(len(_SIGNATURE)) != _SIGNATURE:
            return f'"{path.name}" is no font in WOFF2; convert it'
    return ""


def _names() -> str:
    return ", ".join(f'"{role}.woff2"' for role in ROLES)


def is_variable(data: bytes) -> bool:
    """Tell whether a WOFF2 font has axes of variation, by its directory of tables, which is not compressed."""
    count, place = int.from_bytes(data[12:14], "big"), _HEADER
    for _ in range(count):
        if place >= len(data):
            return False
        flags = data[place]
        number, version, place = flags & _KNOWN_TAG, flags >> 6, place + 1
        if number == _FVAR:
            return True
        if number == _KNOWN_TAG:
            if data[place : place + 4] == b"fvar":
                return True
            place += 4
        is_transformed = version == _TRANSFORMED[number] if number in _TRANSFORMED else version != 0
        for _ in range(1 + is_transformed):
            place = _behind_number(data, place)
    return False


def _behind_number(data: bytes, place: int) -> int:
    """Return where a number of variable length ends: seven bits in each byte, the highest set in all but the last."""
    while place < len(data) and data[place] & 0x80:
        place += 1
    return place + 1
