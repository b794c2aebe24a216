"""Show the pictures of a text: HTML in, HTML out, and what it shows and links to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from markupsafe import Markup

from plugins.images import markup
from plugins.images.markup import MARGIN, WIDE, Setting
from plugins.images.model import Drawing, Fault, Picture, Sizes
from plugins.images.names import FIGURE
from plugins.images.sources import Place
from plugins.shared import html


Find = Callable[[str], Picture | Drawing | Fault | None]
_NEAR = 3  # blocks of a text whose pictures are seen at once


@dataclass(slots=True)
class Shown:
    """What a text shows: files of the output with their digests, by source; faults with the address as written."""

    files: dict[str, dict[str, str]] = field(default_factory=dict)
    faults: list[tuple[str, Fault]] = field(default_factory=list)

    def take(self, source: str, picture: Picture) -> None:
        self.files[source] = {markup.file_name(source, each): each.digest for each in picture.all}


def images_in(text: str, place: Place) -> list[str]:
    """Return the sources that the images of a text show."""
    sources = (place.source_of(image.get("src", "")) for image in _images(html.parse(text)))
    return [source for source in sources if source]


def _images(root: html.Element) -> list[html.Element]:
    """Return the images of a text; one whose author has chosen by hand what each browser takes is left alone."""
    return [image for image in root.iter("img") if image.getparent().tag != "picture"]


def show(text: str, place: Place, find: Find, sizes: Sizes, *, has_lead: bool) -> tuple[str, Shown]:
    """Return a text with its pictures. If it `has_lead`, a picture stands above it."""
    root, shown = html.parse(text), Shown()
    may_be_first = not has_lead
    for image in _images(root):
        figure = image.getparent() if _is_figure(image.getparent()) else None
        is_near = root.index(html.top_block(image, root)) < _NEAR
        setting = Setting(place.base, _width(image, figure, sizes), may_be_first and is_near)
        may_be_first = False
        if figure is not None:
            markup.settle_figure(figure, image)
        _show_image(image, place, find, setting, shown)
    return html.serialise(root), shown


def _is_figure(element: html.Element) -> bool:
    return element.tag == "figure" and FIGURE in element.get("class", "").split()


def _width(image: html.Element, figure: html.Element | None, sizes: Sizes) -> str:
    """Return how wide an image is shown, by its classes and those of its figure."""
    names = {name for each in (image, figure) if each is not None for name in each.get("class", "").split()}
    if WIDE in names:
        return sizes.wide
    return sizes.margin if MARGIN in names and figure is not None else sizes.text


def _show_image(image: html.Element, place: Place, find: Find, setting: Setting, shown: Shown) -> None:
    address = image.get("src", "")
    source = place.source_of(address)
    found = find(source) if source else None
    if isinstance(found, Fault):
        shown.faults.append((address, found))
    if source and isinstance(found, Picture):
        shown.take(source, found)
        markup.set_picture(image, source, found, setting)
        return
    markup.set_drawing(image, found if isinstance(found, Drawing) else None)
    markup.set_loading(image, is_first=setting.is_first)


def lead(source: str, alt: str, found: Picture | Drawing | None, place: Place, sizes: Sizes) -> tuple[Markup, Shown]:
    """Return the picture above a text as HTML, to be seen at once."""
    shown = Shown()
    root = html.parse("<img>")
    image = root[0]
    image.set("src", markup.address(place.base, source))
    image.set("alt", alt)
    image.set("fetchpriority", "high")
    setting = Setting(place.base, sizes.wide, is_first=True)
    if isinstance(found, Picture):
        shown.take(source, found)
        markup.set_picture(image, source, found, setting)
    else:
        markup.set_drawing(image, found)
        markup.set_loading(image, is_first=True)
    return Markup(html.serialise(root)), shown  # noqa: S704 - made here, of escaped values
