"""Read the words of the interface: a file for each language in the theme, and what the site puts in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Any, TypeAlias

import yaml
from markupsafe import escape

from plugins.press.scan import files_below
from plugins.shared.files import digest, site_path
from plugins.shared.plurals import CATEGORIES
from plugins.shared.problems import Problem
from plugins.shared.suggest import did_you_mean
from plugins.shared.words import FALLBACK, Languages, Plural, Word, Words
from plugins.shared.yaml_faults import explain, mark_of
from plugins.shared.yaml_lines import line_feeds


#: The folder of a theme, and of a site beside its content, that holds a file for each language.
FOLDER = "languages"
_WANTED: dict[type, str] = {str: "a text", list: "a list of texts", dict: 'texts by number, "one" and "other"'}
_MONTHS = 12
_TOLD = 5  # missing words that are named
_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")

#: A text, its forms by number, or a list, and the line that it stands in.
Entry: TypeAlias = tuple[str | dict[str, str] | list[str], int]


class _Broken(Exception):  # noqa: N818 - told as a problem of its file
    def __init__(self, line: int, code: str, message: str) -> None:
        super().__init__(message)
        self.line, self.code = line, code


def folder_of(content: Path) -> Path:
    """Return the folder of a site's own words."""
    return content.parent / FOLDER


def read(theme: Path, content: Path) -> tuple[Languages, list[Problem]]:
    """Return the words of a theme and a site in every language, and what is wrong with their files.

    A site's word takes the place of the theme's; the site's English file may add words. What a language lacks is
    English. A theme without English words has none.
    """
    problems: list[Problem] = []
    files = [(path, _read(path, site_path(path, content), problems)) for path in _files(theme, content)]
    english = [entries for path, entries in files if path.stem.lower() == FALLBACK and entries]
    reference = {name: entry for entries in reversed(english) for name, entry in entries.items()}
    if not any(path.is_relative_to(theme) for path, entries in files if path.stem.lower() == FALLBACK and entries):
        return Languages(), problems
    found: dict[str, dict[str, Entry]] = {}
    for path, entries in files:
        if entries:
            own = dict(_sound(entries, reference, site_path(path, content), problems))
            found[path.stem.lower()] = found.get(path.stem.lower(), {}) | own
    lasts = {path.stem.lower(): site_path(path, content) for path, _ in files}
    problems += [fault for tag, entries in found.items() if (fault := _incomplete(entries, reference, lasts[tag]))]
    return Languages({tag: _words(tag, entries, reference) for tag, entries in found.items()}), problems


def _incomplete(entries: Mapping[str, Entry], reference: Mapping[str, Entry], path: str) -> Problem | None:
    missing = [f'"{name}"' for name in reference if name not in entries]
    if not missing:
        return None
    words = ", ".join(missing[:_TOLD]) + (f" and {len(missing) - _TOLD} more" if len(missing) > _TOLD else "")
    return Problem(
        path, 1, "language-incomplete", f"{words} are said in English, as they are missing; add them", "warning"
    )


def _files(theme: Path, content: Path) -> Iterator[Path]:
    """Yield the files of words, those of the site last."""
    for folder in (theme / FOLDER, folder_of(content)):
        if folder.is_dir():
            yield from (path for path in files_below(folder) if path.suffix == ".yaml" and path.parent == folder)


def _read(path: Path, name: str, problems: list[Problem]) -> dict[str, Entry]:
    try:
        return dict(_entries(path.read_text("utf-8-sig"), path))
    except _Broken as fault:
        problems.append(Problem(name, fault.line, fault.code, str(fault)))
    except (OSError, ValueError, RecursionError) as error:
        problems.append(Problem(name, 1, "language-broken", f"cannot be read: {error}; write it in UTF-8"))
    return {}


def _entries(text: str, path: Path) -> Iterator[tuple[str, Entry]]:
    """Yield the names and values of a file. All values are texts: "no" is a word."""
    if not _TAG.fullmatch(path.stem.lower()):
        message = f'"{path.name}" is not named after a language; call it by a tag, such as "fr.yaml"'
        raise _Broken(1, "language-broken", message)
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        raise _Broken(line_feeds(text, mark_of(error).line) + 1, "language-broken", explain(error)) from None
    except yaml.YAMLError as error:
        raise _Broken(1, "language-broken", f"this is not YAML: {error}; delete what cannot be read") from None
    if root is None:
        return
    if not isinstance(root, yaml.MappingNode):
        raise _Broken(1, "language-broken", 'a file of words holds lines such as "notes: Notes"; write it so')
    for key, value in root.value:
        line = line_feeds(text, key.start_mark.line) + 1
        yield str(key.value), (_plain(value, str(key.value), line), line)


def _plain(node: Any, name: str, line: int) -> str | dict[str, str] | list[str]:
    match node:
        case yaml.ScalarNode():
            return str(node.value)
        case yaml.SequenceNode() if all(isinstance(part, yaml.ScalarNode) for part in node.value):
            return [str(part.value) for part in node.value]
        case yaml.MappingNode() if all(isinstance(part, yaml.ScalarNode) for pair in node.value for part in pair):
            return {str(key.value): str(value.value) for key, value in node.value}
    message = f'"{name}" holds more than a text, a list of texts, or texts by number; write one of these'
    raise _Broken(line, "language-value", message)


def _sound(
    entries: Mapping[str, Entry], reference: Mapping[str, Entry], path: str, problems: list[Problem]
) -> Iterator[tuple[str, Entry]]:
    for name, (value, line) in entries.items():
        if name not in reference:
            hint = did_you_mean(name, reference) or "; leave it out"
            problems.append(Problem(path, line, "language-word", f'no template says "{name}"{hint}'))
        elif fault := _fault(name, value, reference[name][0]):
            problems.append(Problem(path, line, "language-value", fault))
        else:
            yield name, (value, line)


def _fault(name: str, value: Any, like: Any) -> str:
    """Return what is wrong with a word, compared with the English one, or nothing."""
    if type(value) is not type(like):
        return f'"{name}" must be {_WANTED[type(like)]}'
    if isinstance(value, dict) and ("other" not in value or not value.keys() <= set(CATEGORIES)):
        return f'"{name}" has texts for {", ".join(value)}; write "other", and of {", ".join(CATEGORIES)} what it needs'
    if name == "months" and len(value) != _MONTHS:
        return f'"{name}" has {len(value)} names; write twelve'
    wanted_places = _places(like)
    try:
        found = _places(value)
    except ValueError as error:
        return f'"{name}": {error}; close its braces'
    if unknown := sorted(found - wanted_places):
        return f'"{name}" has a place "{{{unknown[0]}}}"{did_you_mean(unknown[0], wanted_places) or "; leave it out"}'
    if not isinstance(value, dict) and (missing := sorted(wanted_places - found)):
        return f'"{name}" lacks the place "{{{missing[0]}}}"; say where it goes'
    return ""


def _places(value: Any) -> frozenset[str]:
    """Return the places of a text, or of the texts in a value."""
    texts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]
    return frozenset(
        name + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "")
        for text in texts
        for _, name, spec, conversion in Formatter().parse(text)
        if name is not None
    )


def _words(tag: str, entries: Mapping[str, Entry], reference: Mapping[str, Entry]) -> Words:
    values = {
        name: (tag, entries[name][0]) if name in entries else (FALLBACK, reference[name][0]) for name in reference
    }
    told = digest(repr([tag, *sorted(values.items())]).encode())
    return Words(tag, tag, {name: _word(*value) for name, value in values.items()}, told)


def _word(tag: str, value: str | dict[str, str] | list[str]) -> Word:
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, list):
        return tuple(map(escape, value))
    return Plural(tag, {name: escape(text) for name, text in value.items()})
