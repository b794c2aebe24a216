"""Make a picture into the files that readers are sent: the same bytes from the same picture, wherever it is done."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import Any

from PIL import Image, ImageChops, ImageCms, ImageOps, UnidentifiedImageError

from plugins.images.model import Developed, Fault, Picture, Recipe, Rendition
from plugins.shared.files import digest
from plugins.shared.picture_files import without_metadata


Files = list[tuple[Rendition, bytes]]

_READ = ("AVIF", "GIF", "JPEG", "PNG", "WEBP")
_LOSSLESS = frozenset({"GIF", "PNG"})  # what drawings and screenshots come in
_MOVING = frozenset({"GIF", "PNG", "WEBP"})  # of another, only the first frame is shown
_FORMATS = {"MPO": "JPEG"}  # photographs of some cameras
_NEARLY = 0.9  # of the width of a picture: a narrower one is worth making
_COLOURS = 256  # of a palette
# One thread: with more, the number of cores would decide how a picture is cut up.
_OPTIONS: dict[str, dict[str, Any]] = {
    "avif": {"quality": 55, "speed": 6, "max_threads": 1, "autotiling": False},
    "webp": {"quality": 78, "method": 4},
    "jpeg": {"quality": 82, "optimize": True, "progressive": True},
    "png": {"optimize": True},
}
_EXACT = {"lossless": True, "quality": 90}


def develop(data: bytes, recipe: Recipe) -> Developed | Fault:
    """Return the files that a picture is made into, or why it cannot be shown."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of odd metadata, which nobody needs
        try:
            image = _opened(data)
            if image.width * image.height > recipe.max_pixels:
                size = f"{image.width:,} by {image.height:,} pixels are more than the {recipe.max_pixels:,}"
                return Fault("image-size", f"{size} of IMAGES_MAX_PIXELS; make it smaller")
            return _developed(data, image, recipe)
        except Exception as error:  # noqa: BLE001 - a broken picture may make Pillow raise anything
            return Fault("image-broken", f"it cannot be read ({_reason(error)}); save it anew")


def _opened(data: bytes) -> Any:
    Image.MAX_IMAGE_PIXELS = None  # the limit is the site's
    return Image.open(io.BytesIO(data), formats=_READ)


def _reason(error: Exception) -> str:
    if isinstance(error, UnidentifiedImageError):
        return "it is no AVIF, GIF, JPEG, PNG or WebP"
    return " ".join(str(error).split())[:100] or type(error).__name__


def _developed(data: bytes, image: Any, recipe: Recipe) -> Developed:
    format_ = _FORMATS.get(image.format, image.format)
    is_moving = format_ in _MOVING and getattr(image, "is_animated", False)
    image.draft(None, (recipe.widths[-1], recipe.widths[-1]))  # a large JPEG need not be read in full
    sized = list(_sized(_plain(image), recipe.widths))
    files = _files(sized, recipe.formats, is_lossless=format_ in _LOSSLESS)
    moving = _moving(data, format_.lower()) if is_moving else None
    picture = Picture(tuple(each for each, _ in files), moving[0] if moving else None)
    return Developed(picture, {each.digest: made for each, made in (*files, *([moving] if moving else []))})


def _plain(image: Any) -> Any:
    """Return the picture upright, in RGB or RGBA as sRGB has it, with nothing else to it."""
    image.load()
    image = ImageOps.exif_transpose(image)
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):  # 16 bits
        image = image.convert("I").point(lambda level: level / 256).convert("L")
    has_alpha = image.has_transparency_data
    if image.mode in {"P", "PA", "LA", "1"} or (has_alpha and image.mode != "RGBA"):
        image = image.convert("RGBA" if has_alpha else "RGB")
    image = _in_srgb(image, profile, "RGBA" if has_alpha else "RGB")
    if has_alpha and image.getextrema()[3][0] == 255:  # noqa: PLR2004 - opaque all over
        image = image.convert("RGB")
    image.info.clear()
    return image


def _in_srgb(image: Any, profile: bytes | None, mode: str) -> Any:
    if profile:
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):  # a broken profile, or of another colour space
            pass
    return image.convert(mode)


def _sized(image: Any, widths: tuple[int, ...]) -> Iterator[Any]:
    """Yield the picture at several widths, never larger than it is."""
    largest = min(image.width, widths[-1])
    for width in (*(each for each in widths if each <= largest * _NEARLY), largest):
        height = max(1, round(image.height * width / image.width))
        yield image if width == image.width else image.resize((width, height), Image.Resampling.LANCZOS)


def _files(sized: list[Any], formats: tuple[str, ...], *, is_lossless: bool) -> Files:
    """Return the files of a still, the best format first. A format that saves nothing is left out."""
    for_all, is_drawing = _for_all(sized, is_lossless=is_lossless)
    found = for_all
    if "webp" in formats:
        exact = _made(sized, "webp", **_EXACT) if is_lossless else []
        lossy = [] if is_drawing else _made(sized, "webp")
        found = _saving(min(filter(None, (exact, lossy)), key=_size), found)
    if "avif" in formats and not is_drawing:
        found = _saving(_made(sized, "avif"), found)
    return found


def _for_all(sized: list[Any], *, is_lossless: bool) -> tuple[Files, bool]:
    """Return the files that every browser takes, and whether the picture is a drawing: a PNG, and smaller as one."""
    if sized[-1].mode == "RGBA":
        return _made(sized, "png"), False
    photograph = _made(sized, "jpeg")
    if not is_lossless:
        return photograph, False
    drawing = _made(sized, "png")
    return (drawing, True) if _size(drawing) <= _size(photograph) else (photograph, False)


def _saving(files: Files, others: Files) -> Files:
    """Put the files of a better format before those of others, if they are smaller."""
    first = others[0][0].format
    return [*files, *others] if _size(files) < _size([each for each in others if each[0].format == first]) else others


def _size(files: Files) -> int:
    return sum(len(data) for _, data in files)


def _made(sized: list[Any], format_: str, **options: Any) -> Files:
    return [_file(image, format_, options) for image in sized]


def _file(image: Any, format_: str, options: dict[str, Any]) -> tuple[Rendition, bytes]:
    written = io.BytesIO()
    fit = _with_palette(image) if format_ == "png" else image
    fit.save(written, format_, **{**_OPTIONS[format_], **options})
    data = written.getvalue()
    return Rendition(format_, image.width, image.height, digest(data)), data


def _with_palette(image: Any) -> Any:
    """Return a drawing of few colours with a palette, if nothing is lost by it."""
    if image.mode != "RGB" or image.getcolors(_COLOURS) is None:
        return image
    fewer = image.quantize(_COLOURS, dither=Image.Dither.NONE)
    return image if ImageChops.difference(image, fewer.convert("RGB")).getbbox() else fewer


def _moving(data: bytes, format_: str) -> tuple[Rendition, bytes]:
    """Return a picture that moves as it is, without metadata."""
    with _opened(data) as image:
        width, height = image.size
    plain = without_metadata(data)
    return Rendition(format_, width, height, digest(plain)), plain
