"""The same picture without what it tells of its making: place, time, camera, programs, thumbnails.

Containers are copied part by part, so that not one pixel changes. Only what a picture needs to be
drawn is kept, its colours, its movement and which way up it is; all else is left out, known or not.
"""

import struct
import zlib
from collections.abc import Iterator

_EXIF = b"Exif\x00\x00"

_PNG_START = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD pHYs acTL fcTL fdAT".split()
)
_WEBP_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_WEBP_EXIF, _WEBP_XMP = 0x08, 0x04

_SCAN, _END = 0xDA, 0xD9
_ALONE = frozenset((0x01, *range(0xD0, 0xD8)))  # Markers without a length.
_COMMENT, _FIRST_APPLICATION, _LAST_APPLICATION = 0xFE, 0xE0, 0xEF
_JFIF = 0xE0
_JPEG_KEPT = {_JFIF: b"JFIF\x00", 0xE2: b"ICC_PROFILE\x00", 0xEE: b"Adobe"}

_GIF_EXTENSION, _GIF_PICTURE = 0x21, 0x2C
_GIF_CONTROL, _GIF_APPLICATION = 0xF9, 0xFF
_GIF_LOOPS = (b"\x0bNETSCAPE2.0", b"\x0bANIMEXTS1.0")


def without_facts(kind: str, content: bytes, orientation: bytes) -> bytes:
    """A picture of one of the four kinds; `orientation` is all that Exif may say, or nothing.

    Whatever is no whole picture may raise any error.
    """
    parts = {"JPEG": _jpeg, "PNG": _png, "WEBP": _webp, "GIF": _gif}[kind](content, orientation)
    return b"".join(parts)


def _jpeg(content: bytes, orientation: bytes) -> Iterator[bytes]:
    yield content[:2]
    if orientation:
        yield b"\xff\xe1" + struct.pack(">H", len(orientation) + 2) + orientation
    place = 2
    while place < len(content):
        marker, place = _next_marker(content, place)
        if marker == _END:
            break  # Phones put films and further pictures behind it.
        if marker in _ALONE:
            yield bytes((0xFF, marker))
            continue
        (length,) = struct.unpack_from(">H", content, place)
        segment = content[place : place + length]
        place += length
        if _is_drawn(marker, segment[2:]):
            yield bytes((0xFF, marker)) + (_bare_jfif(segment) if marker == _JFIF else segment)
        if marker == _SCAN:
            end = _end_of_scan(content, place)
            yield content[place:end]
            place = end
    yield bytes((0xFF, _END))


def _next_marker(content: bytes, place: int) -> tuple[int, int]:
    """The marker that follows, and where it ends; it may be filled up with any number of 0xFF."""
    place = content.index(0xFF, place)
    while content[place] == 0xFF:  # noqa: PLR2004 -- JPEG's own number.
        place += 1
    return content[place], place + 1


def _is_drawn(marker: int, data: bytes) -> bool:
    if _FIRST_APPLICATION <= marker <= _LAST_APPLICATION:
        return marker in _JPEG_KEPT and data.startswith(_JPEG_KEPT[marker])
    return marker != _COMMENT


def _bare_jfif(segment: bytes) -> bytes:
    """The density of the points without the thumbnail that may follow it."""
    return b"\x00\x10" + segment[2:14].ljust(12, b"\x00") + b"\x00\x00"


def _end_of_scan(content: bytes, place: int) -> int:
    """Where the next marker begins; zero after 0xFF is data, and some markers lie in the data."""
    while True:
        place = content.find(0xFF, place)
        if place < 0 or place + 1 >= len(content):
            return len(content)
        if content[place + 1] != 0 and content[place + 1] not in _ALONE:
            return place
        place += 2


def _png(content: bytes, orientation: bytes) -> Iterator[bytes]:
    yield _PNG_START
    place = len(_PNG_START)
    while place < len(content):
        (length,) = struct.unpack_from(">I", content, place)
        name = content[place + 4 : place + 8]
        if name in _PNG_KEPT:
            yield content[place : place + 12 + length]
        if name == b"IHDR" and orientation:
            yield _png_chunk(b"eXIf", orientation.removeprefix(_EXIF))
        if name == b"IEND":
            return
        place += 12 + length


def _png_chunk(name: bytes, data: bytes) -> bytes:
    body = name + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def _webp(content: bytes, orientation: bytes) -> Iterator[bytes]:
    chunks = list(_webp_chunks(content, bool(orientation)))
    if orientation:
        chunks.append(_riff_chunk(b"EXIF", orientation.removeprefix(_EXIF)))
    body = b"WEBP" + b"".join(chunks)
    yield b"RIFF" + struct.pack("<I", len(body)) + body


def _webp_chunks(content: bytes, says_something: bool) -> Iterator[bytes]:
    (size,) = struct.unpack_from("<I", content, 4)
    place, end = 12, min(len(content), 8 + size)
    while place + 8 <= end:
        name = content[place : place + 4]
        (length,) = struct.unpack_from("<I", content, place + 4)
        data = content[place + 8 : place + 8 + length]
        if name == b"VP8X":
            flags = data[0] & ~(_WEBP_EXIF | _WEBP_XMP) | (_WEBP_EXIF if says_something else 0)
            data = bytes((flags,)) + data[1:]
        if name in _WEBP_KEPT:
            yield _riff_chunk(name, data)
        place += 8 + length + length % 2


def _riff_chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + b"\x00" * (len(data) % 2)


def _gif(content: bytes, _orientation: bytes) -> Iterator[bytes]:
    """GIF knows no Exif; comments and what programs add are left out."""
    place = 13 + _size_of_palette(content[10])
    yield content[:place]
    while content[place] in (_GIF_EXTENSION, _GIF_PICTURE):
        begin = place
        if content[place] == _GIF_PICTURE:
            place = _end_of_blocks(content, place + 11 + _size_of_palette(content[place + 9]))
            yield content[begin:place]
            continue
        place = _end_of_blocks(content, place + 2)
        loops = content[begin + 2 : begin + 14] in _GIF_LOOPS
        kind = content[begin + 1]
        if kind == _GIF_CONTROL or (kind == _GIF_APPLICATION and loops):
            yield content[begin:place]
    yield b"\x3b"


def _size_of_palette(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _end_of_blocks(content: bytes, place: int) -> int:
    while content[place]:
        place += 1 + content[place]
    return place + 1
