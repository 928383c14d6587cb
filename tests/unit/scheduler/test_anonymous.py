"""A picture keeps its pixels and its way up, and tells neither where nor when it was taken."""

import io
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageOps, PngImagePlugin

from services.scheduler.domain.pictures import clean, fit
from shared.networks.publishing import ImageLimit

ORIENTATION, GPS, MAKER = 0x0112, 0x8825, 0x010F
SECRETS = (b"Zwetschge", b"GPS secret", b"xmpmeta", b"a film of home")
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>Zwetschge</x:xmpmeta>"


def facts(turn: int = 6) -> Image.Exif:
    """As a phone writes them: place, maker, and which way up it was held."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = turn, "Zwetschge 12"
    exif.get_ifd(GPS).update(
        {1: "N", 2: (48.0, 8.0, 14.5), 3: "E", 4: (11.0, 34.0, 31.0), 27: b"GPS secret"}
    )
    return exif


def taken(kind: str, turn: int = 6, **options: Any) -> bytes:
    out = io.BytesIO()
    if kind == "PNG":
        told = PngImagePlugin.PngInfo()
        told.add_text("Author", "Zwetschge")
        told.add_itxt("XML:com.adobe.xmp", XMP.decode())
        options["pnginfo"] = told
    else:
        options |= {"comment": b"Zwetschge"} if kind == "GIF" else {"xmp": XMP}
    if kind != "GIF":
        options["exif"] = facts(turn)
    if kind == "WEBP":
        options["lossless"] = True
    picture = Image.linear_gradient("L").resize((60, 40)).convert("RGB")
    picture.save(out, kind, **options)
    # Films that phones add to a picture lie behind it.
    return out.getvalue() + b"a film of home"


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_nothing_is_told_of_its_making_and_no_pixel_changes(kind: str) -> None:
    content = taken(kind)
    assert kind == "GIF" or opened(content).getexif().get_ifd(GPS)[1] == "N"
    cleaned, shown = clean(io.BytesIO(content))
    assert not any(secret in cleaned for secret in SECRETS)
    left = opened(cleaned).getexif()
    assert dict(left) == ({} if kind == "GIF" else {ORIENTATION: 6})
    assert left.get_ifd(GPS) == {}
    assert (
        ImageChops.difference(
            opened(content).convert("RGB"), opened(cleaned).convert("RGB")
        ).getbbox()
        is None
    )
    assert (shown.width, shown.height) == ((60, 40) if kind == "GIF" else (40, 60))
    assert clean(io.BytesIO(cleaned)) == (cleaned, shown)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("turn", range(1, 9))
def test_it_stays_the_right_way_up(kind: str, turn: int) -> None:
    content = taken(kind, turn)
    before = ImageOps.exif_transpose(opened(content)).convert("RGB")
    after = ImageOps.exif_transpose(opened(clean(io.BytesIO(content))[0])).convert("RGB")
    assert ImageChops.difference(before, after).getbbox() is None


@pytest.mark.parametrize("options", [{"progressive": True}, {"restart_marker_blocks": 1}])
def test_a_jpeg_in_several_scans_stays_whole(options: dict[str, Any]) -> None:
    content = taken("JPEG", icc_profile=b"x" * 100_000, **options)
    cleaned, _ = clean(io.BytesIO(content))
    assert opened(cleaned).info["icc_profile"] == b"x" * 100_000
    assert opened(cleaned).tobytes() == opened(content).tobytes()


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_what_moves_goes_on_moving(kind: str) -> None:
    frames = [Image.new("RGB", (40, 30), (n * 20, 0, 0)) for n in range(6)]
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], loop=0, duration=80)
    cleaned, _ = clean(io.BytesIO(out.getvalue()))
    assert getattr(opened(cleaned), "n_frames", 1) == 6
    assert opened(cleaned).info["loop"] == 0


def test_a_thumbnail_in_the_head_of_a_jpeg_is_left_out() -> None:
    plain = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(plain, "JPEG", dpi=(300, 300))
    content = plain.getvalue()
    assert content[2:4] == b"\xff\xe0"
    thumbnail = b"Zwetschge..."  # Two points by two, three bytes each.
    head = b"\xff\xe0" + (16 + len(thumbnail)).to_bytes(2, "big") + content[6:18] + b"\x02\x02"
    cleaned, _ = clean(io.BytesIO(content[:2] + head + thumbnail + content[20:]))
    assert b"Zwetschge" not in cleaned
    assert opened(cleaned).info["dpi"] == (300, 300)
    assert opened(cleaned).tobytes() == opened(content).tobytes()


def test_a_head_that_ends_early_breaks_nothing_behind_it() -> None:
    plain = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(plain, "JPEG")
    content = plain.getvalue()
    short = content[:2] + b"\xff\xe0\x00\x09" + content[6:13] + content[20:]
    assert opened(short).tobytes() == opened(content).tobytes()
    cleaned, _ = clean(io.BytesIO(short))
    assert opened(cleaned).tobytes() == opened(content).tobytes()


def test_of_several_pictures_in_one_file_the_first_is_taken() -> None:
    first, second = (Image.new("RGB", (40, 30), colour) for colour in ("red", "blue"))
    out = io.BytesIO()
    first.save(out, "MPO", save_all=True, append_images=[second])
    cleaned, shown = clean(io.BytesIO(out.getvalue()))
    assert (opened(cleaned).format, shown.content_type) == ("JPEG", "image/jpeg")


@pytest.mark.parametrize("types", [("image/jpeg",), ("image/png",)], ids=["as it is", "redrawn"])
def test_what_an_earlier_release_took_goes_out_without_facts(types: tuple[str, ...]) -> None:
    limit = ImageLimit(count=1, size=1_000_000, side=400, types=frozenset(types))
    sent, _ = fit(taken("JPEG"), limit)
    assert not any(secret in sent for secret in SECRETS)
