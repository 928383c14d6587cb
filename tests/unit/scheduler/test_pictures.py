"""Pictures are known by their content, and become as small as a network wants them."""

import io
import struct
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from services.scheduler.domain import pictures
from services.scheduler.domain.pictures import NotAPictureError, Shown, fit
from shared.networks.publishing import ImageLimit


def look_at(content: bytes) -> Shown:
    return pictures.look_at(io.BytesIO(content))


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


def with_facts(kind: str) -> bytes:
    """A small picture that says something about itself, for there is more to forge in it."""
    facts = Image.Exif()
    facts[0x0112], facts[0x010E] = 6, "A lamp"
    out = io.BytesIO()
    options = {} if kind == "GIF" else {"exif": facts}
    Image.effect_noise((40, 30), 80).convert("RGB").save(out, kind, **options)
    return out.getvalue()


KINDS = ["PNG", "JPEG", "WEBP", "GIF"]


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([with_facts(kind) for kind in KINDS]),
    st.lists(st.tuples(st.integers(0, 250), st.integers(0, 255)), min_size=1, max_size=8),
)
def test_a_forged_picture_is_refused_or_taken_and_nothing_else(
    content: bytes, changes: list[tuple[int, int]]
) -> None:
    forged = bytearray(content)
    for place, byte in changes:
        forged[place % len(forged)] = byte
    with suppress(NotAPictureError):
        fit(bytes(forged), ImageLimit(count=1, size=900, side=30))


def test_what_hides_behind_a_picture_is_no_other_kind_of_file() -> None:
    """Its type is that of the picture, by which alone it is ever shown."""
    behind = b"PK\x03\x04<html><script>alert(1)</script></html>"
    assert look_at(drawn(40, 30, "GIF") + behind).content_type == "image/gif"
    with pytest.raises(NotAPictureError):
        look_at(behind + drawn(40, 30))


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_many_frames_only_the_first_is_read(kind: str) -> None:
    frames = [Image.new("RGB", (40, 30), (n % 256, n // 256, 0)) for n in range(600)]
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    assert look_at(out.getvalue()).width == 40


@pytest.mark.parametrize("kind", KINDS)
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
