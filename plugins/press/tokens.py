"""What a site's settings and fonts change of the theme's stylesheet: its tokens, in a layer behind the theme's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plugins.press.colour import Colour, contrast, nearest
from plugins.press.settings import PATH
from plugins.press.site_fonts import SiteFonts
from plugins.shared.problems import Problem


#: The stylesheet of a theme that has tokens, below its static folder.
STYLESHEET = "css/site.css"
#: The contrast that text needs (WCAG 2.2, level AA), and what a colour made for the dark has.
LEAST, IN_THE_DARK = 4.5, 7.0
_PAPER = re.compile(r"--paper:\s*light-dark\(\s*(#\w+)\s*,\s*(#\w+)\s*\)")
_OF_PAPER = 0.55  # how much of the paper is in the colour of lines
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Tokens:
    """The rules behind a theme's stylesheet, empty if a site changes nothing, and what is wrong with its wishes."""

    css: str = ""
    problems: tuple[Problem, ...] = ()


def tokens_of(settings: Mapping[str, Any], fonts: SiteFonts) -> Tokens:
    """Return what the setting ACCENT and a site's fonts make of the theme's tokens."""
    asked = settings.get("ACCENT")
    if not (asked or fonts.faces):
        return Tokens()
    papers = _papers(Path(settings["THEME"]))
    if papers is None:
        what = "ACCENT" if asked else "the folder of fonts"
        message = f'{what} changes nothing: the theme has no "{STYLESHEET}" with a colour "--paper"; leave it out'
        return Tokens("", (Problem(PATH, 1, "setting-value", message),))
    problems: list[Problem] = []
    values = {**_accent(asked, papers, problems), **fonts.stacks(_stylesheet(Path(settings["THEME"])))}
    root = "".join(f"{name}:{value};" for name, value in values.items())
    rules = fonts.faces + (f":root{{{root}}}" if root else "")
    return Tokens(f"\n@layer tokens{{{rules}}}\n" if rules else "", tuple(problems))


def _stylesheet(theme: Path) -> str:
    path = theme / "static" / STYLESHEET
    return path.read_text("utf-8", "replace") if path.is_file() else ""


def _papers(theme: Path) -> tuple[Colour, Colour] | None:
    found = _PAPER.search(_stylesheet(theme))
    colours = [Colour.read(text) for text in found.groups()] if found else []
    return (colours[0], colours[1]) if len(colours) == _PAIR and colours[0] and colours[1] else None


def _accent(asked: Any, papers: tuple[Colour, Colour], problems: list[Problem]) -> dict[str, str]:
    """Return the tokens of an accent: a colour for the light, and one for the dark, which may be made of it."""
    if not asked:
        return {}
    pair = asked if isinstance(asked, list | tuple) else [asked]
    read = [Colour.read(text) if isinstance(text, str) else None for text in pair]
    colours = [colour for colour in read if colour]
    if not colours or len(colours) < len(read) or len(colours) > _PAIR:
        message = f'ACCENT is "{asked}"; write a colour such as "#0b5cad", or two, the second for the dark'
        problems.append(Problem(PATH, 1, "setting-value", message))
        return {}
    light, dark = colours[0], colours[1] if len(colours) == _PAIR else nearest(colours[0], papers[1], IN_THE_DARK)
    faults = list(_faint(pair, colours, papers))
    problems += faults
    if faults:
        return {}
    lines = light.mixed(papers[0], _OF_PAPER), dark.mixed(papers[1], _OF_PAPER)
    return {"--red": f"light-dark({light},{dark})", "--red-line": f"light-dark({lines[0]},{lines[1]})"}


def _faint(written: Any, colours: list[Colour], papers: tuple[Colour, Colour]) -> Iterator[Problem]:
    """Yield a problem for each colour in which words could not be read."""
    for text, colour, paper in zip(written, colours, papers, strict=False):
        if (ratio := contrast(colour, paper)) < LEAST:
            found = nearest(colour, paper, LEAST)
            message = (
                f'ACCENT has "{text}", whose contrast with the paper {paper} is {_told(ratio)}:1, and words need '
                f'{LEAST}:1; the nearest colour that has it is "{found}"'
            )
            yield Problem(PATH, 1, "accent-contrast", message)


def _told(ratio: float) -> str:
    """Return a ratio rounded down, so that what fails does not seem to pass."""
    return f"{int(ratio * 100) / 100:.2f}"
