"""Write pictures into HTML: every browser takes the best file that it can, and knows its size before it is there."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from plugins.images.model import Drawing, Picture, Rendition
from plugins.shared import html


#: The class of the figures that take the margin, too, and of those that stand there.
WIDE, MARGIN = "wide", "margin"
_MIDDLE = 960  # pixels; what is shown where nobody can choose: in feeds, in other themes, by old browsers
_SUFFIXES = {"jpeg": "jpg"}
_OWN = ("src", "srcset", "sizes", "width", "height", "loading", "decoding")
_STILL = "(prefers-reduced-motion: reduce)"


@dataclass(frozen=True, slots=True)
class Setting:
    """How an image is shown: how wide, and whether at once. `base` is the path that the site's addresses begin with."""

    base: str
    sizes: str
    is_first: bool = False


def file_name(source: str, rendition: Rendition) -> str:
    """Return the file of the output that a rendition becomes: beside the original, by what it holds."""
    stem, _ = posixpath.splitext(source)
    suffix = _SUFFIXES.get(rendition.format, rendition.format)
    return f"{stem}-{rendition.width}.{rendition.digest[:10]}.{suffix}"


def middle(picture: Picture) -> Rendition:
    """Return what stands for all of a picture."""
    if picture.moving:
        return picture.moving
    return min(picture.for_all, key=lambda each: (abs(each.width - _MIDDLE), each.width))


def largest(picture: Picture) -> Rendition:
    return picture.for_all[-1]


def set_picture(image: html.Element, source: str, picture: Picture, setting: Setting) -> html.Element:
    """Put a picture around an image of a tree, and return it."""
    shown = middle(picture)
    sizes = _set_width(image, shown, setting)
    picture_element = html.parse("<picture></picture>")[0]
    html.replace(image, picture_element)
    for candidates, names in _sources(picture):
        attributes = {**names, "srcset": _set_of(source, candidates, setting.base), "sizes": sizes}
        picture_element.append(_element("source", attributes))
    image.set("src", address(setting.base, file_name(source, shown)))
    if not picture.moving and len(picture.for_all) > 1:
        image.set("srcset", _set_of(source, picture.for_all, setting.base))
        image.set("sizes", sizes)
    set_loading(image, is_first=setting.is_first)
    picture_element.append(image)
    return picture_element


def _sources(picture: Picture) -> Iterable[tuple[tuple[Rendition, ...], dict[str, str]]]:
    """Yield what browsers may choose from, with the attributes that say when."""
    media = {"media": _STILL} if picture.moving else {}
    for format_ in picture.formats if picture.moving else picture.formats[:-1]:
        yield picture.of(format_), {**media, "type": f"image/{format_}"}


def _set_width(image: html.Element, shown: Rendition, setting: Setting) -> str:
    """Give an image the size to reserve, and return how wide it is shown."""
    wanted = image.get("width", "")
    for name in _OWN:
        image.attrib.pop(name, None)
    width = int(wanted) if wanted.isascii() and wanted.isdecimal() and int(wanted[:6]) > 0 else 0
    image.set("width", str(width or shown.width))
    image.set("height", str(max(1, round((width or shown.width) * shown.height / shown.width))))
    return f"min({width}px, 100vw)" if width else setting.sizes


def set_drawing(image: html.Element, drawing: Drawing | None) -> None:
    """Give an image the size to reserve for a drawing, unless its author has."""
    wanted = image.get("width", "")
    if drawing and "height" not in image.attrib and (not wanted or (wanted.isascii() and wanted.isdecimal())):
        width = int(wanted) if wanted else drawing.width
        image.set("width", str(width))
        image.set("height", str(max(1, round(width * drawing.height / drawing.width))))


def set_loading(image: html.Element, *, is_first: bool) -> None:
    """Have an image wait until it is nearly seen, but for the first one."""
    if not is_first:
        image.set("loading", "lazy")
    image.set("decoding", "async")


def settle_figure(figure: html.Element, image: html.Element) -> None:
    """Give a figure the classes of its image, and the caption that its image names."""
    for name in image.attrib.pop("class", "").split():
        if name not in figure.get("class").split():
            figure.set("class", f"{figure.get('class')} {name}")
    title = image.attrib.pop("title", "")  # of an address that is defined elsewhere
    if title and (words := figure.find("figcaption")) is None:
        figure.append(html.parse(Markup("<figcaption>{}</figcaption>").format(title))[0])
    elif title:
        words.text = f"{title} {words.text or ''}"


def _element(tag: str, attributes: dict[str, str]) -> html.Element:
    element = html.parse(f"<{tag}>")[0]
    for name, value in attributes.items():
        element.set(name, value)
    return element


def _set_of(source: str, renditions: Iterable[Rendition], base: str) -> str:
    return ", ".join(f"{address(base, file_name(source, each))} {each.width}w" for each in renditions)


def address(base: str, name: str) -> str:
    """Return the address of a file of the output, from the root of its host."""
    return f"{base}/{quote(name)}"
