"""Take out of a picture's file what it says besides the picture: where it was taken and when, by whom, with what.

The picture itself is not touched, and no part of it decoded. What stays is what draws: colours (a profile too), frames,
and which side is up.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator


_PNG, _JPEG, _GIF = b"\x89PNG\r\n\x1a\n", b"\xff\xd8", (b"GIF87a", b"GIF89a")
_PNG_KEPT = frozenset(b"tRNS cHRM gAMA iCCP sBIT sRGB bKGD pHYs sPLT hIST acTL fcTL fdAT cICP mDCV cLLI".split())
_WEBP_KEPT = frozenset([b"VP8X", b"ICCP", b"ANIM", b"ANMF", b"ALPH", b"VP8 ", b"VP8L"])
_GIF_KEPT = (b"NETSCAPE2.0", b"ANIMEXTS1.0")  # how often it is played
# Begin of the application data of a JPEG that say how to draw it.
_JPEG_KEPT = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
_SOS, _EOI, _EXIF, _COMMENT = 0xDA, 0xD9, 0xE1, 0xFE
_EXIF_HEADER = b"Exif\0\0"
_EXIF_FLAG, _XMP_FLAG = 0x08, 0x04
_ORIENTATION = 0x0112


def without_metadata(data: bytes) -> bytes:
    """Return a GIF, JPEG, PNG or WebP without metadata; raise `ValueError` for anything else, and for a broken one."""
    try:
        if data.startswith(_JPEG):
            return _jpeg(data)
        if data.startswith(_PNG):
            return _png(data)
        if data.startswith(_GIF):
            return _gif(data)
        if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
            return _webp(data)
    except (IndexError, struct.error) as error:
        raise ValueError("the file ends too soon") from error
    raise ValueError("this is no GIF, JPEG, PNG or WebP")


def _jpeg(data: bytes) -> bytes:
    parts, at = [_JPEG], 2
    while data[at] == 0xFF:  # noqa: PLR2004 - what each marker begins with
        marker = data[at + 1]
        if marker == 0xFF:  # noqa: PLR2004 - padding
            at += 1
            continue
        if marker == _EOI:
            return b"".join((*parts, data[at : at + 2]))  # what follows is for other programs
        end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        body = data[at + 4 : end]
        end = _end_of_scan(data, end) if marker == _SOS else end
        if marker == _EXIF and body.startswith(_EXIF_HEADER):
            if side := _orientation(body[6:]):
                exif = _EXIF_HEADER + _exif(side)
                parts.append(struct.pack(">BBH", 0xFF, _EXIF, len(exif) + 2) + exif)
        elif _is_kept(marker, body):
            parts.append(data[at:end])
        at = end
    raise ValueError("the JPEG is broken")


def _is_kept(marker: int, body: bytes) -> bool:
    if marker in _JPEG_KEPT:
        return body.startswith(_JPEG_KEPT[marker])
    return marker != _COMMENT and not 0xE0 <= marker <= 0xEF  # noqa: PLR2004 - application data


def _end_of_scan(data: bytes, at: int) -> int:
    """Return where the next marker is that does not belong to the scan which begins here."""
    while True:
        at = data.index(b"\xff", at)
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:  # noqa: PLR2004 - a byte of 255, a restart
            return at
        at += 2


def _png(data: bytes) -> bytes:
    parts, at = [_PNG], len(_PNG)
    while True:
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            raise ValueError("the PNG ends too soon")
        if kind == b"eXIf" and (side := _orientation(data[at + 8 : end - 4])):
            parts.append(_png_chunk(kind, _exif(side)))
        elif kind[:1].isupper() or kind in _PNG_KEPT:
            parts.append(data[at:end])
        if kind == b"IEND":
            return b"".join(parts)
        at = end


def _png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _webp(data: bytes) -> bytes:
    parts, side = [], 0
    for kind, body in _chunks(data, 12, min(len(data), 8 + struct.unpack_from("<I", data, 4)[0])):
        if kind == b"EXIF":
            side = _orientation(body.removeprefix(_EXIF_HEADER))
        elif kind in _WEBP_KEPT:
            parts.append((kind, body))
    if parts[0][0] == b"VP8X":
        flags = parts[0][1][0] & ~(_EXIF_FLAG | _XMP_FLAG)
        parts[0] = b"VP8X", bytes([flags | (_EXIF_FLAG if side else 0)]) + parts[0][1][1:]
        parts += [(b"EXIF", _exif(side))] if side else []
    body = b"WEBP" + b"".join(
        kind + struct.pack("<I", len(part)) + part + b"\0" * (len(part) % 2) for kind, part in parts
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _chunks(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, bytes]]:
    while at < end:
        kind, length = struct.unpack_from("<4sI", data, at)
        if at + 8 + length > len(data):
            raise ValueError("the WebP ends too soon")
        yield kind, data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _gif(data: bytes) -> bytes:
    at = 13 + _palette(data[10])
    parts = [data[:at]]
    while data[at] != 0x3B:  # noqa: PLR2004 - the end
        if data[at] == 0x21:  # noqa: PLR2004 - an extension
            end = _end_of_blocks(data, at + 2)
            is_kept = data[at + 1] != _COMMENT and (data[at + 1] != 0xFF or data[at + 3 : at + 14] in _GIF_KEPT)  # noqa: PLR2004 - of an application
        elif data[at] == 0x2C:  # noqa: PLR2004 - a frame
            end, is_kept = _end_of_blocks(data, at + 11 + _palette(data[at + 9])), True
        else:
            raise ValueError("the GIF is broken")
        parts += [data[at:end]] if is_kept else []
        at = end
    return b"".join((*parts, b"\x3b"))


def _palette(flags: int) -> int:
    """Return the bytes of the palette that these flags speak of."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _end_of_blocks(data: bytes, at: int) -> int:
    while data[at]:
        at += 1 + data[at]
    return at + 1


def _orientation(exif: bytes) -> int:
    """Return which side is up, as EXIF numbers it, or 0 for the usual one."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None:
        return 0
    try:
        at = struct.unpack_from(f"{order}I", exif, 4)[0]
        for entry in range(struct.unpack_from(f"{order}H", exif, at)[0]):
            tag, _kind, _count, value = struct.unpack_from(f"{order}HHIH", exif, at + 2 + 12 * entry)
            if tag == _ORIENTATION:
                return value if 1 < value <= 8 else 0  # noqa: PLR2004 - eight ways to hold a camera
    except struct.error:
        pass
    return 0


def _exif(side: int) -> bytes:
    """Return EXIF that says which side is up and nothing else."""
    return b"MM\0*\0\0\0\x08" + struct.pack(">HHHIHHI", 1, _ORIENTATION, 3, 1, side, 0, 0)
