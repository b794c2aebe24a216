"""Withhold the files that only sources mention which are not published: a draft's picture tells of the draft.

Judged by what is published, whoever wrote it: pages, lists, feeds, the theme, the settings, other files. Only what
nothing of these mentions is withheld, and only if a source that is not published does. A file that nobody mentions
stays, as others may link to it.
"""

from __future__ import annotations

import mmap
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from pelican.contents import Page

from plugins.press.manifest import names_in
from plugins.press.mentions import LARGE, Text
from plugins.shared.problems import problems_of


# Files that lead nowhere.
_OPAQUE = tuple(
    ".aac .avi .avif .bmp .eot .epub .flac .gif .gz .ico .jpeg .jpg .m4a .mov .mp3 .mp4 .ogg .opus .otf .pdf .png .tar "
    ".tif .tiff .ttf .wav .webm .webp .woff .woff2 .zip".split()
)
_Names = tuple[str, str]


def shown(files: Iterable[Any], context: Mapping[str, Any], settings: Mapping[str, Any], output: Path) -> list[Any]:
    """Return the static files to publish, and have the build's last line say how many there are besides.

    `context` is Pelican's; `output` is where everything else has been written.
    """
    content = Path(settings["PATH"])
    names = {(file.get_relative_source_path(), posixpath.normpath(file.save_as)): file for file in files}
    unpublished = (_text(content / source, source) for source in _unpublished(context["generated_content"]))
    doubtful = _reached(names.keys(), unpublished, content)
    if not doubtful:
        return list(names.values())
    withheld = doubtful - _reached(doubtful, _published(names.keys() - doubtful, settings, output), content)
    if withheld:
        count = f"{len(withheld)} file{'s' if len(withheld) > 1 else ''}"
        problems_of(settings).remark(f"{count} withheld that only unpublished sources mention")
    return [file for each, file in names.items() if each not in withheld]


def _unpublished(sources: Mapping[str, Any]) -> Iterator[str]:
    for name, content in sources.items():
        # A hidden page is one that only texts lead to.
        if content is None or not (
            content.status == "published" or (content.status == "hidden" and isinstance(content, Page))
        ):
            yield name


def _published(others: Iterable[_Names], settings: Mapping[str, Any], output: Path) -> Iterator[Text]:
    """Yield what decides: the settings, what has been written, the files that are published in any case."""
    yield Text("", "\n".join(_words(settings)).encode("utf-8", "surrogateescape"))
    yield from (_text(output / name, name) for name in names_in(output))
    yield from (_text(Path(settings["PATH"]) / source, name) for source, name in others)


def _reached(files: Iterable[_Names], texts: Iterable[Text], content: Path) -> set[_Names]:
    """Return those of the files that a text mentions, or a file that is mentioned itself."""
    left, found = set(files), list[_Names]()
    for text in chain(texts, (_text(content / source, name) for source, name in found)):  # which grows on the way
        new = {each for each in left if text.mentions(each)}
        left -= new
        found += new
        if not left:
            break
    return set(found)


def _text(path: Path, name: str) -> Text:
    if path.suffix.lower() in _OPAQUE:
        return Text(name, b"")
    try:
        if path.stat().st_size <= LARGE:
            return Text(name, path.read_bytes())
        with path.open("rb") as file:
            return Text(name, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except OSError:  # whoever copies it says so
        return Text(name, b"")


def _words(value: Any) -> Iterator[str]:
    """Yield the texts in a setting or in all of them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from chain.from_iterable(map(_words, chain.from_iterable(value.items())))
    elif isinstance(value, list | tuple | set | frozenset):
        yield from chain.from_iterable(map(_words, value))
