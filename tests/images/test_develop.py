"""What is made of a picture: sizes, formats, colours, and nothing else."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from typing import Any

import pytest
from PIL import Image, ImageCms

from plugins.images.develop import develop
from plugins.images.model import Developed, Fault, Recipe
from tests.conftest import ROOT
from tests.pictures import drawing, jpeg, moving, photograph, written


RECIPE = Recipe((480, 960, 1600), ("avif", "webp"), 50_000_000)
SMALL = Recipe((100, 200), ("avif", "webp"), 50_000_000)
SECRET = b"Somewhere 52N 13E"
ORIENTATION, MAKER = 0x0112, 0x010F


def made(data: bytes, recipe: Recipe = SMALL) -> Developed:
    found = develop(data, recipe)
    assert isinstance(found, Developed), found
    return found


def images(found: Developed) -> list[tuple[str, Image.Image]]:
    """Return each file as Pillow reads it, with the format that it is said to have."""
    return [(each.format, Image.open(io.BytesIO(found.files[each.digest]))) for each in found.picture.all]


def exif(orientation: int = 1) -> Image.Exif:
    tags = Image.Exif()
    tags[ORIENTATION], tags[MAKER] = orientation, SECRET.decode()
    return tags


def test_sizes_and_formats() -> None:
    """A photograph becomes AVIF, WebP and JPEG at each width that is smaller than it, and at its own."""
    found = made(jpeg(1200, 800), RECIPE)
    sizes = [(480, 320), (960, 640), (1200, 800)]
    assert [(each.format, (each.width, each.height)) for each in found.picture.renditions] == [
        (name, size) for name in found.picture.formats for size in sizes
    ]
    assert found.picture.formats[-1] == "jpeg"
    for name, image in images(found):
        assert image.format == name.upper()
        assert image.mode == "RGB"
    each = found.picture.renditions[0]
    assert Image.open(io.BytesIO(found.files[each.digest])).size == (each.width, each.height)


@pytest.mark.parametrize(("width", "widths"), [(90, [90]), (105, [105]), (150, [100, 150]), (900, [100, 200])])
def test_never_enlarged(width: int, widths: list[int]) -> None:
    """No file is larger than the picture, nor nearly as large as another."""
    assert [each.width for each in made(jpeg(width, 60)).picture.for_all] == widths


def test_formats_of_the_site() -> None:
    """A site may choose the formats; JPEG or PNG is always there."""
    assert made(jpeg(150, 100), Recipe((100,), (), 10**6)).picture.formats == ("jpeg",)
    assert set(made(jpeg(150, 100), Recipe((100,), ("webp",), 10**6)).picture.formats) <= {"webp", "jpeg"}


def test_what_saves_nothing_is_left_out() -> None:
    """Each format is smaller than the next."""
    found = made(jpeg(1200, 800), RECIPE)
    sizes = [sum(len(found.files[each.digest]) for each in found.picture.of(name)) for name in found.picture.formats]
    assert sizes == sorted(sizes)


def test_transparency_stays() -> None:
    """A picture that lets the page through does so in each format."""
    found = made(drawing(mode="RGBA"))
    assert found.picture.formats[-1] == "png"
    for _, image in images(found):
        assert image.convert("RGBA").getpixel((2, 2))[3] == 0  # type: ignore[index]


def test_drawings_stay_sharp() -> None:
    """A PNG that is smaller than a JPEG stays one, and is not made into anything that loses some of it."""
    found = made(drawing(200, 150))
    assert "jpeg" not in found.picture.formats
    assert "avif" not in found.picture.formats
    sharp = [image for _, image in images(found) if image.size == (200, 150)]
    assert sharp
    for image in sharp:
        assert image.convert("RGB").tobytes() == Image.open(io.BytesIO(drawing(200, 150))).tobytes()


def test_a_photograph_as_png() -> None:
    """A PNG that would be larger than a JPEG becomes one."""
    noise = Image.effect_noise((200, 200), 80)
    assert made(written(Image.merge("RGB", (noise, noise, noise)), "PNG")).picture.formats[-1] == "jpeg"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_no_metadata(kind: str) -> None:
    """Nothing is left of what a camera wrote."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    options: dict[str, Any] = {"exif": exif(), "icc_profile": profile}
    if kind != "PNG":
        options["xmp"] = b"<x>" + SECRET + b"</x>"
    data = written(
        photograph(150, 100), kind, **{name: value for name, value in options.items() if kind != "PNG" or name != "xmp"}
    )
    assert SECRET in data
    found = made(data)
    for _, image in images(found):
        assert not image.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment"} & image.info.keys()
    assert not any(SECRET in each for each in found.files.values())


def test_upright() -> None:
    """A picture that was taken sideways stands upright."""
    found = made(written(photograph(300, 200), "JPEG", exif=exif(6)))
    assert [(each.width, each.height) for each in found.picture.for_all] == [(100, 150), (200, 300)]


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "CMYK", "I;16", "RGBA"])
def test_modes(mode: str) -> None:
    """Whatever a picture's colours are kept as, they are shown."""
    plain = photograph(120, 80)
    image = plain.convert("L" if mode == "I;16" else mode)
    if mode == "I;16":
        image = image.convert("I").point(lambda level: level * 256).convert("I;16")
    kind = "JPEG" if mode == "CMYK" else "PNG"
    found = made(written(image, kind))
    grey = Image.open(io.BytesIO(found.files[found.picture.for_all[-1].digest])).convert("L")
    assert abs(grey.resize((1, 1)).getpixel((0, 0)) - plain.convert("L").resize((1, 1)).getpixel((0, 0))) < 25  # type: ignore[operator]


def test_a_broken_profile() -> None:
    """A colour profile that is none is passed over."""
    assert made(written(photograph(120, 80), "JPEG", icc_profile=b"no profile"))


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_moving(kind: str) -> None:
    """A picture that moves stays as it is, without metadata, and its first frame is there for who wants it still."""
    found = made(moving(kind, **({"comment": SECRET} if kind == "GIF" else {"exif": exif()} if kind == "WEBP" else {})))
    assert found.picture.moving is not None
    data = found.files[found.picture.moving.digest]
    assert SECRET not in data
    image = Image.open(io.BytesIO(data))
    assert (image.format, getattr(image, "n_frames", 1), image.size) == (kind, 3, (60, 40))
    assert {each.format for each in found.picture.renditions} <= {"webp", "png", "jpeg", "avif"}
    for each in found.picture.renditions:
        assert getattr(Image.open(io.BytesIO(found.files[each.digest])), "n_frames", 1) == 1


HALVES = (jpeg(300, 200)[:2000], drawing()[:200], moving("GIF")[:60])


@pytest.mark.parametrize("data", [b"", b"x", b"<svg/>", b"GIF89a", b"BM" + bytes(60), *HALVES])
def test_broken(data: bytes) -> None:
    """What is no picture, or half of one, is named."""
    found = develop(data, SMALL)
    assert isinstance(found, Fault)
    assert found.code == "image-broken"


def test_bombs() -> None:
    """A picture of more pixels than the site allows is not unpacked."""
    data = written(Image.new("1", (40_000, 40_000)), "PNG")
    assert len(data) < 300_000
    assert develop(data, RECIPE) == Fault(
        "image-size", "40,000 by 40,000 pixels are more than the 50,000,000 of IMAGES_MAX_PIXELS; make it smaller"
    )


def test_same_bytes_everywhere() -> None:
    """The same picture becomes the same files in another process, of whatever locale, zone and hash seed."""
    program = (
        "import sys; from plugins.images.develop import develop; from plugins.images.model import Recipe;"
        "print(sorted(develop(sys.stdin.buffer.read(), Recipe((100, 200), ('avif', 'webp'), 10**6)).files))"
    )
    data = jpeg(300, 200)
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", program], input=data, capture_output=True, env=environment, check=True)
    assert done.stdout.decode().strip() == str(sorted(made(data).files))
