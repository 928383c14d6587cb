"""Pictures are known by their content, and become as small as a network wants them."""

import io
import struct
import zlib

import pytest
from PIL import Image

from services.scheduler.domain.pictures import NotAPictureError, Shown, fit, look_at
from shared.networks.publishing import ImageLimit


def drawn(width: int, height: int, kind: str = "PNG", mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.effect_noise((width, height), 80).convert(mode).save(out, kind)
    return out.getvalue()


def bomb() -> bytes:
    """A picture of a few hundred bytes that says it has four thousand million pixels."""
    header = struct.pack(">IIBBBBB", 65_000, 65_000, 8, 2, 0, 0, 0)

    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    data = zlib.compress(b"\x00" * 100)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_is_what_it_shows(kind: str) -> None:
    expected = Shown(content_type=f"image/{kind.lower()}", width=40, height=30)
    assert look_at(drawn(40, 30, kind)) == expected


@pytest.mark.parametrize(
    "content",
    [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", drawn(40, 30)[:-40], bomb()],
)
def test_what_is_no_whole_picture_of_usual_size_is_refused(content: bytes) -> None:
    with pytest.raises(NotAPictureError):
        look_at(content)


def test_a_picture_that_fits_stays_as_it_is() -> None:
    content = drawn(40, 30)
    limit = ImageLimit(count=1, size=1_000_000, side=100)
    assert fit(content, limit) == (content, Shown(content_type="image/png", width=40, height=30))


@pytest.mark.parametrize(("size", "side"), [(20_000, 4000), (1_000_000, 300), (1_000_000, 4000)])
def test_a_picture_becomes_small_enough(size: int, side: int) -> None:
    content = drawn(900, 600, "WEBP", "RGBA")
    limit = ImageLimit(count=1, size=size, side=side)
    smaller, shown = fit(content, limit)
    assert len(smaller) <= size
    assert max(shown.width, shown.height) <= side
    assert look_at(smaller) == shown
    assert shown.content_type == "image/jpeg"
    assert shown.width / shown.height == pytest.approx(1.5, rel=0.02)
    assert fit(content, limit) == (smaller, shown)
