"""Show the pictures of an article or page."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any

from plugins.images import showing
from plugins.images.desk import Desk
from plugins.images.markup import file_name, largest
from plugins.images.model import Fault, Picture, Sizes
from plugins.images.names import ENDINGS
from plugins.images.sources import Place
from plugins.shared.contents import path_of
from plugins.shared.lines import lines_of_address
from plugins.shared.problems import Problem, problems_of


_SHORT_TEXTS = ("summary", "standfirst")


def _place(content: Any, desk: Desk) -> Place:
    settings = content.settings
    page = posixpath.dirname(content.save_as) if content.metadata else None  # what is spoilt has no address
    copied = tuple(f"{PurePath(path).as_posix()}/" for path in settings["STATIC_PATHS"])
    return Place(content.relative_dir, page, content.get_siteurl(), copied, desk.has)


def sources_of(content: Any, desk: Desk) -> Iterator[str]:
    """Yield the pictures that a text shows."""
    if "<img" in content._content:  # noqa: SLF001 - as above
        yield from showing.images_in(content._content, _place(content, desk))  # noqa: SLF001 - as above
    if image := getattr(content, "image", None):
        yield image["src"]


def show(content: Any, desk: Desk, sizes: Sizes) -> None:
    """Show the pictures of a text, and say what is wrong with them."""
    place, image = _place(content, desk), getattr(content, "image", None)
    shown = showing.Shown()
    if "<img" in content._content:  # noqa: SLF001 - as above
        content._content, shown = showing.show(content._content, place, desk.find, sizes, has_lead=bool(image))  # noqa: SLF001
    if image:
        _show_lead(content, image, desk, sizes, shown)
    rendered = "".join((content._content, *(str(content.metadata.get(name, "")) for name in _SHORT_TEXTS)))  # noqa: SLF001
    content.pictures = {"shown": shown.files, "linked": _pictures_in(rendered, place)}
    problems_of(content.settings).extend(_problems(content, shown))


def _pictures_in(html: str, place: Place) -> list[str]:
    """Return the pictures that addresses in HTML lead to."""
    return sorted({name for name in place.sources_in(html) if name.lower().endswith(ENDINGS)})


def _show_lead(content: Any, image: Mapping[str, str], desk: Desk, sizes: Sizes, shown: showing.Shown) -> None:
    source = image["src"]
    found = desk.find(source)
    if isinstance(found, Fault):
        shown.faults.append((source, found))
        return
    content.lead_picture, files = showing.lead(source, image.get("alt", ""), found, _place(content, desk), sizes)
    shown.files |= files.files
    content.image_file = file_name(source, largest(found)) if isinstance(found, Picture) else source


def _problems(content: Any, shown: showing.Shown) -> Iterator[Problem]:
    for address, fault in shown.faults:
        for line in lines_of_address(address, content.source_text):
            yield Problem(path_of(content), line, fault.code, f'the image "{address}": {fault.message}')
