"""A picture's file without what it says besides the picture."""

from __future__ import annotations

import io

import pytest
from PIL import Image, PngImagePlugin

from plugins.shared.picture_files import without_metadata
from tests.pictures import jpeg, moving, photograph, written


SECRET = "Somewhere 52N 13E"
ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825


def exif(orientation: int = 1) -> Image.Exif:
    tags = Image.Exif()
    tags[ORIENTATION], tags[MAKER] = orientation, SECRET
    tags.get_ifd(GPS)[1] = "N"
    return tags


def text() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", SECRET)
    info.add_itxt("XML:com.adobe.xmp", SECRET, zip=False)
    return info


FILES = {
    "JPEG": written(photograph(60, 40), "JPEG", exif=exif(), xmp=SECRET.encode(), comment=SECRET, progressive=True),
    "JPEG with more behind it": jpeg(60, 40) + jpeg(30, 20, comment=SECRET),
    "PNG": written(photograph(60, 40), "PNG", exif=exif(), pnginfo=text()),
    "GIF": moving("GIF", comment=SECRET),
    "WebP": written(photograph(60, 40), "WEBP", exif=exif(), xmp=SECRET.encode()),
    "moving WebP": moving("WEBP", exif=exif()),
    "moving PNG": moving("PNG", pnginfo=text()),
}


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_said(name: str) -> None:
    """Where, when and by whom is gone; each frame is as it was."""
    data = FILES[name]
    assert SECRET.encode() in data
    plain = without_metadata(data)
    assert SECRET.encode() not in plain
    before, after = Image.open(io.BytesIO(data)), Image.open(io.BytesIO(plain))
    assert not after.getexif()
    assert getattr(before, "n_frames", 1) == getattr(after, "n_frames", 1)
    for frame in range(getattr(before, "n_frames", 1)):
        before.seek(frame)
        after.seek(frame)
        assert before.convert("RGBA").tobytes() == after.convert("RGBA").tobytes()
    assert before.info.get("loop") == after.info.get("loop")
    assert without_metadata(plain) == plain


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_orientation_stays(kind: str) -> None:
    """Which side is up is said, and nothing else."""
    plain = without_metadata(written(photograph(60, 40), kind, exif=exif(6)))
    assert dict(Image.open(io.BytesIO(plain)).getexif()) == {ORIENTATION: 6}


def test_colours_stay() -> None:
    """A colour profile draws, and stays."""
    for kind in ("JPEG", "PNG", "WEBP"):
        plain = without_metadata(written(photograph(60, 40), kind, icc_profile=b"profile"))
        assert Image.open(io.BytesIO(plain)).info["icc_profile"] == b"profile"


HALVES = [data[: len(data) // 2] for data in FILES.values()]


@pytest.mark.parametrize("data", [b"", b"x", b"BM", b"RIFF", b"RIFF\x10\0\0\0WEBPVP8 ", *HALVES])
def test_broken(data: bytes) -> None:
    """What is no such file, or half of one, is refused."""
    with pytest.raises(ValueError, match=r"\w"):
        without_metadata(data)
