"""Withhold the files that only sources mention which are not published: a draft's picture tells of the draft.

Judged by what is published, whoever wrote it: pages, lists, feeds, the theme, the settings, other files. Only what
nothing of these mentions is withheld, and only if a source that is not published does. A file that nobody mentions
stays, as others may link to it.
"""

from __future__ import annotations

import mmap
import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from pelican.contents import Page

from plugins.press.mentions import LARGE, Text
from plugins.press.model import Leaf
from plugins.shared.problems import problems_of


# Files that lead nowhere.
_OPAQUE = tuple(
    ".aac .avi .avif .bmp .eot .epub .flac .gif .gz .ico .jpeg .jpg .m4a .mov .mp3 .mp4 .ogg .opus .otf .pdf .png .tar "
    ".tif .tiff .ttf .wav .webm .webp .woff .woff2 .zip".split()
)
_Names = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Unshown:
    """The files that are withheld, and the suffixes of those that an edit of a page might withhold or publish."""

    names: frozenset[str] = frozenset()
    suffixes: tuple[str, ...] = ()


def withhold(
    leaves: dict[str, Leaf], generators: Iterable[Any], path_of: Callable[[str], Path], made: Collection[str] = ()
) -> Unshown:
    """Take what is withheld out of the files of an output, and have the build's last line say how much that is.

    `path_of` tells where a file is until the output is in its place. Files that plugins have `made` say again what
    pages say.
    """
    statics = next((generator for generator in generators if hasattr(generator, "staticfiles")), None)
    if statics is None:
        return Unshown()
    doubtful = _doubtful(statics, leaves, path_of)
    sure = leaves.keys() - {name for _, name in doubtful}
    texts = chain([of_settings(statics.settings)], (text_of(path_of(name), name) for name in sure - set(made)))
    withheld = frozenset(name for _, name in doubtful - _reached(doubtful, texts, path_of)) | _own(statics, leaves)
    for name in withheld:
        if leaves[name].is_new:
            path_of(name).unlink()
        del leaves[name]
    if withheld:
        count = f"{len(withheld)} file{'s' if len(withheld) > 1 else ''}"
        problems_of(statics.settings).remark(f"{count} withheld that only unpublished sources mention")
    return Unshown(withheld, tuple(sorted({posixpath.splitext(name)[1] for _, name in doubtful})))


def _own(statics: Any, leaves: Collection[str]) -> frozenset[str]:
    """Return the files that are unpublished sources themselves: STATIC_EXCLUDE_SOURCES may ask for sources."""
    hidden = {source for source, _ in filter(_is_unpublished, statics.context["generated_content"].items())}
    copies = {posixpath.normpath(file.save_as): file.get_relative_source_path() for file in statics.staticfiles}
    return frozenset(name for name, source in copies.items() if source in hidden and name in leaves)


def tells_of_others(old: bytes, new: bytes, suffixes: Collection[str]) -> bool:
    """Tell whether a page mentions other files than before, of those with these suffixes."""
    if not suffixes:
        return False
    ends = "|".join(re.escape(suffix) for suffix in suffixes)
    pattern = re.compile(rf"""[^\s"'()<>]*(?:{ends})(?![^\W_]|-)""".encode())
    return set(pattern.findall(old)) != set(pattern.findall(new))


def _doubtful(statics: Any, leaves: Collection[str], path_of: Callable[[str], Path]) -> set[_Names]:
    """Return the static files, by their names as source and in the output, that an unpublished source leads to."""
    content = Path(statics.settings["PATH"])
    named = ((file.get_relative_source_path(), posixpath.normpath(file.save_as)) for file in statics.staticfiles)
    files = [(source, name) for source, name in named if name in leaves]
    unpublished = filter(_is_unpublished, statics.context["generated_content"].items())
    return _reached(files, (text_of(content / source, source) for source, _ in unpublished), path_of)


def _is_unpublished(source: tuple[str, Any]) -> bool:
    content = source[1]
    # A hidden page is one that only texts lead to.
    return content is None or not (
        content.status == "published" or (content.status == "hidden" and isinstance(content, Page))
    )


def _reached(files: Iterable[_Names], texts: Iterable[Text], path_of: Callable[[str], Path]) -> set[_Names]:
    """Return those of the files that a text mentions, or a file that is mentioned itself."""
    left, found = set(files), list[_Names]()
    for text in chain(texts, (text_of(path_of(name), name) for _, name in found)):  # which grows on the way
        new = {each for each in left if text.mentions(each)}
        left -= new
        found += new
        if not left:
            break
    return set(found)


def text_of(path: Path, name: str) -> Text:
    """Return the text of a file that may lead to others; one that cannot is empty."""
    if path.suffix.lower() in _OPAQUE:
        return Text(name, b"")
    try:
        if path.stat().st_size <= LARGE:
            return Text(name, path.read_bytes())
        with path.open("rb") as file:
            return Text(name, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except OSError:  # whoever needs it says so
        return Text(name, b"")


def of_settings(settings: Mapping[str, Any]) -> Text:
    """Return all texts in settings as one."""
    return Text("", "\n".join(_words(settings)).encode("utf-8", "surrogateescape"))


def _words(value: Any) -> Iterator[str]:
    """Yield the texts in a setting or in all of them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from chain.from_iterable(map(_words, chain.from_iterable(value.items())))
    elif isinstance(value, list | tuple | set | frozenset):
        yield from chain.from_iterable(map(_words, value))
